"""A calibration that was closed, for tests of what becomes of its levels."""

from datetime import datetime, timedelta

from learning.models import CalibratedLevel, Calibration, CalibrationSkill, Role, Skill
from tenants.people.models import Person

AGREED = "Opens a call with an agenda."


def calibrated(role: Role, *people: Person, level: int = 2, at: datetime) -> Calibration:
    """These people, in the role's first skill, as managers agreed `at` that moment."""
    skill: Skill = role.role_skills.order_by("pk")[0].skill
    session = Calibration.objects.create(role=role, state="closed", opened_at=at, ended_at=at)
    held_as = CalibrationSkill.objects.create(
        calibration=session, skill=skill, place=0, required_level=2, on_their_own=AGREED
    )
    CalibratedLevel.objects.bulk_create(
        CalibratedLevel(
            calibration=session,
            person=person,
            skill=skill,
            held_as=held_as,
            level=level,
            seen_on=at.date() - timedelta(days=1),
        )
        for person in people
    )
    return session
