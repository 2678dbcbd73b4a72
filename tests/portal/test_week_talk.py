from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from time_machine import Traveller

from reinforcement.actions import hold_conversation
from reinforcement.models import Answer, Brief, BriefItem, Conversation
from tenants.companies.models import Company
from tenants.people.models import Person
from tests.conftest import NOW
from tests.portal.cast import MakePerson, Visit, WriteBrief


@pytest.fixture
def item(ada: Person, lee: Person, write_brief: WriteBrief) -> BriefItem:
    """Lee in Ada's week."""
    return write_brief(ada, lee).items.get()


@pytest.fixture
def browser(visit: Visit, acme: Company, ada: Person) -> Client:
    return visit(acme, ada)


def send(client: Client, item: BriefItem, what: str, **sent: str) -> str:
    """The page that follows."""
    return client.post(f"/week/{item.uid}/{what}", sent, follow=True).content.decode()


def test_we_talked_is_noted_and_shown(browser: Client, item: BriefItem, ada: Person) -> None:
    assert "We talked" in browser.get("/week/").content.decode()
    page = send(browser, item, "talk")
    conversation = Conversation.objects.get()
    assert (conversation.manager, conversation.report) == (ada, item.report)
    assert (conversation.item, conversation.via) == (item, "portal")
    assert conversation.held_on == date(2026, 11, 18)
    assert "You talked today." in page
    assert 'data-key="t"' not in page


def test_later_it_says_on_which_day(browser: Client, item: BriefItem, clock: Traveller) -> None:
    send(browser, item, "talk")
    clock.shift(timedelta(days=2))
    assert "You talked on Wednesday 18 November." in browser.get("/week/").content.decode()


def test_pressing_twice_is_once(browser: Client, item: BriefItem) -> None:
    for _ in range(2):
        send(browser, item, "talk")
    assert Conversation.objects.count() == 1


def test_after_the_press_one_is_back_at_the_card(browser: Client, item: BriefItem) -> None:
    response = browser.post(f"/week/{item.uid}/talk")
    assert response["Location"] == f"/week/#talk-{item.uid}"
    assert f'id="talk-{item.uid}"' in browser.get("/week/").content.decode()


def test_a_talk_noted_elsewhere_is_shown_too(
    browser: Client, item: BriefItem, ada: Person, lee: Person
) -> None:
    hold_conversation(manager=ada, report=lee, via="mail", item=item, note="By mail")
    page = browser.get("/week/").content.decode()
    assert "You talked today." in page
    assert "By mail" in page


def test_last_weeks_talk_is_not_this_weeks(
    browser: Client, item: BriefItem, ada: Person, lee: Person
) -> None:
    hold_conversation(manager=ada, report=lee, via="portal", held_on=date(2026, 11, 11))
    assert "You talked" not in browser.get("/week/").content.decode()


def test_a_note_is_kept_with_the_talk_and_changed(browser: Client, item: BriefItem) -> None:
    page = send(browser, item, "talk", note="Wants a second shadow call")
    assert "Wants a second shadow call" in page
    assert "Only you can read this." in page
    page = send(browser, item, "note", note="Has <b>two</b> calls\nnow")
    assert "Has &lt;b&gt;two&lt;/b&gt; calls<br>now" in page
    assert Conversation.objects.get().note == "Has <b>two</b> calls\nnow"
    page = send(browser, item, "note", note="")
    assert Conversation.objects.get().note == ""
    assert "Add a private note" in page


def test_a_note_is_changed_on_the_day_of_the_talk_not_on_a_new_one(
    browser: Client, item: BriefItem, clock: Traveller
) -> None:
    send(browser, item, "talk")
    clock.shift(timedelta(days=1))
    send(browser, item, "note", note="Slept on it")
    assert Conversation.objects.get().note == "Slept on it"


def test_there_is_no_note_without_a_talk(browser: Client, item: BriefItem) -> None:
    response = browser.post(f"/week/{item.uid}/note", {"note": "Long and <dear>"})
    assert response.status_code == 409
    page = response.content.decode()
    assert "This talk was taken back meanwhile" in page
    assert "Long and &lt;dear&gt;</textarea>" in page
    assert not Conversation.objects.exists()


def test_a_note_beside_the_answer_is_kept_when_the_answer_changes(
    browser: Client, item: BriefItem
) -> None:
    page = send(browser, item, "answer", choice="once")
    assert "Add a private note" in page
    page = send(browser, item, "answer", choice="once", note="On the Ferro call")
    assert "On the Ferro call" in page
    send(browser, item, "answer", choice="not-yet")
    answer = Answer.objects.get()
    assert (answer.choice.value, answer.note) == ("not-yet", "On the Ferro call")


@pytest.mark.parametrize(
    ("what", "longest", "field"),
    [("talk", 2000, "talk-note"), ("note", 2000, "talk-note"), ("answer", 500, "answer-note")],
)
def test_a_note_that_is_too_long_is_asked_for_again_where_it_was_written(
    browser: Client, item: BriefItem, what: str, longest: int, field: str
) -> None:
    if what == "note":
        send(browser, item, "talk", note="Short")
    if what == "answer":
        send(browser, item, "answer", choice="not-yet")
    text = "<" + "a" * longest
    sent = {"note": text, "choice": "once"}
    response = browser.post(f"/week/{item.uid}/{what}", sent)
    page = response.content.decode()
    assert response.status_code == 400
    wrong = f"{field}-{item.uid}"
    assert f'id="{wrong}-wrong"' in page
    assert f'aria-describedby="{wrong}-help {wrong}-wrong"' in page
    assert "Make the note shorter by a character" in page
    assert "&lt;" + "a" * longest in page
    assert page.count('class="own-note" open') == 1
    assert set(Conversation.objects.values_list("note", flat=True)) <= {"Short", ""}
    assert not Answer.objects.filter(choice__value="once").exists()


def test_the_week_is_done_by_answers_and_still_takes_a_talk(
    browser: Client, item: BriefItem
) -> None:
    page = send(browser, item, "answer", choice="once")
    assert "That is all for this week." in page
    page = send(browser, item, "talk", note="Later that day")
    assert "That is all for this week." in page
    assert "Later that day" in page


def test_talking_alone_does_not_finish_the_week(browser: Client, item: BriefItem) -> None:
    page = send(browser, item, "talk")
    assert "That is all for this week." not in page


def test_whoever_takes_the_person_over_never_reads_the_note(
    browser: Client,
    visit: Visit,
    acme: Company,
    item: BriefItem,
    lee: Person,
    olive: Person,
    person: MakePerson,
) -> None:
    send(browser, item, "answer", choice="once", note="My answer's secret")
    send(browser, item, "talk", note="My talk's secret")
    bo = person("Bo", "Ek")
    lee.manager = bo
    lee.save()
    theirs = Brief.objects.create(
        manager=bo, iso_year=2026, iso_week=47, due_at=NOW, written_at=NOW, state="written"
    )
    copy = BriefItem.objects.get(pk=item.pk)
    copy.pk, copy.uid, copy.brief = None, theirs.uid, theirs
    copy.save()
    page = visit(acme, bo).get("/week/").content.decode()
    assert "Lee Tanaka" in page
    assert "You talked" not in page
    for reader in (bo, olive, lee):
        client = visit(acme, reader)
        for address in ("/week/", "/path/", "/settings/"):
            assert "secret" not in client.get(address).content.decode()
        for what in ("talk", "note", "answer"):
            sent = {"note": "mine now", "choice": "once"}
            assert client.post(f"/week/{item.uid}/{what}", sent).status_code == 404
    assert Conversation.objects.get(item=item).note == "My talk's secret"
    assert "secret" not in browser.get("/week/").content.decode()  # nor whoever led them before
    refused = browser.post(f"/week/{item.uid}/note", {"note": "x"})
    assert refused.status_code == 409
    assert "secret" not in refused.content.decode()


def test_notes_are_encrypted_where_they_are_stored(browser: Client, item: BriefItem) -> None:
    send(browser, item, "answer", choice="once", note="Plain words")
    send(browser, item, "talk", note="Plain words")
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT note FROM reinforcement_conversation"
            " UNION ALL SELECT note FROM reinforcement_answer"
        )
        stored = [note for (note,) in cursor.fetchall()]
    assert len(stored) == 2
    assert not any("Plain" in note for note in stored)


def test_another_companys_card_is_not_there(
    visit: Visit, globex: Company, gus: Person, item: BriefItem
) -> None:
    for what in ("talk", "note"):
        assert visit(globex, gus).post(f"/week/{item.uid}/{what}").status_code == 404


def test_nobody_signed_out_and_no_reader_writes(
    visit: Visit, acme: Company, browser: Client, item: BriefItem
) -> None:
    for what in ("talk", "note"):
        assert browser.get(f"/week/{item.uid}/{what}").status_code == 405
        assert "/login/" in visit(acme).post(f"/week/{item.uid}/{what}")["Location"]
    assert not Conversation.objects.exists()


def test_talks_of_the_whole_week_cost_one_query(
    browser: Client,
    ada: Person,
    person: MakePerson,
    write_brief: WriteBrief,
    item: BriefItem,
) -> None:
    with CaptureQueriesContext(connection) as queries:
        browser.get("/week/")
    assert sum("reinforcement_conversation" in each["sql"] for each in queries) == 1
    Brief.objects.all().delete()
    team = [person(f"Person{number}", "Ek", manager=ada) for number in range(5)]
    write_brief(ada, *team, due_at=NOW - timedelta(hours=1))
    for report in team:
        hold_conversation(manager=ada, report=report, via="portal", note="n")
    with CaptureQueriesContext(connection) as more:
        browser.get("/week/")
    assert len(more) == len(queries)
