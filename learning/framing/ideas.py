"""Words for a framing that somebody has said already: about the same outcome, or on the same path.

Other apps add theirs: one that hears what stands in the way has a module `framing_ideas` with a
function `ideas`. Found by its name, so that imports go on leading down.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from learning.framing.framings import LONGEST, QUESTIONS
from learning.models import Assignment, Outcome, Path
from tenants.companies.app_modules import app_modules
from tenants.people.models import Person

MODULE: Final = "framing_ideas"
MOST: Final = 4
"""Ideas per part and outcome: more is not chosen from."""

LATEST: Final = 500
"""Assignments of the path that are looked through for what was said before."""


@dataclass(frozen=True)
class Idea:
    part: str
    """claim, because or sign"""

    text: str
    origin: str
    """Whose words they are, or where they were used."""

    outcome: int | None
    """Of which outcome (id) it speaks; None: of any."""


def ideas_for(path: Path, outcomes: Iterable[Outcome], reader: Person) -> list[Idea]:
    """For each part the nearest first: what the outcome's name says, what stands in the way, then
    what was said on this path.

    One query, and what the other apps ask. `reader` sees only what they may see elsewhere.
    """
    own = [_as_claim(outcome) for outcome in outcomes]
    sources = app_modules(MODULE)
    heard = [idea for source in sources for idea in source.ideas(path.role_id, reader=reader)]
    return list(_few([*own, *heard, *_used_before(path)]))


def _as_claim(outcome: Outcome) -> Idea:
    name = outcome.name
    return Idea("claim", f"{name[:1].lower()}{name[1:]}", "the outcome’s own words", outcome.pk)


def _used_before(path: Path) -> Iterator[Idea]:
    given = Assignment.objects.filter(path=path, rule=None).order_by("-assigned_at", "-pk")
    for *words, outcome in given.values_list(*QUESTIONS, "outcome_id")[:LATEST]:
        for part, text in zip(QUESTIONS, words, strict=True):
            yield Idea(part, text, "used on this path before", outcome)


def _few(ideas: Iterable[Idea]) -> Iterator[Idea]:
    """Each text once, and no more of a kind than are chosen from."""
    seen: set[tuple[str, str]] = set()
    count: dict[tuple[str, int | None], int] = {}
    for idea in ideas:
        key, kind = (idea.part, idea.text.casefold()), (idea.part, idea.outcome)
        if key in seen or len(idea.text) > LONGEST[idea.part] or count.get(kind, 0) >= MOST:
            continue
        seen.add(key)
        count[kind] = count.get(kind, 0) + 1
        yield idea
