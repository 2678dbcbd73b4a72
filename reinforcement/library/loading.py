from pathlib import Path as File
from typing import Any

import yaml
from django.db import transaction

from learning.models import Outcome, Role, Skill
from reinforcement.models import Choice, Prompt, Question

FOLDER = File(__file__).parent


def load_general() -> None:
    """Prompts that fit any role. Twice is once."""
    for entry in _read("general").get("prompts", []):
        _prompt(entry, None)


@transaction.atomic
def load_talk(slug: str) -> None:
    """Prompts and questions of a role that the company has loaded already. Twice is once."""
    content = _read(slug)
    role = Role.objects.get(slug=slug)
    for entry in content["prompts"]:
        _prompt(entry, role)
    for entry in content["questions"]:
        _question(entry)


def _read(name: str) -> dict[str, Any]:
    content: dict[str, Any] = yaml.safe_load((FOLDER / f"{name}.yaml").read_text("utf-8"))
    return content


def _prompt(entry: dict[str, Any], role: Role | None) -> None:
    tie: dict[str, Skill | Outcome | Role] = {}
    if "skill" in entry:
        tie["skill"] = Skill.objects.get(slug=entry["skill"])
    elif "outcome" in entry:
        tie["outcome"] = Outcome.objects.get(role=role, slug=entry["outcome"])
    elif "role" in entry:
        tie["role"] = Role.objects.get(slug=entry["role"])
    Prompt.objects.get_or_create(text=entry["text"], defaults={"moment": entry["moment"], **tie})


def _question(entry: dict[str, Any]) -> None:
    question, created = Question.objects.get_or_create(
        slug=entry["slug"],
        defaults={"text": entry["text"], "skill": Skill.objects.get(slug=entry["skill"])},
    )
    if created:
        Choice.objects.bulk_create(
            Choice(question=question, position=position, **choice)
            for position, choice in enumerate(entry["choices"])
        )
