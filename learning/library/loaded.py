"""What a company takes from the library, and what came of it."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Self

from django.db.models import Model

from learning.models import Outcome, Path, Role, Skill

Counts = Mapping[type[Model], int]
"""How many rows of each kind."""


class Part(StrEnum):
    """What can be taken of a role. The others hang on the first, which comes in any case."""

    ROLE = "role"
    """The role with its outcomes and skills."""
    PATH = "path"
    TITLES = "titles"
    """Rules that give the role to whoever has such a job title."""
    TALK = "talk"
    """Prompts and questions for managers; `reinforcement.library` loads them."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """The company's rows, by the slugs that the library has for them, and what had to be made.

    `there` counts what the company had; `notes` say what was left as it was, and why.
    """

    role: Role
    outcomes: Mapping[str, Outcome]
    skills: Mapping[str, Skill]
    path: Path | None = None
    new: Counts = field(default_factory=Counter)
    there: Counts = field(default_factory=Counter)
    notes: tuple[str, ...] = ()

    def counting(self, kind: type[Model], *, new: int = 0, there: int = 0) -> Self:
        """The same with so many more rows of a kind."""
        return replace(
            self,
            new=Counter(self.new) + Counter({kind: new}),
            there=Counter(self.there) + Counter({kind: there}),
        )

    @property
    def sentence(self) -> str:
        """``New: 1 path, 14 steps. Here already: 1 role, 3 outcomes, 6 skills.``"""
        new, there = told(self.new), told(self.there)
        if not new:
            return f"Everything was here already: {there}."
        return f"New: {new}. Here already: {there}." if there else f"New: {new}."

    def having(self, path: Path) -> Self:
        return replace(self, path=path)

    def noting(self, *notes: str) -> Self:
        return replace(self, notes=(*self.notes, *notes))


def told(counts: Counts) -> str:
    """``3 outcomes, 6 skills, 1 path``; empty where there is nothing."""
    return ", ".join(
        f"{count} {kind._meta.verbose_name if count == 1 else kind._meta.verbose_name_plural}"
        for kind, count in counts.items()
        if count
    )
