"""Who has which role: from a day on, to a last day, and never twice at once."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from time_machine import Traveller

from learning.actions import end_holding, hold_role
from learning.models import Path, Role, RoleHolding
from tenants.people.models import EmploymentStatus, Person
from tests.conftest import TODAY

HAND = RoleHolding.Source.HAND
DAY = timedelta(days=1)


@pytest.fixture
def role(sales_path: Path) -> Role:
    return sales_path.role


def test_role_is_held_from_the_companys_own_day(lee: Person, role: Role, clock: Traveller) -> None:
    clock.move_to("2026-11-17T23:30:00+00:00")  # Wednesday already in Berlin
    holding = hold_role(person=lee, role=role, source=HAND)
    assert (holding.starts_on, holding.ends_on) == (TODAY, None)
    assert str(holding) == "Lee Tanaka: Account executive"


def test_ended_role_stays_as_history_and_can_be_taken_up_again(
    lee: Person, role: Role, clock: Traveller
) -> None:
    first = hold_role(person=lee, role=role, source=HAND, starts_on=date(2025, 1, 1))
    end_holding(holding=first, ends_on=TODAY)
    with pytest.raises(ValidationError, match="hold this role already"):
        hold_role(person=lee, role=role, source=HAND, starts_on=TODAY)
    hold_role(person=lee, role=role, source=HAND, starts_on=TODAY + DAY)
    assert RoleHolding.objects.count() == 2


@pytest.mark.parametrize("starts_on", [date(2020, 1, 1), TODAY, TODAY + DAY])
def test_role_is_held_once_at_a_time_whenever_the_second_starts(
    lee: Person, role: Role, clock: Traveller, starts_on: date
) -> None:
    hold_role(person=lee, role=role, source=HAND, starts_on=TODAY)
    with pytest.raises(ValidationError, match="hold this role already"):
        hold_role(person=lee, role=role, source=HAND, starts_on=starts_on)


def test_the_database_itself_refuses_what_overlaps(lee: Person, nia: Person, role: Role) -> None:
    def write(person: Person, starts_on: date, ends_on: date | None) -> None:
        with transaction.atomic():
            RoleHolding.objects.create(
                person=person, role=role, starts_on=starts_on, ends_on=ends_on
            )

    write(lee, TODAY, TODAY + 3 * DAY)
    write(nia, TODAY, None)
    for starts_on, ends_on in ((TODAY + 3 * DAY, None), (TODAY - DAY, None), (TODAY, TODAY)):
        with pytest.raises(IntegrityError, match="role_holding_does_not_overlap"):
            write(lee, starts_on, ends_on)
    with pytest.raises(IntegrityError, match="role_holding_ends_after_it_starts"):
        write(lee, TODAY - DAY, TODAY - 2 * DAY)
    write(lee, TODAY + 4 * DAY, None)


def test_last_day_is_not_before_the_first(lee: Person, role: Role, clock: Traveller) -> None:
    holding = hold_role(person=lee, role=role, source=HAND)
    with pytest.raises(ValidationError, match="before the first"):
        end_holding(holding=holding, ends_on=TODAY - DAY)
    holding.refresh_from_db()
    assert holding.ends_on is None


def test_holding_goes_on_after_all_unless_another_has_begun(
    lee: Person, role: Role, clock: Traveller
) -> None:
    first = hold_role(person=lee, role=role, source=HAND, starts_on=date(2025, 1, 1))
    end_holding(holding=first, ends_on=TODAY)
    end_holding(holding=first, ends_on=None)
    end_holding(holding=first, ends_on=TODAY)
    hold_role(person=lee, role=role, source=HAND, starts_on=TODAY + DAY)
    with pytest.raises(ValidationError, match="hold this role already"):
        end_holding(holding=first, ends_on=None)


def test_whoever_has_left_is_given_no_role(lee: Person, role: Role) -> None:
    lee.employment_status = EmploymentStatus.TERMINATED
    with pytest.raises(ValidationError, match="Lee Tanaka is no longer with the company"):
        hold_role(person=lee, role=role, source=HAND)


def test_current_holds_on_the_last_day_and_not_before_the_first(lee: Person, role: Role) -> None:
    RoleHolding.objects.create(person=lee, role=role, starts_on=TODAY, ends_on=TODAY + DAY)
    shown = [RoleHolding.objects.current(TODAY + n * DAY).exists() for n in (-1, 0, 1, 2)]
    assert shown == [False, True, True, False]
