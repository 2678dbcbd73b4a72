"""On which day, at which hour and on whose clock somebody's week is due."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from reinforcement import schedules
from reinforcement.models import ChannelPreference
from reinforcement.schedules import Week
from tenants.companies.models import Company
from tenants.people.models import Person


@dataclass(frozen=True)
class Rhythm:
    """`weekday` is ISO (1 is Monday), `hour` 0 to 23 in `zone`; `since` when any changed."""

    zone: ZoneInfo
    weekday: int
    hour: int
    since: datetime | None = None

    def weeks_to_decide(self, now: datetime) -> Iterator[Week]:
        return schedules.weeks_to_decide(
            now, zone=self.zone, weekday=self.weekday, hour=self.hour, since=self.since
        )

    def week_of(self, day: date) -> Week:
        return schedules.week_of(day, zone=self.zone, weekday=self.weekday, hour=self.hour)

    def weeks_after(self, now: datetime) -> Iterator[Week]:
        """Those whose moment is still to come, from this week on; without end."""
        day = now.astimezone(self.zone).date()
        while True:
            week = self.week_of(day)
            if week.due_at > now:
                yield week
            day += timedelta(days=7)


def rhythm_of(person: Person, company: Company) -> Rhythm:
    """Their own day and hour where they chose, else the company's. One query, unless loaded."""
    chosen = preference_of(person)
    changes = [at for at in (company.rhythm_since, chosen and chosen.rhythm_since) if at]
    return Rhythm(
        zone=person.zone,
        weekday=chosen.day if chosen and chosen.day is not None else company.brief_day,
        hour=chosen.hour if chosen and chosen.hour is not None else company.brief_hour,
        since=max(changes, default=None),
    )


def preference_of(person: Person) -> ChannelPreference | None:
    """What they chose, if anything. One query, unless loaded with ``select_related``."""
    preference: ChannelPreference | None = getattr(person, "channel_preference", None)
    return preference


def is_paused(person: Person, at: datetime) -> bool:
    """Whether they asked not to be written to on the day it is then on their own clock."""
    chosen = preference_of(person)
    day = at.astimezone(person.zone).date()
    return bool(chosen and chosen.paused_until and day < chosen.paused_until)
