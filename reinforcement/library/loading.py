"""Puts roles of the library into the company that is set, with what to say about them."""

from collections.abc import Collection

from django.db import transaction

from learning.library import EVERYTHING, Loaded, Part, load_parts
from reinforcement.library.entries import PromptEntry, QuestionEntry
from reinforcement.library.files import read_general, read_talk
from reinforcement.library.finding import find_prompts, find_talk
from reinforcement.models import Choice, Prompt, Question
from tenants.people.auditing import record_event


@transaction.atomic
def start_from_library(
    slug: str, parts: Collection[Part] = EVERYTHING, *, publish: bool = True
) -> Loaded:
    """`load_parts`, and prompts and questions too. At most 32 queries."""
    loaded = load_parts(slug, parts, publish=publish)
    loaded = _load_talk(loaded, slug) if Part.TALK in parts else loaded
    if loaded.new:
        told = f"Took “{loaded.role}” from the library: {loaded.sentence}"
        record_event(action="bulk", about=loaded.role, words=told.rstrip("."))
    return loaded


def load_talk(slug: str) -> Loaded:
    """Prompts and questions of a role, with what of the role is not here yet. Twice is once."""
    return start_from_library(slug, {Part.ROLE, Part.TALK})


def load_general() -> int:
    """Prompts that fit any role. Returns how many are new; twice is once."""
    entries = read_general()["prompts"]
    there = find_prompts(entries)
    new = [
        Prompt(text=entry["text"], moment=entry["moment"])
        for entry in entries
        if entry["text"] not in there
    ]
    Prompt.objects.bulk_create(new, ignore_conflicts=True)  # somebody loads them at this moment
    return len(new)


def _load_talk(loaded: Loaded, slug: str) -> Loaded:
    """The role, with all there is to say about it, and what can be said about any."""
    file = read_talk(slug)
    (here,) = find_talk([file])
    general = load_general()
    prompts = Prompt.objects.bulk_create(
        _prompt(entry, loaded) for entry in file["prompts"] if entry["text"] not in here.prompts
    )
    questions = [entry for entry in file["questions"] if entry["slug"] not in here.questions]
    _load_questions(questions, loaded)
    there = len(here.prompts) + len(read_general()["prompts"]) - general
    return loaded.counting(Prompt, new=len(prompts) + general, there=there).counting(
        Question, new=len(questions), there=len(here.questions)
    )


def _prompt(entry: PromptEntry, loaded: Loaded) -> Prompt:
    return Prompt(
        text=entry["text"],
        moment=entry["moment"],
        skill=loaded.skills[entry["skill"]] if "skill" in entry else None,
        outcome=loaded.outcomes[entry["outcome"]] if "outcome" in entry else None,
        role=loaded.role if "role" in entry else None,
    )


def _load_questions(entries: list[QuestionEntry], loaded: Loaded) -> None:
    questions = Question.objects.bulk_create(
        Question(slug=entry["slug"], text=entry["text"], skill=loaded.skills[entry["skill"]])
        for entry in entries
    )
    Choice.objects.bulk_create(
        Choice(question=question, position=position, **choice)
        for question, entry in zip(questions, entries, strict=True)
        for position, choice in enumerate(entry["choices"])
    )
