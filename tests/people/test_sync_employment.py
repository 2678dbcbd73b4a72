"""Dates and status: who starts later, has left, comes back."""

from datetime import timedelta
from typing import Any

import pytest

from tenants.people.models import Person
from tests.people.hris import TODAY, Sync, outcomes, row

YESTERDAY, TOMORROW = TODAY - timedelta(days=1), TODAY + timedelta(days=1)
LAST_YEAR = "2025-11-18"


def status_after(sync: Sync, **fields: Any) -> tuple[str, Any, Any]:
    sync(row(1, **fields))
    person = Person.objects.get()
    return person.employment_status, person.rehired_on, person.ended_on


def test_who_is_hired_for_later_is_a_prehire_until_the_day(sync: Sync) -> None:
    assert status_after(sync, hired_on=TOMORROW) == ("prehire", None, None)
    sync({"external_id": "hris-1"}, today=TOMORROW)
    assert Person.objects.get().employment_status == "active"


def test_a_last_day_that_has_come_ends_the_employment(sync: Sync) -> None:
    assert status_after(sync, ended_on=TODAY) == ("terminated", None, TODAY)


def test_a_last_day_still_to_come_does_not(sync: Sync) -> None:
    assert status_after(sync, ended_on=TOMORROW) == ("active", None, TOMORROW)
    sync({"external_id": "hris-1"}, today=TOMORROW)
    assert Person.objects.get().employment_status == "terminated"


def test_who_has_left_without_a_date_left_today(sync: Sync) -> None:
    assert status_after(sync, employment_status="terminated") == ("terminated", None, TODAY)
    again = sync(row(1, employment_status="terminated", ended_on=""), today=TOMORROW)
    assert outcomes(again) == ["unchanged"]


@pytest.mark.parametrize(
    ("hired_on", "rehired_on", "status"),
    [
        ("2020-01-01", TODAY, "active"),
        (YESTERDAY, YESTERDAY, "active"),
        (TOMORROW, TOMORROW, "prehire"),
    ],
)
def test_who_comes_back_is_the_same_person(
    sync: Sync, hired_on: Any, rehired_on: Any, status: str
) -> None:
    sync(row(1, employment_status="terminated", hired_on="2020-01-01", ended_on=LAST_YEAR))
    assert status_after(sync, hired_on=hired_on, ended_on="") == (status, rehired_on, None)
    assert outcomes(sync(row(1, hired_on=hired_on, ended_on=""))) == ["unchanged"]


def test_an_old_last_day_does_not_end_a_later_hiring(sync: Sync) -> None:
    assert status_after(sync, hired_on=YESTERDAY, ended_on=LAST_YEAR) == ("active", None, None)


def test_a_run_without_status_does_not_bring_anybody_back(sync: Sync) -> None:
    sync(row(1, ended_on=LAST_YEAR))
    assert outcomes(sync({"external_id": "hris-1", "ended_on": ""})) == ["unchanged"]


def test_leave_is_kept(sync: Sync) -> None:
    assert status_after(sync, employment_status="Leave")[0] == "leave"
