"""How the gap in each skill went: which level counted, day by day, against the required one."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from learning.models import Observation
from learning.standings import Standing, standings_of
from tenants.people.models import Person

SELF = Observation.Source.SELF
WINDOW = timedelta(weeks=26)


@dataclass(frozen=True)
class Trail:
    """One skill: where it stands, and the observations that counted when they were made."""

    standing: Standing
    since: date
    today: date
    seen: list[Observation]
    """In the order of their days; the first may be of before the window, and holds until it."""
    latest: Observation | None
    """The last thing that was said, whether it counts or not."""

    @property
    def in_window(self) -> list[Observation]:
        return [each for each in self.seen if each.observed_on >= self.since]


def gap_trails(person: Person, *, today: date, window: timedelta = WINDOW) -> list[Trail]:
    """Each skill that their roles and open paths require: open gaps first, then what is met.

    As `levels.current_levels` has it, what a manager saw counts more than what people say of
    themselves, from the day on which it was seen. Nine queries, however many skills.
    """
    standings = standings_of(person, today=today)
    said: dict[int, list[Observation]] = defaultdict(list)
    for observation in (
        Observation.objects.filter(
            person=person,
            skill__in=[standing.skill for standing in standings],
            withdrawn_at=None,
        )
        .select_related("observer")
        .order_by("observed_on", "pk")
    ):
        said[observation.skill_id].append(observation)
    trails = [_trail(each, said[each.skill.pk], today, window) for each in standings]
    return sorted(trails, key=lambda trail: trail.standing.is_met)


def _trail(standing: Standing, said: list[Observation], today: date, window: timedelta) -> Trail:
    since = today - window
    counting = counted(said)
    before = [each for each in counting if each.observed_on < since]
    return Trail(
        standing=standing,
        since=since,
        today=today,
        seen=[*before[-1:], *(each for each in counting if each.observed_on >= since)],
        latest=max(said, key=lambda each: each.pk, default=None),
    )


def counted(said: Iterable[Observation]) -> list[Observation]:
    """Those that counted on their day: a self-rating only as long as no manager saw the skill.

    `said` is about one person and skill, in the order of days; the last that counted counts now.
    """
    counting: list[Observation] = []
    seen_by_others = False
    for observation in said:
        if observation.source != SELF:
            seen_by_others = True
        elif seen_by_others:
            continue
        counting.append(observation)
    return counting
