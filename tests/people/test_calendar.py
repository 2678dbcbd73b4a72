"""A new day, without anybody sending anything."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from pytest_django import DjangoAssertNumQueries
from time_machine import Traveller

from learning.models import Assignment
from tenants.people.actions import turn_the_day
from tenants.people.models import Person, SyncRun
from tests.people.hris import TODAY, Sync, row

TOMORROW = TODAY + timedelta(days=1)


def statuses() -> list[str]:
    return list(Person.objects.order_by("external_id").values_list("employment_status", flat=True))


def test_first_days_and_last_days_come(sync: Sync) -> None:
    sync(row(1, hired_on=TOMORROW), row(2, ended_on=TOMORROW), row(3))
    assert turn_the_day(TODAY) is None
    assert statuses() == ["prehire", "active", "active"]

    turn_the_day(TOMORROW)
    assert statuses() == ["active", "terminated", "active"]
    run = SyncRun.objects.first()
    assert run
    assert (run.source, run.updated) == ("calendar", 2)
    assert turn_the_day(TOMORROW) is None


def test_somebody_hired_again_for_later_waits_for_that_day(sync: Sync) -> None:
    sync(row(1, employment_status="terminated", ended_on="2025-01-01"))
    sync(row(1, rehired_on=TOMORROW, ended_on=""))
    assert statuses() == ["prehire"]
    assert turn_the_day(TODAY) is None
    turn_the_day(TOMORROW)
    assert statuses() == ["active"]


def test_a_prehire_without_a_date_waits_for_word(sync: Sync) -> None:
    sync(row(1, employment_status="prehire", hired_on=""))
    assert turn_the_day(TOMORROW) is None
    assert statuses() == ["prehire"]


def test_the_day_is_the_companys(sync: Sync, clock: Traveller) -> None:
    """Acme is in Berlin, an hour ahead of UTC in November."""
    sync(row(1, hired_on=TOMORROW))
    clock.move_to("2026-11-18T22:30:00Z")
    assert turn_the_day() is None
    clock.move_to("2026-11-18T23:30:00Z")
    turn_the_day()
    assert statuses() == ["active"]


def test_a_last_day_pauses_what_they_were_on(
    assign: Callable[[Person], Assignment], lee: Person
) -> None:
    given = assign(lee)
    Person.objects.filter(pk=lee.pk).update(ended_on=TOMORROW)
    turn_the_day(TOMORROW)
    assert Assignment.objects.get(pk=given.pk).status == "paused"


@pytest.mark.parametrize("people", [1, 30])
def test_a_day_that_brings_nothing_costs_one_query(
    sync: Sync, django_assert_num_queries: DjangoAssertNumQueries, people: int
) -> None:
    sync(*(row(number) for number in range(people)))
    with django_assert_num_queries(1):
        turn_the_day(TODAY)
