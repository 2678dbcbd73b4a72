"""Which prompts and questions of the library a company has already."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q

from reinforcement.library.entries import PromptEntry, QuestionEntry, TalkFile
from reinforcement.models import Prompt, Question


@dataclass(frozen=True, slots=True)
class TalkHere:
    """Prompts by their text, questions by the slug that the library has for them."""

    prompts: frozenset[str]
    questions: frozenset[str]


def find_talk(files: Sequence[TalkFile]) -> list[TalkHere]:
    """What there is of each file, in their order. Two queries, however many."""
    prompts = find_prompts([entry for file in files for entry in file["prompts"]])
    questions = _questions([entry for file in files for entry in file["questions"]])
    return [
        TalkHere(
            prompts=prompts & {entry["text"] for entry in file["prompts"]},
            questions=questions & {entry["slug"] for entry in file["questions"]},
        )
        for file in files
    ]


def find_prompts(entries: Sequence[PromptEntry]) -> frozenset[str]:
    """The texts of those that are here, in use or not. One query."""
    texts = Prompt.objects.filter(text__in=[entry["text"] for entry in entries])
    return frozenset(texts.values_list("text", flat=True))


def _questions(entries: Sequence[QuestionEntry]) -> frozenset[str]:
    """By slug, so that one that was reworded is found; else by its text."""
    slugs = [entry["slug"] for entry in entries]
    texts = [entry["text"] for entry in entries]
    rows = list(
        Question.objects.filter(Q(slug__in=slugs) | Q(text__in=texts)).values_list("slug", "text")
    )
    by_slug, by_text = {slug for slug, _ in rows}, {text for _, text in rows}
    return frozenset(
        entry["slug"] for entry in entries if entry["slug"] in by_slug or entry["text"] in by_text
    )
