"""Framings written for the ten roles of the starter library, and what the check should say."""

from pathlib import Path
from typing import Any, Final

import yaml

from learning import library
from learning.models import Outcome

HERE: Final = Path(__file__).parent
ROLES: Final = Path(library.__file__).parent


def passing() -> list[tuple[str, str, str]]:
    """(role, part, sentence)"""
    return _sentences("passes")


def concerning() -> list[tuple[str, str, str, set[str]]]:
    """(role, part, sentence, codes)"""
    return [
        (role, part, sentence, set(codes.split()))
        for role, part, entry in _sentences("concerns")
        for sentence, codes in entry.items()
    ]


def refused() -> list[str]:
    texts: list[str] = _read(HERE / "refusals.yaml")
    return texts


def outcomes_of(role: str) -> list[Outcome]:
    """The role's outcomes, in no database."""
    outcomes = _read(ROLES / f"{role}.yaml")["outcomes"]
    return [Outcome(name=each["name"], measure=each["measure"]) for each in outcomes]


def _sentences(name: str) -> list[tuple[str, str, Any]]:
    return [
        (role, part, sentence)
        for role, parts in _read(HERE / f"{name}.yaml").items()
        for part, sentences in parts.items()
        for sentence in sentences
    ]


def _read(file: Path) -> Any:
    return yaml.safe_load(file.read_text("utf-8"))
