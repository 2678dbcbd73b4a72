"""What a role's file holds. Slugs are what entries name each other by, inside the file."""

from typing import NotRequired, TypedDict


class RoleEntry(TypedDict):
    slug: str
    name: str
    summary: str
    titles: list[str]
    """Words that a job title contains whose holder has the role."""


class OutcomeEntry(TypedDict):
    slug: str
    name: str
    measure: str
    unit: str
    direction: str
    baseline: int | float | None
    target: int | float | None


class SkillEntry(TypedDict):
    slug: str
    name: str
    outcome: str
    required: int
    levels: list[str]
    """What it looks like from level 0 to 3."""


class StepEntry(TypedDict):
    slug: str
    title: str
    kind: str
    effort: str
    keep: str
    quick_win: bool
    raises: dict[str, int]
    """Skill → level."""
    body: str
    location: NotRequired[str]
    requires: NotRequired[list[str]]


class PathEntry(TypedDict):
    slug: str
    name: str
    summary: str
    steps: list[StepEntry]


class FramingEntry(TypedDict):
    outcome: str
    claim: str
    because: str
    sign: str


class RoleFile(TypedDict):
    role: RoleEntry
    outcomes: list[OutcomeEntry]
    skills: list[SkillEntry]
    path: PathEntry
    framing: list[FramingEntry]
