"""Days and hours as their reader writes them."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.template import Context, Template
from django.utils import timezone, translation
from time_machine import Traveller

from tenants.people.days import day, hour, weekday

MAY = date(2026, 5, 3)
NEXT_MAY = date(2027, 5, 3)
LATE = datetime(2026, 5, 3, 22, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("language", "this_year", "another_year", "with_weekday"),
    [
        ("en", "3 May", "3 May 2027", "Sunday 3 May"),
        ("de", "3. Mai", "3. Mai 2027", "Sonntag, 3. Mai"),
        ("es", "3 de mayo", "3 de mayo de 2027", "domingo 3 de mayo"),
    ],
)
def test_each_language_has_its_own_way(
    clock: Traveller, language: str, this_year: str, another_year: str, with_weekday: str
) -> None:
    with translation.override(language):
        assert day(MAY) == this_year
        assert day(NEXT_MAY) == another_year
        assert weekday(MAY) == with_weekday


@pytest.mark.parametrize(
    ("zone", "on", "at"),
    [
        ("Europe/Berlin", "Monday 4 May", "00:30"),
        ("America/New_York", "Sunday 3 May", "18:30"),
    ],
)
def test_a_moment_is_told_on_the_reader_s_clock(
    clock: Traveller, zone: str, on: str, at: str
) -> None:
    with timezone.override(ZoneInfo(zone)):
        assert weekday(LATE) == on
        assert day(LATE) == on.partition(" ")[2]
        assert hour(LATE) == at


def test_new_year_s_eve_is_of_the_year_it_is_where_the_reader_is(clock: Traveller) -> None:
    clock.move_to(datetime(2026, 12, 31, 23, 30, tzinfo=UTC))
    with timezone.override(ZoneInfo("Europe/Berlin")):
        assert day(date(2027, 1, 1)) == "1 January"
        assert day(date(2026, 12, 31)) == "31 December 2026"


def test_a_moment_without_a_zone_is_taken_as_it_is(clock: Traveller) -> None:
    naive = datetime(2026, 5, 3, 9, 5)  # noqa: DTZ001
    assert (day(naive), hour(naive)) == ("3 May", "09:05")


def test_templates_say_the_same_and_leave_nothing_for_nothing(clock: Traveller) -> None:
    page = Template("{% load days %}{{ at|day }}|{{ at|weekday }}|{{ at|hour }}")
    with timezone.override(ZoneInfo("Europe/Berlin")):
        assert page.render(Context({"at": LATE})) == "4 May|Monday 4 May|00:30"
    assert page.render(Context({"at": None})) == "||"
