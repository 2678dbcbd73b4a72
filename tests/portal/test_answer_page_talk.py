"""“We talked”, and a note for oneself, from the link in a mail."""

from datetime import timedelta

import pytest
from time_machine import Traveller

from reinforcement.actions import answer, hold_conversation
from reinforcement.links import answer_path
from reinforcement.models import Answer, BriefItem, Conversation
from tenants.companies.models import Company
from tenants.people.models import Person
from tests.conftest import TODAY
from tests.portal.cast import Visit, WriteBrief

NOTE = "Wants to lead the Brandt demo"


@pytest.fixture
def item(ada: Person, lee: Person, write_brief: WriteBrief) -> BriefItem:
    return write_brief(ada, lee).items.get()


@pytest.fixture
def link(item: BriefItem) -> str:
    return answer_path(item)


@pytest.fixture
def link_without_a_question(item: BriefItem) -> str:
    item.question = None
    item.save()
    return answer_path(item)


def test_the_button_in_the_mail_ticks_that_they_talked(
    visit: Visit, acme: Company, item: BriefItem
) -> None:
    page = visit(acme).get(answer_path(item, talked=True)).content.decode()
    assert page.count("checked") == 1
    assert page.index('name="talked"') < page.index("checked") < page.index("We talked about it")
    assert "checked" not in visit(acme).get(answer_path(item)).content.decode()


def test_an_answer_and_a_talk_are_noted_by_one_press(
    visit: Visit, acme: Company, ada: Person, lee: Person, item: BriefItem, link: str
) -> None:
    response = visit(acme).post(link, {"choice": "once", "talked": "1"})
    page = response.content.decode()
    assert "“Once”, and you talked" in page
    held = Conversation.objects.get()
    assert (held.manager, held.report, held.item) == (ada, lee, item)
    assert (held.held_on, held.via, held.note) == (TODAY, "mail", "")
    assert Answer.objects.get().choice.value == "once"


def test_that_they_talked_needs_no_answer(visit: Visit, acme: Company, link: str) -> None:
    response = visit(acme).post(link, {"talked": "1"})
    assert response.status_code == 200
    page = response.content.decode()
    assert "You talked" in page
    assert "Answer the question too" in page
    assert Conversation.objects.count() == 1
    assert not Answer.objects.exists()


def test_an_item_without_a_question_asks_whether_they_talked(
    visit: Visit, acme: Company, link_without_a_question: str
) -> None:
    client = visit(acme)
    page = client.get(link_without_a_question).content.decode()
    assert "Did you talk with Lee?" in page
    assert 'type="radio"' not in page
    assert page.count("<button") == 1
    response = client.post(link_without_a_question, {"talked": "1", "note": NOTE})
    assert "You talked" in response.content.decode()
    assert Conversation.objects.get().note == NOTE


def test_an_item_without_a_question_takes_nothing_else(
    visit: Visit, acme: Company, link_without_a_question: str
) -> None:
    for sent in ({}, {"note": NOTE}, {"choice": "once"}, {"choice": "once", "talked": "1"}):
        response = visit(acme).post(link_without_a_question, sent)
        assert response.status_code == 400
        assert "Press “We talked” to note it." in response.content.decode()
    assert not Conversation.objects.exists()


def test_a_repeat_is_the_same_conversation_on_a_later_day_too(
    visit: Visit, acme: Company, link: str, clock: Traveller
) -> None:
    visit(acme).post(link, {"talked": "1"})
    clock.shift(timedelta(days=2))
    visit(acme).post(link, {"choice": "once", "talked": "1"})
    assert Conversation.objects.get().held_on == TODAY
    page = visit(acme).get(link).content.decode()
    assert "You said “Once”" in page
    assert "You talked on Wednesday 18 November" in page


def test_a_note_stands_beside_the_answer_or_the_talk(
    visit: Visit, acme: Company, link: str
) -> None:
    page = visit(acme).post(link, {"choice": "once", "note": NOTE}).content.decode()
    assert "Your note is kept; only you can read it." in page
    assert Answer.objects.get().note == NOTE
    visit(acme).post(link, {"choice": "once", "talked": "1", "note": "Over lunch"})
    assert Answer.objects.get().note == NOTE
    assert Conversation.objects.get().note == "Over lunch"


def test_the_page_never_shows_a_note_only_that_there_is_one(
    visit: Visit, acme: Company, ada: Person, lee: Person, item: BriefItem, link: str
) -> None:
    client = visit(acme)
    assert "There is one already" not in client.get(link).content.decode()
    hold_conversation(manager=ada, report=lee, via="portal", item=item, note=NOTE)
    pages = [
        client.get(link),
        client.post(link, {"choice": ""}),
        client.post(link, {"choice": "once"}),
        client.post(link, {"choice": "once", "note": "x" * 501}),
    ]
    for page in pages:
        assert NOTE not in page.content.decode()
        assert "There is one already" in page.content.decode()
    assert Conversation.objects.get().note == NOTE


def test_sent_with_an_empty_note_the_old_one_stays(
    visit: Visit, acme: Company, ada: Person, item: BriefItem, link: str
) -> None:
    choice = item.question.choices.get(value="once")  # type: ignore[union-attr]
    answer(item=item, choice=choice, via="portal", actor=ada, note=NOTE)
    visit(acme).post(link, {"choice": "not-yet", "note": "  "})
    stored = Answer.objects.get()
    assert (stored.choice.value, stored.note) == ("not-yet", NOTE)


def test_too_long_a_note_writes_nothing_and_comes_back_as_it_was_typed(
    visit: Visit, acme: Company, link: str
) -> None:
    typed = "Lee said " + "x" * 2000
    response = visit(acme).post(link, {"choice": "once", "talked": "1", "note": typed})
    page = response.content.decode()
    assert response.status_code == 400
    assert "Make the note shorter by 9 characters" in page
    assert typed in page
    assert page.count("checked") == 2
    assert '<details class="own-note" open>' in page
    assert not Answer.objects.exists()
    assert not Conversation.objects.exists()


def test_after_the_week_the_answer_stays_but_a_talk_is_noted(
    visit: Visit, acme: Company, link: str, clock: Traveller
) -> None:
    client = visit(acme)
    client.post(link, {"choice": "once"})
    clock.shift(timedelta(days=8))
    response = client.post(link, {"choice": "not-yet", "talked": "1"})
    assert response.status_code == 409
    assert "That week is over, so your answer stays as it is." in response.content.decode()
    assert Answer.objects.get().choice.value == "once"
    assert not Conversation.objects.exists()
    page = client.get(link).content.decode()
    assert "You said “Once”. That week is over, so it stays." in page
    assert 'type="radio"' not in page
    assert client.post(link, {"talked": "1"}).status_code == 200
    assert Conversation.objects.get().held_on == TODAY + timedelta(days=8)


def test_the_first_answer_may_still_come_in_the_second_week(
    visit: Visit, acme: Company, link: str, clock: Traveller
) -> None:
    clock.shift(timedelta(days=10))
    assert visit(acme).post(link, {"choice": "once"}).status_code == 200
    assert Answer.objects.get().choice.value == "once"


def test_what_it_costs(visit: Visit, acme: Company, link: str, django_assert_num_queries) -> None:
    client = visit(acme)
    client.get(link)  # the templates
    with django_assert_num_queries(4):
        client.get(link)
    with django_assert_num_queries(4):
        client.head(link)


def test_too_long_a_note_is_told_at_the_note_with_the_focus_in_it(
    visit: Visit, acme: Company, link: str
) -> None:
    sent = {"choice": "once", "note": "a" * 501}
    page = visit(acme).post(link, sent).content.decode()
    assert 'aria-invalid="true" autofocus' in page
    assert 'aria-describedby="note-help note-wrong"' in page
    assert page.count("Make the note shorter by a character") == 1


def test_whoever_was_moved_meanwhile_is_told_of_and_the_words_are_there_to_copy(
    visit: Visit, acme: Company, lee: Person, olive: Person, link: str
) -> None:
    lee.manager = olive
    lee.save()
    response = visit(acme).post(link, {"choice": "once", "note": "She <asked> first"})
    page = response.content.decode()
    assert response.status_code == 410
    assert "Lee is not in your team any more." in page
    assert "readonly>She &lt;asked&gt; first</textarea>" in page
    assert not Answer.objects.exists()
