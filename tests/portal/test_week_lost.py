"""A press on a card that is not this week's any more: a sentence says why, and nothing is lost."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from time_machine import Traveller

from learning.actions import withdraw
from reinforcement.models import Answer, BriefItem, Conversation
from tenants.companies.models import Company
from tenants.people.models import Person
from tests.portal.cast import MakePerson, Visit, WriteBrief

PRESSES = ("answer", "answer/back", "talk", "talk/back", "note", "prompt", "prompt/back")
TYPED = {"choice": "once", "note": "She <asked> first"}


@pytest.fixture
def item(ada: Person, lee: Person, write_brief: WriteBrief) -> BriefItem:
    return write_brief(ada, lee).items.get()


@pytest.fixture
def browser(visit: Visit, acme: Company, ada: Person) -> Client:
    return visit(acme, ada)


@pytest.fixture
def meanwhile(
    item: BriefItem, ada: Person, lee: Person, person: MakePerson, write_brief: WriteBrief,
    clock: Traveller,
) -> Callable[[str], None]:  # fmt: skip
    def happen(what: str) -> None:
        if what == "moved":
            Person.objects.filter(pk=lee.pk).update(manager=person("Bo", "Ek"))
        elif what == "nobody's":
            Person.objects.filter(pk=lee.pk).update(manager=None)
        elif what == "left":
            Person.objects.filter(pk=lee.pk).update(employment_status="terminated")
        elif what == "withdrawn":
            withdraw(assignments=[item.assignment])
        elif what == "next":
            clock.shift(timedelta(days=6))
            write_brief(ada, iso_week=48, due_at=item.brief.due_at + timedelta(days=6))
        else:
            clock.shift(timedelta(days=8))

    return happen


@pytest.mark.parametrize("press", PRESSES)
@pytest.mark.parametrize(
    ("what", "why"),
    [
        ("moved", "Lee reports to somebody else now."),
        ("nobody's", "Lee is not in your team any more."),
        ("left", "Lee has left."),
        ("withdrawn", "Lee’s path was withdrawn."),
        ("next", "That week is over: your next one has come."),
        ("over", "That week is over."),
    ],
)
def test_it_says_what_happened_and_keeps_what_was_typed(
    browser: Client,
    meanwhile: Callable[[str], None],
    item: BriefItem,
    press: str,
    what: str,
    why: str,
) -> None:
    meanwhile(what)
    for headers in ({}, {"HX-Request": "true"}):
        response = browser.post(f"/week/{item.uid}/{press}", TYPED, headers=headers)
        page = response.content.decode()
        assert response.status_code == 409
        assert why in page
        assert "Nothing was recorded." in page
        assert "You had pressed “Once”." in page
        assert "readonly>She &lt;asked&gt; first</textarea>" in page
        assert 'href="/week/"' in page
        assert ("<html" in page) == (not headers)
        assert (f'id="about-{item.uid}"' in page) == bool(headers)
    assert not Answer.objects.exists()
    assert not Conversation.objects.exists()


def test_who_is_moved_while_the_press_is_on_its_way_is_told_of_too(
    browser: Client,
    meanwhile: Callable[[str], None],
    item: BriefItem,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("portal.week.presses.why_lost", lambda item, now: "")
    meanwhile("moved")
    for press in ("answer", "answer/back", "talk", "prompt"):
        response = browser.post(f"/week/{item.uid}/{press}", TYPED)
        assert response.status_code == 409
        assert "Lee is not in your team any more." in response.content.decode()
        assert "She &lt;asked&gt; first" in response.content.decode()


def test_what_never_was_theirs_is_not_there(visit: Visit, acme: Company, item: BriefItem) -> None:
    for press in PRESSES:
        assert visit(acme, item.report).post(f"/week/{item.uid}/{press}").status_code == 404
