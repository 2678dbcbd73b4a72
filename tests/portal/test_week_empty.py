"""A week without anybody in it says why, and when the next one comes."""

from datetime import timedelta

import pytest

from reinforcement.actions import set_preference
from reinforcement.models import Brief
from tenants.companies.models import Company
from tenants.people.models import Person
from tests.conftest import NOW, TODAY
from tests.portal.cast import MakePerson, Visit, WriteBrief

NEXT = "Next time: Monday 23 November at 09:00."


@pytest.fixture
def page_of(visit: Visit, acme: Company, ada: Person, lee: Person):
    """What Ada, whom Lee reports to, finds on This week."""
    return lambda: visit(acme, ada).get("/week/").content.decode()


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"state": "skipped", "reason": "nobody"}, "Nobody to talk about this week."),
        ({"state": "skipped", "reason": "paused"}, "You paused this week."),
        ({"state": "skipped", "reason": "leave"}, "Welcome back."),
        ({"state": "missed", "reason": "late"}, "did not reach you"),
    ],
)
def test_it_says_why_and_when_the_next_one_comes(
    page_of, ada: Person, write_brief: WriteBrief, fields: dict[str, str], said: str
) -> None:
    write_brief(ada, **fields)
    page = page_of()
    assert said in page
    assert NEXT in page


def test_whoever_is_away_is_told_of_no_next_time(
    page_of, ada: Person, write_brief: WriteBrief
) -> None:
    Person.objects.filter(pk=ada.pk).update(employment_status="leave")
    write_brief(ada, state=Brief.State.SKIPPED, reason="leave")
    page = page_of()
    assert "Enjoy your time away." in page
    assert "Next time" not in page


def test_a_pause_says_until_when(page_of, ada: Person, write_brief: WriteBrief) -> None:
    write_brief(ada, state=Brief.State.SKIPPED, reason="paused")
    set_preference(
        person=ada, channel="mail", day=None, hour=None, paused_until=TODAY + timedelta(days=16)
    )
    page = page_of()
    assert "You paused until Friday 4 December." in page
    assert 'href="/settings/"' in page
    assert "Next time: Monday 7 December at 09:00." in page


def test_a_pause_before_the_first_week_is_told_too(page_of, ada: Person) -> None:
    set_preference(
        person=ada, channel="mail", day=None, hour=None, paused_until=TODAY + timedelta(days=16)
    )
    assert "You paused until Friday 4 December." in page_of()


def test_whoever_leads_a_new_team_is_told_that_it_comes_next(
    page_of, ada: Person, lee: Person, person: MakePerson, write_brief: WriteBrief
) -> None:
    write_brief(ada, lee)
    lee.manager = person("Bo", "Ek")
    lee.save()
    person("Cy", "Oh", manager=ada)
    page = page_of()
    assert "Your team has changed." in page
    assert NEXT in page


def test_one_that_is_due_comes_in_a_few_minutes(page_of, clock) -> None:
    clock.move_to(NOW + timedelta(days=5))
    assert "It comes in a few minutes." in page_of()
