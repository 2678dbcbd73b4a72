"""When a brief is due: the company's weekday and hour on the manager's own clock.

09:00 stays 09:00 across daylight-saving changes. An hour that the clock skips is taken as the
moment it jumps over; one that it repeats is taken the first time (PEP 495, ``fold=0``).
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

CATCH_UP = timedelta(hours=24)
LAST_ZONE = timezone(timedelta(hours=-12))  # where a week ends last


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

    def is_over(self, at: datetime, zone: tzinfo) -> bool:
        """Whether a later week has begun by then in that zone."""
        return at.astimezone(zone).isocalendar()[:2] > (self.year, self.number)

    def was_open(self, at: datetime) -> bool:
        """Whether its moment might have been to come then, or to catch up with, anywhere."""
        return not self.is_over(at - CATCH_UP, LAST_ZONE)


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
    day, hour or zone last changed: a moment before it was never due, and the week is due then,
    unless it was over long before by any clock.
    """
    today = now.astimezone(zone).date()
    for day in (today - timedelta(days=7), today):
        week = week_of(day, zone=zone, weekday=weekday, hour=hour)
        if since and week.due_at < since and week.was_open(since):
            week = replace(week, due_at=since)
        if week.due_at <= now:
            yield week
