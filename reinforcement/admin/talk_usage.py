"""Where a prompt or a question is used, for its page."""

from dataclasses import dataclass

from django.db.models import QuerySet

from learning.models import Path
from learning.reports.small_groups import Split
from reinforcement.models import Prompt


@dataclass(frozen=True)
class Part:
    """An answer, how often it was given, and of how many."""

    label: str
    given: int
    of: int


def where_prompt_fits(prompt: Prompt) -> "QuerySet[Path]":
    """The published paths on which a brief can take it. One query."""
    if prompt.skill_id:
        return paths_that_raise(prompt.skill_id)
    out = Path.objects.filter(status=Path.Status.PUBLISHED).order_by("name")
    if prompt.outcome:
        return out.filter(role=prompt.outcome.role_id)
    return out.filter(role=prompt.role_id) if prompt.role_id else out


def paths_that_raise(skill: int) -> "QuerySet[Path]":
    """The published paths with a step that raises this skill (an id)."""
    out = Path.objects.filter(status=Path.Status.PUBLISHED, steps__step_skills__skill=skill)
    return out.distinct().order_by("name")


def parts_of(spread: Split) -> list[Part]:
    return [Part(label, given, spread.of or 0) for label, given in (spread.parts or {}).items()]
