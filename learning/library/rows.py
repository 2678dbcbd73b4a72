"""Entries of a file as rows, not stored yet. What a row may hold, its model says."""

from decimal import Decimal

from learning.library.entries import OutcomeEntry, PathEntry, RoleEntry, SkillEntry, StepEntry
from learning.models import Outcome, Path, Role, Skill, Step


def role_row(entry: RoleEntry) -> Role:
    return Role(slug=entry["slug"], name=entry["name"], summary=entry["summary"])


def outcome_row(entry: OutcomeEntry) -> Outcome:
    return Outcome(
        slug=entry["slug"],
        name=entry["name"],
        measure=entry["measure"],
        unit=entry["unit"],
        direction=entry["direction"],
        baseline=_decimal(entry["baseline"]),
        target=_decimal(entry["target"]),
    )


def skill_row(entry: SkillEntry) -> Skill:
    not_seen, with_help, on_their_own, coaches_others = entry["levels"]
    return Skill(
        slug=entry["slug"],
        name=entry["name"],
        not_seen=not_seen,
        with_help=with_help,
        on_their_own=on_their_own,
        coaches_others=coaches_others,
    )


def path_row(entry: PathEntry) -> Path:
    return Path(slug=entry["slug"], name=entry["name"], summary=entry["summary"])


def step_row(entry: StepEntry, position: int) -> Step:
    return Step(
        position=position,
        slug=entry["slug"],
        title=entry["title"],
        kind=entry["kind"],
        effort=entry["effort"],
        keep=entry["keep"],
        quick_win=entry["quick_win"],
        body=entry["body"],
        location=entry.get("location", ""),
    )


def _decimal(number: float | None) -> Decimal | None:
    return None if number is None else Decimal(str(number))
