"""What was seen of people before their path, so that their plans differ.

Of three account executives of one team it is told here: sign in as each, and compare.
"""

import random
from collections.abc import Sequence
from datetime import datetime, timedelta

from config.demo.cast import CAST
from learning.actions import observe
from learning.models import Observation, Path, Skill
from tenants.companies.context import current_company
from tenants.people.models import Person

MANAGER, SELF = Observation.Source.MANAGER, Observation.Source.SELF
SEEN_BEFORE = 0.5  # share of skills that a manager has seen before the path starts

Seen = dict[str, tuple[int, Observation.Source, int]]
"""Skill (slug) → level, who says so, and how many days before the path starts."""

LEARNER: Seen = {
    "discovery": (2, MANAGER, 31),
    "demo": (2, MANAGER, 24),
    "qualification": (1, MANAGER, 24),
    "mutual-plan": (1, MANAGER, 9),
    "negotiation": (0, MANAGER, 9),
}
PEER: Seen = {
    "discovery": (3, MANAGER, 60),
    "demo": (2, MANAGER, 45),
    "qualification": (2, MANAGER, 45),
    "multithreading": (2, MANAGER, 38),
    "mutual-plan": (2, MANAGER, 12),
    "negotiation": (0, MANAGER, 12),
}
NEW_HIRE: Seen = {
    "discovery": (1, SELF, 1),
    "negotiation": (2, SELF, 1),
    "demo": (0, SELF, 1),
}


def see(people: Sequence[Person], path: Path, dice: random.Random, at: datetime) -> None:
    """What their managers had seen of them before; a new hire rates every skill themselves."""
    skills = [needed.skill for needed in path.role.role_skills.select_related("skill")]
    for person in people:
        if story := _story_of(current_company().slug, person.email or ""):
            _tell(person, story, skills, at)
            continue
        new = person.hired_on is not None and person.hired_on > at.date() - timedelta(days=30)
        for skill in skills:
            if new or dice.random() < SEEN_BEFORE:
                observe(
                    person=person,
                    skill=skill,
                    level=dice.choice([0, 1, 1, 2, 2, 3]),
                    source=Observation.Source.SELF if new else Observation.Source.MANAGER,
                    observer=person if new else person.manager,
                    observed_on=at.date() - timedelta(days=1 if new else dice.randint(1, 40)),
                    now=at,
                )


def _tell(person: Person, story: Seen, skills: Sequence[Skill], at: datetime) -> None:
    by_slug = {skill.slug: skill for skill in skills}
    for slug, (level, source, days) in story.items():
        observe(
            person=person,
            skill=by_slug[slug],
            level=level,
            source=source,
            observer=person.manager if source == Observation.Source.MANAGER else person,
            observed_on=at.date() - timedelta(days=days),
            now=at,
        )


def _story_of(company: str, email: str) -> Seen | None:
    """What was seen of a member of the cast; None of everybody else."""
    cast = CAST[company]
    told = {cast.learner: LEARNER, cast.peer: PEER, cast.new_hire: NEW_HIRE}
    return told.get(email)
