"""Barriers by status and age, managers not spoken to, and whether briefs go out."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from learning.models import Path
from learning.reports.small_groups import Share
from reinforcement.actions import move_barrier, note_barrier, note_touchpoint, write_due_briefs
from reinforcement.models import Barrier, Brief, Delivery
from reinforcement.reports import barrier_ages, briefs_by_week, managers_not_spoken_to, outbox
from reinforcement.reports.barrier_ages import Stage
from reinforcement.reports.sending import BriefsOfWeek, Outbox
from tenants.companies.context import working_for
from tenants.companies.models import Company
from tenants.people.models import Person
from tests.conftest import NOW, TODAY
from tests.pulse import HIDDEN, berlin, crowd, give
from tests.reinforcement.cast import DUE

WORDS = "Legal takes nine days to look at a contract."
pytestmark = pytest.mark.usefixtures("clock", "acme")


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


def hear(manager: Person, actor: Person, days: int, **given: Any) -> Barrier:
    return note_barrier(manager=manager, words=WORDS, actor=actor, heard_on=ago(days), **given)


def lead(number: int, **given: Any) -> list[Person]:
    """Managers with one report each."""
    managers = crowd(number, **given)
    for manager in managers:
        crowd(1, manager=manager)
    return managers


def test_barriers_by_status_and_age(olive: Person, ada: Person, lee: Person) -> None:
    for days in (0, 29, 30, 59, 60, 89, 90, 200):
        hear(ada, olive, days)
    designing = hear(ada, olive, 45)
    move_barrier(barrier=designing, status="designing", actor=olive)
    heard, designed, addressed, gone = barrier_ages(now=NOW)
    assert heard == Stage(Barrier.Status.HEARD, 8, 200, (2, 2, 2, 2))
    assert designed == Stage(Barrier.Status.DESIGNING, 1, 45, (0, 1, 0, 0))
    assert addressed == Stage(Barrier.Status.ADDRESSED, 0, 0, (0, 0, 0, 0))
    assert gone == Stage(Barrier.Status.GONE, 0, 0, (0, 0, 0, 0))


def test_what_is_gone_is_as_old_as_it_became_and_is_told_for_90_days(
    olive: Person, ada: Person, lee: Person
) -> None:
    for since in (90, 91):
        barrier = hear(ada, olive, 120)
        move_barrier(barrier=barrier, status="gone", actor=olive)
        Barrier.objects.filter(pk=barrier.pk).update(status_since=ago(since))
    assert barrier_ages(now=NOW)[-1] == Stage(Barrier.Status.GONE, 1, 30, (0, 1, 0, 0))


def test_a_barrier_grows_older_at_midnight_where_the_company_is(
    olive: Person, ada: Person, lee: Person
) -> None:
    hear(ada, olive, 29)
    assert barrier_ages(now=berlin(TODAY, 23, 59))[0].ages == (1, 0, 0, 0)
    assert barrier_ages(now=berlin(TODAY + timedelta(days=1), 0, 1))[0].ages == (0, 1, 0, 0)


@pytest.mark.parametrize(("days", "not_spoken_to"), [(60, 5), (61, 6)])
def test_managers_not_spoken_to_in_60_days(olive: Person, days: int, not_spoken_to: int) -> None:
    managers = lead(7)
    for manager, held in zip(managers, (days, 3), strict=False):
        note_touchpoint(manager=manager, learned="Deals wait.", actor=olive, held_on=ago(held))
    note_touchpoint(manager=managers[1], learned="Before.", actor=olive, held_on=ago(80))
    assert managers_not_spoken_to(now=NOW) == Share(not_spoken_to, 7, 7)


def test_only_managers_at_work_who_lead_somebody_at_work_are_asked_about() -> None:
    lead(4)
    lead(1, employment_status="leave")
    lead(1, employment_status="terminated")
    [of_nobody_here] = crowd(1)
    for status in ("leave", "terminated", "prehire"):
        crowd(1, manager=of_nobody_here, employment_status=status)
    assert managers_not_spoken_to(now=NOW) == HIDDEN
    crowd(1, manager=of_nobody_here)
    assert managers_not_spoken_to(now=NOW) == Share(5, 5, 5)


def test_briefs_by_the_week_they_are_of(sales_path: Path) -> None:
    on_leave, *managers = lead(3)
    give(sales_path, list(Person.objects.exclude(manager=None)), at=DUE - timedelta(days=7))
    Person.objects.filter(pk=on_leave.pk).update(employment_status="leave")
    write_due_briefs(now=DUE)
    Brief.objects.create(
        manager=managers[0],
        iso_year=2026,
        iso_week=45,
        due_at=DUE,
        written_at=DUE,
        state=Brief.State.MISSED,
        reason=Brief.Reason.LATE,
    )
    assert briefs_by_week(now=NOW, weeks=3) == (
        BriefsOfWeek(date(2026, 11, 2), 0, 0, 1),
        BriefsOfWeek(date(2026, 11, 9), 0, 0, 0),
        BriefsOfWeek(date(2026, 11, 16), 2, 1, 0),
    )


def test_week_53_is_a_week_of_its_own(ada: Person) -> None:
    new_year = datetime(2027, 1, 3, 22, tzinfo=UTC)  # Sunday of 2026-W53
    Brief.objects.create(
        manager=ada,
        iso_year=2026,
        iso_week=53,
        due_at=new_year,
        written_at=new_year,
        state=Brief.State.WRITTEN,
    )
    assert briefs_by_week(now=new_year, weeks=1) == (BriefsOfWeek(date(2026, 12, 28), 1, 0, 0),)
    assert briefs_by_week(now=new_year + timedelta(hours=2), weeks=1) == (
        BriefsOfWeek(date(2027, 1, 4), 0, 0, 0),
    )


def test_how_the_outbox_stands(sales_path: Path) -> None:
    assert outbox(now=DUE) == Outbox(0, 0, timedelta(0))
    lead(3, email=None)
    give(sales_path, list(Person.objects.exclude(manager=None)), at=DUE - timedelta(days=7))
    for number, manager in enumerate(Person.objects.filter(manager=None)):
        manager.email = f"m{number}@acme.example"
        manager.save()
    write_due_briefs(now=DUE)
    first, second, _ = Delivery.objects.order_by("pk")
    assert outbox(now=DUE) == Outbox(3, 0, timedelta(0))
    Delivery.objects.filter(pk=first.pk).update(state="failed")
    Delivery.objects.filter(pk=second.pk).update(next_attempt_at=DUE + timedelta(minutes=7))
    assert outbox(now=DUE + timedelta(minutes=5)) == Outbox(2, 1, timedelta(minutes=5))


def test_another_company_s_are_not_ours(globex: Company) -> None:
    with working_for(globex):
        manager, *_ = lead(5)
        hear(manager, manager, 3)
        assert barrier_ages(now=NOW)[0].count == 1
        assert managers_not_spoken_to(now=NOW) == Share(5, 5, 5)
    assert barrier_ages(now=NOW)[0].count == 0
    assert managers_not_spoken_to(now=NOW) == HIDDEN


@pytest.mark.parametrize("number", [3, 30])
@pytest.mark.parametrize("figure", [barrier_ages, managers_not_spoken_to, briefs_by_week, outbox])
def test_each_is_one_query_however_many_people(number: int, figure: Any, olive: Person) -> None:
    for manager in lead(number):
        hear(manager, olive, 3)
        note_touchpoint(manager=manager, learned="Deals wait.", actor=olive)
    with CaptureQueriesContext(connection) as asked:
        figure(now=NOW)
    assert len(asked) == 1
