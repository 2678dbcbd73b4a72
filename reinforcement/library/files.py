"""The files of prompts and questions, read and checked once."""

from functools import cache
from pathlib import Path as File
from typing import cast

from learning.library import LibraryError, read_role
from learning.library.files import read_yaml
from reinforcement.library.checking import general_problems, talk_problems
from reinforcement.library.entries import GeneralFile, TalkFile

FOLDER = File(__file__).parent


@cache
def read_talk(slug: str) -> TalkFile:
    """What there is to say about a role; not to be changed.

    Raises `NoRoleError` for a role the library does not hold, `LibraryError` where a file is wrong.
    """
    role = read_role(slug)
    content = read_yaml(FOLDER / f"{slug}.yaml")
    if problems := list(talk_problems(content, role)):
        raise LibraryError(f"prompts and questions, {slug}.yaml", problems)
    return cast(TalkFile, content)


@cache
def read_general() -> GeneralFile:
    """Prompts that fit any role; not to be changed."""
    content = read_yaml(FOLDER / "general.yaml")
    if problems := list(general_problems(content)):
        raise LibraryError("prompts and questions, general.yaml", problems)
    return cast(GeneralFile, content)
