"""When a week's brief is due, on clocks that change."""

import itertools
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reinforcement.schedules import LAST_ZONE, Week, week_of, weeks_to_decide

BERLIN, NEW_YORK = ZoneInfo("Europe/Berlin"), ZoneInfo("America/New_York")
LORD_HOWE = ZoneInfo("Australia/Lord_Howe")  # its summer time is half an hour
MONDAY, FRIDAY, SUNDAY = 1, 5, 7


def due(day: date, zone: ZoneInfo, weekday: int = MONDAY, hour: int = 9) -> str:
    moment = week_of(day, zone=zone, weekday=weekday, hour=hour).due_at
    assert moment.tzinfo is UTC
    return f"{moment:%Y-%m-%d %H:%M}"


@pytest.mark.parametrize(
    ("zone", "before", "after", "moments"),
    [
        (BERLIN, date(2026, 3, 23), date(2026, 3, 30), ["2026-03-23 08:00", "2026-03-30 07:00"]),
        (BERLIN, date(2026, 10, 19), date(2026, 10, 26), ["2026-10-19 07:00", "2026-10-26 08:00"]),
        (NEW_YORK, date(2026, 3, 2), date(2026, 3, 9), ["2026-03-02 14:00", "2026-03-09 13:00"]),
        (NEW_YORK, date(2026, 10, 26), date(2026, 11, 2), ["2026-10-26 13:00", "2026-11-02 14:00"]),
        (LORD_HOWE, date(2026, 3, 30), date(2026, 4, 6), ["2026-03-29 22:00", "2026-04-05 22:30"]),
        (LORD_HOWE, date(2026, 9, 28), date(2026, 10, 5), ["2026-09-27 22:30", "2026-10-04 22:00"]),
    ],
)
def test_nine_stays_nine_when_the_clocks_change(
    zone: ZoneInfo, before: date, after: date, moments: list[str]
) -> None:
    assert [due(before, zone), due(after, zone)] == moments
    for day in (before, after):
        local = week_of(day, zone=zone, weekday=MONDAY, hour=9).due_at.astimezone(zone)
        assert (local.isoweekday(), local.hour, local.minute) == (MONDAY, 9, 0)


@pytest.mark.parametrize(
    ("zone", "day", "hour", "moment", "local"),
    [
        (BERLIN, date(2026, 3, 29), 2, "2026-03-29 01:00", "03:00"),
        (NEW_YORK, date(2026, 3, 8), 2, "2026-03-08 07:00", "03:00"),
        (LORD_HOWE, date(2026, 10, 4), 2, "2026-10-03 15:30", "02:30"),
    ],
)
def test_an_hour_that_is_skipped_is_the_moment_the_clock_jumps(
    zone: ZoneInfo, day: date, hour: int, moment: str, local: str
) -> None:
    assert due(day, zone, SUNDAY, hour) == moment
    week = week_of(day, zone=zone, weekday=SUNDAY, hour=hour)
    assert f"{week.due_at.astimezone(zone):%H:%M}" == local


@pytest.mark.parametrize(
    ("zone", "day", "hour", "moment"),
    [
        (BERLIN, date(2026, 10, 25), 2, "2026-10-25 00:00"),
        (NEW_YORK, date(2026, 11, 1), 1, "2026-11-01 05:00"),
    ],
)
def test_an_hour_that_repeats_is_taken_the_first_time(
    zone: ZoneInfo, day: date, hour: int, moment: str
) -> None:
    assert due(day, zone, SUNDAY, hour) == moment


def test_the_days_around_new_year_belong_to_week_53_of_the_old_year() -> None:
    for day in (date(2026, 12, 28), date(2027, 1, 1), date(2027, 1, 3)):
        week = week_of(day, zone=BERLIN, weekday=FRIDAY, hour=9)
        assert (week.year, week.number) == (2026, 53)
        assert week.due_at == datetime(2027, 1, 1, 8, tzinfo=UTC)
    assert week_of(date(2027, 1, 4), zone=BERLIN, weekday=FRIDAY, hour=9).number == 1


WEEK_LONG = timedelta(weeks=1)
WEEK = Week(2026, 47, datetime(2026, 11, 16, 8, tzinfo=UTC))


@pytest.mark.parametrize(
    ("late", "is_due", "is_missed"),
    [
        (timedelta(microseconds=-1), False, False),
        (timedelta(0), True, False),
        (timedelta(hours=6), True, False),
        (timedelta(hours=24, microseconds=-1), True, False),
        (timedelta(hours=24), False, True),
    ],
)
def test_a_week_is_caught_up_within_24_hours_and_missed_after(
    late: timedelta, is_due: bool, is_missed: bool
) -> None:
    now = WEEK.due_at + late
    assert (WEEK.is_due(now), WEEK.is_missed(now)) == (is_due, is_missed)


def to_decide(now: datetime, weekday: int, hour: int) -> list[int]:
    weeks = weeks_to_decide(now, zone=BERLIN, weekday=weekday, hour=hour)
    return [week.number for week in weeks]


def test_a_week_is_decided_from_its_moment_on_and_a_sunday_evening_also_on_monday() -> None:
    assert to_decide(WEEK.due_at - timedelta(seconds=1), MONDAY, 9) == [46]
    assert to_decide(WEEK.due_at, MONDAY, 9) == [46, 47]
    assert to_decide(WEEK.due_at, SUNDAY, 20) == [46]


ZONES = [
    *(BERLIN, NEW_YORK, LORD_HOWE, ZoneInfo("UTC"), ZoneInfo("Asia/Kathmandu")),
    *(ZoneInfo(f"Pacific/{island}") for island in ("Kiritimati", "Pago_Pago", "Chatham")),
    *(ZoneInfo("America/St_Johns"), ZoneInfo("Africa/Casablanca")),
]


@settings(deadline=None, max_examples=60)
@given(
    zone=st.sampled_from(ZONES),
    weekday=st.integers(1, 7),
    hour=st.integers(0, 23),
    start=st.dates(date(2024, 1, 1), date(2033, 1, 1)),
)
def test_over_two_years_each_week_is_due_once_on_the_right_local_day(
    zone: ZoneInfo, weekday: int, hour: int, start: date
) -> None:
    found: Counter[Week] = Counter()
    noon = datetime(start.year, start.month, start.day, 12, tzinfo=UTC)
    for days in range(731):
        now = noon + timedelta(days=days)
        weeks = weeks_to_decide(now, zone=zone, weekday=weekday, hour=hour)
        found.update({week for week in weeks if week.is_due(now)})
    assert set(found.values()) == {1}  # a daily look finds each within its 24 hours, once
    dues = sorted(week.due_at for week in found)
    assert 104 <= len({(week.year, week.number) for week in found}) == len(dues)
    for earlier, later in pairwise(dues):
        assert abs(later - earlier - timedelta(days=7)) <= timedelta(hours=1)
    local = {week: week.due_at.astimezone(zone) for week in found}
    assert all(at.isocalendar() == (week.year, week.number, weekday) for week, at in local.items())
    skipped = [at for at in local.values() if at.hour != hour]  # by a change to summer time
    assert len(skipped) <= 3
    assert all(at.hour == hour + 1 for at in skipped)


Change = dict[str, Any]
RHYTHMS: st.SearchStrategy[Change] = st.fixed_dictionaries(
    {
        "zone": st.sampled_from(ZONES),
        "weekday": st.sampled_from([SUNDAY, MONDAY, FRIDAY]),  # around the week's end it is tight
        "hour": st.sampled_from([0, 9, 20, 23]),
    }
)


@st.composite
def lives(draw: st.DrawFn) -> list[tuple[timedelta, Change | None]]:
    """Looks of the scheduler (None) at most 23 hours apart, and changes at any moment between."""
    life: list[tuple[timedelta, Change | None]] = []
    for _ in range(draw(st.integers(20, 50))):
        minutes = draw(st.integers(5, 23 * 60))
        often = draw(st.sampled_from([0, 0, 0, 0, 0, 1, 2]))  # more often, and none is ever late
        changes = draw(st.dictionaries(st.integers(0, minutes), RHYTHMS, max_size=often))
        past = 0
        for minute, change in sorted(changes.items(), key=lambda each: each[0]):
            life.append((timedelta(minutes=minute - past), change))
            past = minute
        life.append((timedelta(minutes=minutes - past), None))
    return life


@settings(deadline=None, max_examples=150)
@given(
    start=st.datetimes(datetime(2026, 1, 1), datetime(2027, 1, 10)),  # noqa: DTZ001  # as asked
    rhythm=RHYTHMS,
    life=lives(),
)
def test_however_often_the_rhythm_changes_no_week_is_left_out_or_missed(
    start: datetime, rhythm: Change, life: list[tuple[timedelta, Change | None]]
) -> None:
    """No week comes twice either: what is decided is looked up by year and number."""
    now = start.replace(tzinfo=UTC)
    since: datetime | None = None
    decided = {(now - weeks * WEEK_LONG).isocalendar()[:2] for weeks in (1, 2, 3)}
    decided |= {(week.year, week.number) for week in weeks_to_decide(now, **rhythm)}
    for gap, change in life:
        now += gap
        if change:
            rhythm, since = change, now
            continue
        for week in weeks_to_decide(now, **rhythm, since=since):
            if (week.year, week.number) not in decided:
                assert not week.is_missed(now)
                decided.add((week.year, week.number))
    weeks = itertools.count(1)
    while (week := Week(*(start + next(weeks) * WEEK_LONG).isocalendar()[:2], now)).is_over(
        now - timedelta(days=2), LAST_ZONE
    ):
        assert (week.year, week.number) in decided
