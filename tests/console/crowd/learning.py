"""What there is to learn, who has which role, and what was seen and agreed."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from learning.models import (
    CalibratedLevel,
    Calibration,
    CalibrationManager,
    CalibrationSkill,
    Observation,
    Outcome,
    Path,
    Role,
    RoleHolding,
    RoleSkill,
    Skill,
    Step,
)
from learning.models.paths import StepSkill
from learning.models.title_rules import TitleRule
from tests.console.crowd.people import Crowd

ROLES: Final = 60
STEPS: Final = 5  # of a path
Source = Observation.Source


@dataclass(frozen=True)
class Work:
    """A path for each role; half of everybody has the first."""

    roles: list[Role]
    outcomes: list[Outcome]
    skills: list[Skill]
    paths: list[Path]
    steps: list[Step]

    def steps_of(self, place: int) -> list[Step]:
        return self.steps[place * STEPS : (place + 1) * STEPS]

    def skills_of(self, place: int) -> list[Skill]:
        return self.skills[place * STEPS : (place + 1) * STEPS]


def design(company: Crowd, now: datetime) -> Work:
    roles = Role.objects.bulk_create(
        Role(slug=f"c{each}", name=f"Role {each}", status="active") for each in range(ROLES)
    )
    outcomes = Outcome.objects.bulk_create(
        Outcome(role=role, slug="o", name="Faster", measure="days", direction="lower")
        for role in roles
    )
    skills = Skill.objects.bulk_create(
        Skill(slug=f"c{each}", name=f"Skill {each}", on_their_own="It works.")
        for each in range(ROLES * STEPS)
    )
    paths = Path.objects.bulk_create(
        Path(role=role, slug=role.slug, name=f"Path {role.name}", status="published")
        for role in roles
    )
    steps = Step.objects.bulk_create(
        Step(
            path=path,
            slug=f"s{each}",
            position=each,
            title=f"Do {each} at {path}",
            kind="read",
            quick_win=not each,
        )
        for path in paths
        for each in range(STEPS)
    )
    work = Work(roles, outcomes, skills, paths, steps)
    _need(work)
    _hold(company, work, now)
    _observe(company, work, now)
    _calibrate(company, work, now)
    return work


def role_of(each: int) -> int:
    """The place of the role that this person has."""
    return 0 if each % 2 else each % ROLES


def _need(work: Work) -> None:
    RoleSkill.objects.bulk_create(
        RoleSkill(role=role, skill=skill, outcome=work.outcomes[place])
        for place, role in enumerate(work.roles)
        for skill in work.skills_of(place)
    )
    StepSkill.objects.bulk_create(
        StepSkill(step=step, skill=skill, raises_to=2)
        for step, skill in zip(work.steps, work.skills, strict=True)
    )
    TitleRule.objects.bulk_create(
        TitleRule(role=role, text=f"Title of {role.name}") for role in work.roles
    )


def _hold(company: Crowd, work: Work, now: datetime) -> None:
    RoleHolding.objects.bulk_create(
        RoleHolding(
            person=person,
            role=work.roles[role_of(each)],
            starts_on=(now - timedelta(days=each % 900)).date(),
            source="rule" if each % 3 else "hand",
        )
        for each, person in enumerate(company.people)
    )


def _observe(company: Crowd, work: Work, now: datetime) -> None:
    Observation.objects.bulk_create(
        Observation(
            person=person,
            skill=skill,
            level=each % 4,
            source=Source.SELF if each % 4 == 1 else Source.MANAGER,
            observer_id=company.managers[each // 10].pk,
            observed_on=(now - timedelta(days=each % 400)).date(),
        )
        for each, person in enumerate(company.people)
        for skill in work.skills_of(role_of(each))[:2]
    )


def _calibrate(company: Crowd, work: Work, now: datetime) -> None:
    """Every role once, and that of the first path once more, which is still open."""
    closed = [
        Calibration(role=role, state="closed", opened_at=now, ended_at=now) for role in work.roles
    ]
    running = Calibration(role=work.roles[0], opened_at=now, opened_by=company.first)
    sessions = Calibration.objects.bulk_create([*closed, running])
    CalibrationManager.objects.bulk_create(
        CalibrationManager(calibration=session, manager=manager, place=place)
        for session in sessions
        for place, manager in enumerate(company.managers[100:120])
    )
    held = CalibrationSkill.objects.bulk_create(
        CalibrationSkill(calibration=session, skill=skill, place=at, required_level=2)
        for place, session in enumerate(sessions)
        for at, skill in enumerate(work.skills_of(place % ROLES))
    )
    CalibratedLevel.objects.bulk_create(
        CalibratedLevel(
            calibration=sessions[role_of(each)],
            person=person,
            skill_id=held[role_of(each) * STEPS].skill_id,
            held_as=held[role_of(each) * STEPS],
            level=each % 4,
            seen_on=now.date(),
        )
        for each, person in enumerate(company.people)
    )
