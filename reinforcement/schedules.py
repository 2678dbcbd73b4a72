"""When a brief is due: the company's weekday and hour on the manager's own clock.

09:00 stays 09:00 across daylight-saving changes. An hour that the clock skips is taken as the
moment it jumps over; one that it repeats is taken the first time (PEP 495, ``fold=0``).
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

CATCH_UP = timedelta(hours=24)


@dataclass(frozen=True)
class Week:
    """An ISO 8601 week, and the moment (UTC) its brief is due."""

    year: int
    number: int
    due_at: datetime

    def is_due(self, now: datetime) -> bool:
        """Due, and not so late that it counts as missed."""
        return self.due_at <= now < self.due_at + CATCH_UP

    def is_missed(self, now: datetime) -> bool:
        return now >= self.due_at + CATCH_UP


def week_of(day: date, *, zone: ZoneInfo, weekday: int, hour: int) -> Week:
    """The ISO week that `day` is in; `weekday` is ISO (1 is Monday), `hour` 0 to 23 local."""
    year, number, _ = day.isocalendar()
    local = datetime.combine(date.fromisocalendar(year, number, weekday), time(hour), tzinfo=zone)
    return Week(year, number, local.astimezone(UTC))


def weeks_to_decide(
    now: datetime,
    *,
    zone: ZoneInfo,
    weekday: int,
    hour: int,
    since: datetime | None = None,
) -> Iterator[Week]:
    """Last week and this one, as far as their moment has come.

    Last week too, because a Sunday evening's brief may be caught up on Monday. `since` is when
    day, hour or zone last changed: of the week it is in, a moment before it was never due, and
    the week is due then.
    """
    today = now.astimezone(zone).date()
    for day in (today - timedelta(days=7), today):
        week = week_of(day, zone=zone, weekday=weekday, hour=hour)
        if since and week.due_at < since and _is_in(week, since.astimezone(zone).date()):
            week = replace(week, due_at=since)
        if week.due_at <= now:
            yield week


def _is_in(week: Week, day: date) -> bool:
    return day.isocalendar()[:2] == (week.year, week.number)
