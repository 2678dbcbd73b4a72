"""What a file of prompts and questions holds. Skills and outcomes are named by their slugs."""

from typing import NotRequired, TypedDict


class PromptEntry(TypedDict):
    """Tied to a skill, an outcome or the role; to none where it fits any role."""

    moment: str
    text: str
    skill: NotRequired[str]
    outcome: NotRequired[str]
    role: NotRequired[str]


class ChoiceEntry(TypedDict):
    value: str
    label: str
    level: int | None


class QuestionEntry(TypedDict):
    slug: str
    skill: str
    text: str
    choices: list[ChoiceEntry]


class TalkFile(TypedDict):
    """What managers say and are asked about a role."""

    prompts: list[PromptEntry]
    questions: list[QuestionEntry]


class GeneralFile(TypedDict):
    """What they can say whatever the role."""

    prompts: list[PromptEntry]
