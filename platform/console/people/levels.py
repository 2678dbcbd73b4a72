"""What was seen of somebody, skill by skill and over time."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from console.people.happenings import Happening, Kind
from learning.models import Level, Observation, RoleSkill, Skill
from learning.reports.gap_trails import counted
from tenants.people.models import Person

Source = Observation.Source


@dataclass(frozen=True)
class Sight:
    """A level that counted from its day on, and who saw it: nobody where they said so."""

    level: Level
    observation: Observation

    @property
    def by(self) -> str:
        if self.observation.source == Source.SELF:
            return _("said so themselves")
        return self.observation.observer.name if self.observation.observer else _("a manager")


@dataclass(frozen=True)
class SkillStanding:
    """A skill with what is required, if a role of theirs does, and what counted, in order."""

    skill: Skill
    required: Level | None
    trail: Sequence[Sight]

    @property
    def now(self) -> Sight | None:
        return self.trail[-1] if self.trail else None

    @property
    def missing(self) -> int:
        """Levels; of a skill nobody has seen, all that are required."""
        return max((self.required or 0) - (self.now.level if self.now else 0), 0)


def seen_of(person: Person) -> list[Observation]:
    """What was not taken back, in the order of days. One query."""
    seen = Observation.objects.filter(person=person, withdrawn_at=None)
    return list(seen.select_related("skill", "observer").order_by("observed_on", "pk"))


def standings(roles: Iterable[int], seen: Iterable[Observation]) -> list[SkillStanding]:
    """Skills that these roles require, the widest gap first; then others seen. One query."""
    needs = RoleSkill.objects.filter(role__in=set(roles), required_level__gt=0)
    skills: dict[int, Skill] = {}
    required: dict[int, int] = {}
    said: dict[int, list[Observation]] = defaultdict(list)
    for need in needs.select_related("skill").order_by("role", "pk"):
        skills[need.skill_id] = need.skill
        required[need.skill_id] = max(need.required_level, required.get(need.skill_id, 0))
    for each in seen:
        skills.setdefault(each.skill_id, each.skill)
        said[each.skill_id].append(each)
    found = [
        SkillStanding(
            skill,
            Level(required[key]) if key in required else None,
            [Sight(Level(each.level), each) for each in counted(said[key])],
        )
        for key, skill in skills.items()
    ]
    return sorted(found, key=lambda each: (each.required is None, -each.missing))


def sightings(seen: Iterable[Observation]) -> Iterator[Happening]:
    """Who saw what; of a check-in's answer the level, and never what was written beside it."""
    for each in seen:
        sight = Sight(Level(each.level), each)
        about = {"level": sight.level.label, "skill": each.skill.name, "name": sight.by}
        words = (
            _("Said of themselves: “%(level)s” in %(skill)s")
            if each.source == Source.SELF
            else _("%(name)s saw “%(level)s” in %(skill)s")
        )
        yield Happening(
            kind=Kind.LEVELS,
            on=each.observed_on,
            at=each.created_at,
            words=words % about,
            more=each.context if each.source == Source.MANAGER else "",
            link=reverse("admin:learning_observation_change", args=[each.pk]),
        )
