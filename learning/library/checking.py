"""What is wrong with a role's file, each said with the key where it is."""

from collections.abc import Collection, Iterable, Iterator
from typing import Any, cast

from django.core.exceptions import ValidationError
from django.db.models import Model

from learning.library.entries import PathEntry, RoleFile, StepEntry
from learning.library.rows import outcome_row, path_row, role_row, skill_row, step_row
from learning.library.shapes import shape_problems
from learning.models import Level, TitleRule
from learning.prerequisites import loop_in
from learning.titles import words_of

SCALE = range(Level.WITH_HELP, Level.COACHES_OTHERS + 1)  # nobody needs "not seen yet"


class LibraryError(ValueError):
    """A file of the library that cannot be loaded. `problems` names the keys at fault."""

    def __init__(self, file: str, problems: list[str]) -> None:
        self.file, self.problems = file, problems
        super().__init__("\n".join(f"{file}: {problem}" for problem in problems))


def role_problems(content: object, slug: str) -> Iterator[str]:
    """Why this cannot be loaded as the role `slug`: its shape first, and once that holds, what
    is in it. None where it can."""
    if problems := list(shape_problems(content, RoleFile)):
        yield from problems
        return
    file = cast(RoleFile, content)
    if file["role"]["slug"] != slug:
        yield f"role.slug is {file['role']['slug']!r}, but the file is called {slug}.yaml."
    yield from field_problems(role_row(file["role"]), "role")
    yield from twice([words_of(title) for title in file["role"]["titles"]], "role.titles")
    for title in file["role"]["titles"]:
        yield from field_problems(TitleRule(text=title), "role.titles")
    outcomes = [entry["slug"] for entry in file["outcomes"]]
    skills = [entry["slug"] for entry in file["skills"]]
    yield from twice(outcomes, "outcomes")
    yield from twice(skills, "skills")
    for outcome in file["outcomes"]:
        yield from field_problems(outcome_row(outcome), f"outcomes[{outcome['slug']}]")
    for skill in file["skills"]:
        at = f"skills[{skill['slug']}]"
        yield from unknown([skill["outcome"]], outcomes, f"{at}.outcome", "outcome")
        yield from _off_the_scale(skill["required"], f"{at}.required")
        if len(skill["levels"]) == len(Level) and all(skill["levels"]):
            yield from field_problems(skill_row(skill), at)
        else:
            yield f"{at}.levels should be {len(Level)} texts, from level 0 to 3."
    yield from _path_problems(file["path"], skills)
    for place, framing in enumerate(file["framing"]):
        yield from unknown([framing["outcome"]], outcomes, f"framing[{place}].outcome", "outcome")


def _path_problems(path: PathEntry, skills: Collection[str]) -> Iterator[str]:
    steps = path["steps"]
    slugs = [step["slug"] for step in steps]
    yield from field_problems(path_row(path), "path")
    yield from twice(slugs, "path.steps")
    if not steps:
        yield "path.steps is empty."
    for position, step in enumerate(steps):
        at = f"path.steps[{step['slug']}]"
        yield from field_problems(step_row(step, position), at)
        yield from unknown(step["raises"], skills, f"{at}.raises", "skill")
        yield from unknown(step.get("requires", []), slugs, f"{at}.requires", "step")
        for skill, level in step["raises"].items():
            yield from _off_the_scale(level, f"{at}.raises.{skill}")
    yield from _loop(steps)


def _loop(steps: Iterable[StepEntry]) -> Iterator[str]:
    if loop := loop_in({step["slug"]: step.get("requires", []) for step in steps}):
        yield f"path.steps wait for each other: {' needs '.join(loop)}."


def field_problems(row: Model, at: str) -> Iterator[str]:
    """What the model of an unstored row says against its values."""
    tied = {field.name for field in row._meta.fields if field.is_relation}
    try:
        row.clean_fields(exclude=tied)
        row.clean()
    except ValidationError as error:
        for field, messages in error.message_dict.items():
            yield from (f"{at}.{field}: {message}" for message in messages)


def unknown(named: Iterable[str], known: Collection[str], at: str, kind: str) -> Iterator[str]:
    """The names that no entry has."""
    for slug in named:
        if slug not in known:
            yield f"{at} names the {kind} {slug!r}, which the file does not have."


def twice(names: list[Any], at: str) -> Iterator[str]:
    """The names that more than one entry has."""
    for name in sorted({name for name in names if names.count(name) > 1}):
        yield f"{at} has {name!r} twice."


def _off_the_scale(level: int, at: str) -> Iterator[str]:
    if level not in SCALE:
        words = ", ".join(f"{Level(each).value} ({Level(each).label})" for each in SCALE)
        yield f"{at} is {level}, which is off the scale: {words}."
