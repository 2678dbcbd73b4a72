"""What was said on This week can be taken back, until the next week comes."""

from datetime import timedelta

import pytest
from django.test import Client
from time_machine import Traveller

from learning.models import Observation, PlanStep
from reinforcement.actions import hold_conversation
from reinforcement.models import Answer, BriefItem, Conversation
from tenants.companies.models import Company
from tenants.people.models import Person
from tests.portal.cast import MakePerson, Visit, WriteBrief


@pytest.fixture
def item(ada: Person, lee: Person, write_brief: WriteBrief) -> BriefItem:
    return write_brief(ada, lee).items.get()


@pytest.fixture
def browser(visit: Visit, acme: Company, ada: Person) -> Client:
    return visit(acme, ada)


def send(client: Client, item: BriefItem, what: str, **sent: str) -> str:
    return client.post(f"/week/{item.uid}/{what}", sent, follow=True).content.decode()


def talk_of(item: BriefItem) -> str:
    return str(Conversation.objects.latest("held_on").uid)


def states(item: BriefItem) -> list[str]:
    plan = PlanStep.objects.filter(assignment=item.assignment).order_by("step")
    return list(plan.values_list("state", flat=True))


def test_an_answer_taken_back_is_as_if_it_had_not_been_given(
    browser: Client, item: BriefItem
) -> None:
    before = states(item)
    page = send(browser, item, "answer", choice="most-of-the-time")
    assert states(item) != before
    assert "Take my answer back" in page
    page = send(browser, item, "answer/back")
    assert "Your answer is taken back. Back in Lee’s plan:" in page
    assert 'aria-pressed="true"' not in page
    assert "One person to talk with" in page
    assert states(item) == before
    assert not Answer.objects.exists()
    assert Observation.objects.filter(withdrawn_at=None).count() == 0


def test_an_answer_can_be_given_again(browser: Client, item: BriefItem) -> None:
    for value in ("most-of-the-time", "not-yet"):
        send(browser, item, "answer", choice=value)
        send(browser, item, "answer/back")
    send(browser, item, "answer", choice="once")
    assert Answer.objects.get().choice.value == "once"
    assert Observation.objects.filter(withdrawn_at=None).count() == 1


def test_taking_back_twice_is_once(browser: Client, item: BriefItem) -> None:
    send(browser, item, "answer", choice="once")
    send(browser, item, "answer/back")
    page = send(browser, item, "answer/back")
    assert "taken back" not in page
    assert Observation.objects.count() == 1


def test_a_note_beside_the_answer_goes_only_where_that_was_said(
    browser: Client, item: BriefItem
) -> None:
    page = send(browser, item, "answer", choice="once", note="On the Ferro call")
    assert "Your note beside it would go too." in page
    response = browser.post(f"/week/{item.uid}/answer/back")
    assert response.status_code == 409
    assert "Take it back and delete my note" in response.content.decode()
    assert Answer.objects.get().note == "On the Ferro call"
    send(browser, item, "answer/back", with_note="1")
    assert not Answer.objects.exists()


def test_once_the_next_week_has_come_an_answer_stays(
    browser: Client, item: BriefItem, clock: Traveller
) -> None:
    send(browser, item, "answer", choice="once")
    clock.shift(timedelta(days=7))
    response = browser.post(f"/week/{item.uid}/answer/back")
    assert response.status_code == 409
    assert "That week is over." in response.content.decode()
    assert Answer.objects.count() == 1


def test_a_talk_taken_back_never_was(browser: Client, item: BriefItem) -> None:
    assert "We did not talk" in send(browser, item, "talk")
    page = send(browser, item, "talk/back", talk=talk_of(item))
    assert "Taken back: you have not talked." in page
    assert "You talked" not in page
    assert not Conversation.objects.exists()


def test_a_talk_of_earlier_this_week_stays_when_a_press_comes_twice(
    browser: Client, item: BriefItem, ada: Person, lee: Person, clock: Traveller
) -> None:
    send(browser, item, "talk")
    clock.shift(timedelta(days=1))
    hold_conversation(manager=ada, report=lee, via="portal", item=item)
    newest = talk_of(item)
    for _ in range(2):
        page = send(browser, item, "talk/back", talk=newest)
    assert "You talked on Wednesday 18 November." in page
    assert Conversation.objects.count() == 1


def test_a_note_about_a_talk_goes_only_where_that_was_said(
    browser: Client, item: BriefItem
) -> None:
    send(browser, item, "talk", note="Wants a second shadow call")
    response = browser.post(f"/week/{item.uid}/talk/back", {"talk": talk_of(item)})
    assert response.status_code == 409
    page = response.content.decode()
    assert "Take it back and delete my note" in page
    assert "Wants a second shadow call" in page
    send(browser, item, "talk/back", talk=talk_of(item), with_note="1")
    assert not Conversation.objects.exists()


def test_words_that_were_being_written_are_still_there_when_it_is_refused(
    browser: Client, item: BriefItem
) -> None:
    send(browser, item, "talk", note="Short")
    sent = {"talk": talk_of(item), "note": "Much <longer> now"}
    page = browser.post(f"/week/{item.uid}/talk/back", sent).content.decode()
    assert "Much &lt;longer&gt; now</textarea>" in page


@pytest.mark.parametrize("what", ["answer/back", "talk/back"])
def test_only_whose_week_it_is(
    browser: Client,
    visit: Visit,
    acme: Company,
    globex: Company,
    gus: Person,
    lee: Person,
    olive: Person,
    person: MakePerson,
    item: BriefItem,
    what: str,
) -> None:
    send(browser, item, "answer", choice="once")
    send(browser, item, "talk")
    address, sent = f"/week/{item.uid}/{what}", {"talk": talk_of(item)}
    for reader in (lee, olive, person("Bo", "Ek")):
        assert visit(acme, reader).post(address, sent).status_code == 404
    assert visit(globex, gus).post(address, sent).status_code == 404
    assert "/login/" in visit(acme).post(address, sent)["Location"]
    assert visit(acme, lee).get(address).status_code == 405
    assert Answer.objects.count() == Conversation.objects.count() == 1
