"""Where a prompt or a question is used, for its page."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import QuerySet

from learning.models import Path
from learning.reports.small_groups import Split
from reinforcement.models import Prompt
from reinforcement.reports.talk_usage import LATELY, answering, spread_of

WEEKS: Final = LATELY.days // 7
HELD: Final = (
    "Briefs hold it, so it stays: a change of its words shows in this week’s briefs, too. "
    "To hear it no more, switch “Active” off."
)
TOO_FEW: Final = "How the answers spread is shown once they are about five people or more."


@dataclass(frozen=True)
class Fact:
    """How often something was done with it, and what is to be known beside."""

    label: str
    words: str
    beside: str = ""


@dataclass(frozen=True)
class Part:
    """An answer, how often it was given, and of how many."""

    label: str
    given: int
    of: int


@dataclass(frozen=True)
class Use:
    """What its page says of it."""

    facts: Sequence[Fact]
    fits: "QuerySet[Path]"
    parts: Sequence[Part] = ()
    note: str = ""


def use_of_prompt(prompt: Any) -> Use:
    """Of one that `with_use` read."""
    facts = [
        Fact("In briefs", _times(prompt.in_briefs), _lately(prompt) if prompt.in_briefs else ""),
        Fact(
            "Swapped away",
            _times(prompt.swapped),
            "a manager asked for another one" if prompt.swapped else "",
        ),
    ]
    return Use(facts, where_prompt_fits(prompt), note=HELD if prompt.in_briefs else "")


def use_of_question(question: Any) -> Use:
    """Of one that `with_answers` read."""
    facts = [Fact("Asked", _times(question.asked), _lately(question) if question.asked else "")]
    parts = parts_of(spread_of(question))
    if question.asked:
        answers = answering(question)
        facts.append(
            Fact("Answered", "hidden", "about fewer than five people")
            if answers.hidden
            else Fact("Answered", _number(answers.met or 0))
        )
    note = TOO_FEW if question.asked and not parts else ""
    return Use(facts, paths_that_raise(question.skill_id), parts, note)


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


def _times(number: int) -> str:
    return _number(number) if number else "never yet"


def _number(number: int) -> str:
    return "1 time" if number == 1 else f"{number} times"


def _lately(used: Any) -> str:
    return f"{used.lately} in the last {WEEKS} weeks"
