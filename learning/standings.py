"""Where somebody stands in each skill of their roles: what is required, seen, and said."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from learning.gaps import Gap, gaps_of
from learning.levels import Sighting
from learning.models import Level, Observation, Role, Skill
from tenants.people.models import Person

SELF = Observation.Source.SELF


@dataclass(frozen=True)
class Standing:
    """One skill that somebody's roles require; the gap is to the highest where several do."""

    skill: Skill
    role: Role
    gap: Gap
    observer: Person | None
    said: Sighting | None
    """What they said of themselves today."""
    said_before: Sighting | None
    """What they said of themselves last, before today."""

    @property
    def required(self) -> Level:
        return Level(self.gap.required)

    @property
    def seen(self) -> Sighting | None:
        """What counts now; nobody has seen or said anything where there is none."""
        return self.gap.seen

    @property
    def level(self) -> Level | None:
        return None if self.seen is None else Level(self.seen.level)

    @property
    def said_level(self) -> Level | None:
        return None if self.said is None else Level(self.said.level)

    @property
    def is_met(self) -> bool:
        return self.gap.is_closed

    @property
    def seen_by_others(self) -> Sighting | None:
        """A manager's sighting: as long as there is one, it counts more than what they say."""
        return self.seen if self.seen and self.seen.source != SELF else None

    @property
    def differs(self) -> bool:
        """Whether they said something else today than what a manager has seen."""
        other = self.seen_by_others
        return bool(self.said and other and self.said.level != other.level)


def standings_of(person: Person, *, today: date) -> list[Standing]:
    """Each skill once, in the order of the roles they have now and of the roles' skills.

    Those required at level 0 are left out. `today` is the day on the person's own calendar.
    Eight queries, however many roles and skills.
    """
    gaps = [gap for gap in gaps_of([person.pk], today=today) if gap.required]
    skills = Skill.objects.in_bulk({gap.skill_id for gap in gaps})
    roles = Role.objects.in_bulk({gap.role_id for gap in gaps})
    observers = Person.objects.in_bulk({gap.seen.observer_id for gap in gaps if gap.seen})
    said, said_before = _own_words(person, skills, today)
    return [
        Standing(
            skill=skills[gap.skill_id],
            role=roles[gap.role_id],
            gap=gap,
            observer=observers.get((gap.seen and gap.seen.observer_id) or 0),
            said=said.get(gap.skill_id),
            said_before=said_before.get(gap.skill_id),
        )
        for gap in _once(gaps)
    ]


def _once(gaps: Iterable[Gap]) -> list[Gap]:
    """The first gap of each skill, with the highest level that any of them requires."""
    first: dict[int, Gap] = {}
    required: dict[int, int] = {}
    for gap in gaps:
        first.setdefault(gap.skill_id, gap)
        required[gap.skill_id] = max(gap.required, required.get(gap.skill_id, 0))
    return [replace(gap, required=required[skill]) for skill, gap in first.items()]


def _own_words(
    person: Person, skills: Iterable[int], today: date
) -> tuple[dict[int, Sighting], dict[int, Sighting]]:
    """Skill id → what somebody said of themselves today, and what they said last before."""
    said: dict[int, Sighting] = {}
    before: dict[int, Sighting] = {}
    for skill, level, source, observer, observed_on in (
        Observation.objects.filter(
            person=person, skill__in=skills, source=SELF, withdrawn_at=None, observed_on__lte=today
        )
        .order_by("observed_on", "pk")
        .values_list("skill_id", "level", "source", "observer_id", "observed_on")
    ):
        words = said if observed_on == today else before
        words[skill] = Sighting(level, source, observer, observed_on)
    return said, before
