"""What is wrong with a file of prompts and questions, each said with the key where it is."""

from collections.abc import Iterator, Sequence
from typing import cast

from learning.library import RoleFile
from learning.library.checking import field_problems, twice, unknown
from learning.library.shapes import shape_problems
from reinforcement.library.entries import GeneralFile, PromptEntry, QuestionEntry, TalkFile
from reinforcement.models import Choice, Prompt, Question

ANSWERS = range(2, 5)
TIES = ("skill", "outcome", "role")


def general_problems(content: object) -> Iterator[str]:
    """Why this cannot be loaded as prompts that fit any role; none where it can."""
    if problems := list(shape_problems(content, GeneralFile)):
        yield from problems
        return
    prompts = cast(GeneralFile, content)["prompts"]
    yield from _prompt_problems(prompts)
    for place, entry in enumerate(prompts):
        if any(tie in entry for tie in TIES):
            yield f"prompts[{place}] is tied to one thing: it belongs in the file of its role."


def talk_problems(content: object, role: RoleFile) -> Iterator[str]:
    """Why this cannot be loaded as what there is to say about `role`; none where it can."""
    if problems := list(shape_problems(content, TalkFile)):
        yield from problems
        return
    talk = cast(TalkFile, content)
    skills = [entry["slug"] for entry in role["skills"]]
    known = {
        "skill": skills,
        "outcome": [entry["slug"] for entry in role["outcomes"]],
        "role": [role["role"]["slug"]],
    }
    yield from _prompt_problems(talk["prompts"])
    for place, entry in enumerate(talk["prompts"]):
        ties = {tie: str(entry[tie]) for tie in TIES if tie in entry}  # type: ignore[literal-required]
        if len(ties) != 1:
            yield f"prompts[{place}] should name a skill, an outcome or the role: one of them."
        for tie, slug in ties.items():
            yield from unknown([slug], known[tie], f"prompts[{place}].{tie}", tie)
    yield from twice([entry["slug"] for entry in talk["questions"]], "questions")
    yield from twice([entry["text"] for entry in talk["questions"]], "questions")
    for question in talk["questions"]:
        yield from unknown(
            [question["skill"]], skills, f"questions[{question['slug']}].skill", "skill"
        )
        yield from _question_problems(question)


def _prompt_problems(prompts: Sequence[PromptEntry]) -> Iterator[str]:
    yield from twice([entry["text"] for entry in prompts], "prompts")
    for place, entry in enumerate(prompts):
        row = Prompt(text=entry["text"], moment=entry["moment"])
        yield from field_problems(row, f"prompts[{place}]")


def _question_problems(entry: QuestionEntry) -> Iterator[str]:
    at = f"questions[{entry['slug']}]"
    yield from field_problems(Question(slug=entry["slug"], text=entry["text"]), at)
    yield from twice([choice["value"] for choice in entry["choices"]], f"{at}.choices")
    if len(entry["choices"]) not in ANSWERS:
        yield f"{at}.choices should be {ANSWERS[0]} to {ANSWERS[-1]}, not {len(entry['choices'])}."
    for place, choice in enumerate(entry["choices"]):
        yield from field_problems(Choice(position=place, **choice), f"{at}.choices[{place}]")
