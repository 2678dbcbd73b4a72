"""Day, hour or clock change in mid-week: still one brief, and still one a week."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from time_machine import Traveller

from reinforcement.actions import set_preference, write_due_briefs
from reinforcement.models import Brief, ChannelPreference
from tenants.companies.actions import change_rhythm
from tenants.companies.context import find_company
from tenants.companies.models import Company
from tenants.people.models import Person
from tests.learning.test_consequences import hris
from tests.reinforcement.cast import Assign, MakePerson

HOUR, DAY, WEEK = timedelta(hours=1), timedelta(days=1), timedelta(weeks=1)
MONDAY, FRIDAY, SUNDAY = 1, 5, 7
BERLIN, NEW_YORK, AUCKLAND = "Europe/Berlin", "America/New_York", "Pacific/Auckland"
FIRST, LAST = "Pacific/Kiritimati", "Pacific/Pago_Pago"  # where a day begins first, and last

Live = Callable[[str, str], None]


def utc(moment: str) -> datetime:
    """``Mon 08:30`` of ISO week 47, in UTC; ``Mon+1`` is of the week after."""
    day, time = moment.split()
    name, later = day[:3], day[3:]
    number = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"].index(name)
    hour, minute = map(int, time.split(":"))
    start = datetime(2026, 11, 16, hour, minute, tzinfo=UTC)
    return start + number * DAY + int(later or 0) * WEEK


@pytest.fixture
def live(assign: Assign, ada: Person, lee: Person, monday: Traveller) -> Live:
    """``live("Mon 00:00", "Tue 00:00")``: the scheduler looks every half hour, for Ada and Lee.

    The weeks before the first are decided already.
    """
    long_ago = utc("Mon 00:00") - 9 * WEEK
    monday.move_to(long_ago)
    assign(lee)
    Person.objects.update(created_at=long_ago, updated_at=long_ago)

    def until(start: str, end: str) -> None:
        now = utc(start)
        if not Brief.objects.exists():
            decide_the_weeks_before(ada, now)
        while now < utc(end):
            monday.move_to(now)
            write_due_briefs(now=now)
            now += HOUR / 2

    return until


def decide_the_weeks_before(manager: Person, now: datetime) -> None:
    for then in (now - WEEK, now - 2 * WEEK):
        year, week, _ = then.isocalendar()
        before = {"iso_year": year, "iso_week": week, "due_at": now, "written_at": now}
        Brief.objects.create(manager=manager, state=Brief.State.SKIPPED, reason="nobody", **before)


def written(manager: Person) -> list[tuple[int, str]]:
    """ISO week and when (UTC) of every brief that was decided here; none may have been missed."""
    briefs = Brief.objects.filter(manager=manager).exclude(reason="nobody").order_by("written_at")
    assert {brief.state for brief in briefs} <= {"written"}
    return [(brief.iso_week, f"{brief.written_at:%a %H:%M}") for brief in briefs]


def moves(person: Person, zone: str, clock: Traveller, at: str) -> None:
    """The HRIS says so then."""
    clock.move_to(utc(at))
    hris(person, time_zone=zone)


@pytest.mark.parametrize(
    ("before", "after", "at", "weeks"),
    [
        # nine o'clock comes later that day, has come already, or is over for this week
        (BERLIN, NEW_YORK, "Mon 07:10", [(47, "Mon 14:00"), (48, "Mon 14:00")]),
        (BERLIN, AUCKLAND, "Mon 07:10", [(47, "Mon 07:30"), (48, "Sun 20:00")]),
        (BERLIN, NEW_YORK, "Mon 08:10", [(47, "Mon 08:00"), (48, "Mon 14:00")]),
        (NEW_YORK, BERLIN, "Mon 13:50", [(47, "Mon 14:00"), (48, "Mon 08:00")]),
        (NEW_YORK, BERLIN, "Thu 12:00", [(47, "Mon 14:00"), (48, "Mon 08:00")]),
        # over the date line, both ways, on both sides of the moment
        (LAST, FIRST, "Mon 19:50", [(47, "Mon 20:00"), (48, "Sun 19:00")]),
        (LAST, FIRST, "Mon 20:10", [(47, "Mon 20:00"), (48, "Sun 19:00")]),
        (FIRST, LAST, "Tue 06:00", [(47, "Sun 19:00"), (48, "Mon 20:00")]),
    ],
)
def test_a_manager_whose_clock_changes_has_one_brief_a_week(
    live: Live, ada: Person, monday: Traveller, before: str, after: str, at: str, weeks
) -> None:
    Person.objects.filter(pk=ada.pk).update(time_zone=before)
    decide_the_weeks_before(ada, utc("Mon 00:00"))
    live("Sun-1 12:00", at)
    moves(ada, after, monday, at)
    live(half_past(at), "Tue+1 12:00")
    assert written(ada) == weeks


def half_past(moment: str) -> str:
    """The scheduler's next look."""
    day, time = moment.split()
    hour, minute = map(int, time.split(":"))
    return f"{day} {hour + minute // 30:02}:{(minute // 30 + 1) % 2 * 30:02}"


def test_sunday_evening_is_not_lost_where_the_date_line_makes_it_long_past(
    live: Live, ada: Person, acme: Company, monday: Traveller
) -> None:
    """Half an hour before it is due, the same hour of the new clock was 24 and a half hours ago."""
    Person.objects.filter(pk=ada.pk).update(time_zone=LAST)
    acme.brief_day, acme.brief_hour = SUNDAY, 20
    live("Tue 08:00", "Mon+1 06:30")
    assert written(ada) == []
    moves(ada, FIRST, monday, "Mon+1 06:40")
    live("Mon+1 07:00", "Mon+2 06:30")
    assert written(ada) == [(47, "Mon 07:00"), (48, "Sun 06:00")]


@pytest.mark.parametrize(
    ("day", "at", "weeks"),
    [
        (MONDAY, "Wed 12:10", [(47, "Wed 12:30"), (48, "Mon 08:00"), (49, "Mon 08:00")]),
        (SUNDAY, "Wed 12:10", [(47, "Sun 08:00"), (48, "Sun 08:00")]),
        (MONDAY, "Fri 09:10", [(47, "Fri 08:00"), (48, "Mon 08:00"), (49, "Mon 08:00")]),
        (SUNDAY, "Fri 09:10", [(47, "Fri 08:00"), (48, "Sun 08:00")]),
    ],
)
@pytest.mark.parametrize("whose", ["the company's", "her own"])
def test_another_day_in_mid_week_is_one_brief_a_week(
    live: Live, ada: Person, acme: Company, monday: Traveller, whose: str, day: int, at: str, weeks
) -> None:
    acme.brief_day = FRIDAY
    live("Tue 08:00", at)
    monday.move_to(utc(at))
    if whose == "her own":
        ada.refresh_from_db()
        set_preference(person=ada, channel="mail", day=day, hour=None, paused_until=None)
    else:
        change_rhythm(company=acme, day=day, now=utc(at))
    live(half_past(at), "Tue+2 00:00")
    assert written(ada) == weeks


def test_who_came_after_the_week_was_over_does_not_get_it_because_the_rhythm_changed(
    live: Live, ada: Person, acme: Company
) -> None:
    """A company that starts on a Monday, and sets its rhythm that morning."""
    Person.objects.update(created_at=utc("Mon 06:00"), updated_at=utc("Mon 06:00"))
    change_rhythm(company=acme, day=MONDAY, hour=10, now=utc("Mon 06:30"))
    decide_the_weeks_before(ada, utc("Mon 00:00") - WEEK)
    live("Mon 06:30", "Mon 12:00")
    assert written(ada) == [(47, "Mon 09:00")]


def test_week_53_and_the_first_of_the_new_year_come_once_each_for_who_moves_between(
    live: Live, ada: Person, acme: Company, monday: Traveller
) -> None:
    acme.brief_day = SUNDAY
    live("Tue+5 08:00", "Sat+6 12:00")
    moves(ada, LAST, monday, "Sat+6 12:10")  # 2 January 2027, in week 53
    live("Sat+6 12:30", "Mon+8 00:00")
    assert written(ada) == [(52, "Sun 08:00"), (53, "Sun 20:00"), (1, "Sun 20:00")]


def test_a_rhythm_begins_when_the_hris_moves_who_leads_somebody(
    ada: Person, lee: Person, monday: Traveller
) -> None:
    hris(ada, lee, time_zone=NEW_YORK)
    [preference] = ChannelPreference.objects.all()
    assert (preference.person, preference.rhythm_since) == (ada, utc("Mon 08:00"))
    assert (preference.channel, preference.day, preference.hour) == ("mail", None, None)


def test_what_somebody_chose_stays_when_their_clock_changes(
    ada: Person, lee: Person, monday: Traveller
) -> None:
    set_preference(person=ada, channel="portal", day=FRIDAY, hour=7, paused_until=None)
    monday.shift(HOUR)
    hris(ada, time_zone=NEW_YORK)
    preference = ChannelPreference.objects.get()
    assert (preference.channel, preference.day, preference.hour) == ("portal", FRIDAY, 7)
    assert preference.rhythm_since == utc("Mon 09:00")


@pytest.mark.parametrize("fields", [{"time_zone": BERLIN}, {"job_title": "Head of Sales"}])
def test_the_same_clock_by_another_name_begins_nothing(
    ada: Person, lee: Person, monday: Traveller, fields: dict[str, str]
) -> None:
    hris(ada, **fields)
    assert not ChannelPreference.objects.exists()


def test_a_company_that_says_the_same_again_begins_nothing(acme: Company) -> None:
    assert not change_rhythm(company=acme, day=MONDAY, hour=9, time_zone=BERLIN)
    assert find_company("acme").rhythm_since is None


def test_thirty_managers_who_move_cost_no_more_queries_than_three(
    acme: Company, person: MakePerson, monday: Traveller
) -> None:
    def cost(count: int) -> int:
        managers = [person(f"Bo{count}", f"Ek{n}") for n in range(count)]
        for manager in managers:
            person(f"Cy{count}", manager.family_name, manager=manager)
        with CaptureQueriesContext(connection) as queries:
            hris(*managers, time_zone=NEW_YORK)
        assert ChannelPreference.objects.filter(person__in=managers).count() == count
        return len(queries)

    assert cost(3) == cost(30)
