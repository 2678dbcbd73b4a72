"""The files of the library, read and checked once."""

from functools import cache
from pathlib import Path as File
from typing import Any, cast

import yaml

from learning.library.checking import LibraryError, role_problems
from learning.library.entries import RoleFile

FOLDER = File(__file__).parent
# libyaml reads ten times faster; where it was not built, Python does
Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class NoRoleError(LookupError):
    """The library holds no role by that name."""


def available_roles() -> list[str]:
    """Slugs of the roles that the library holds."""
    return sorted(file.stem for file in FOLDER.glob("*.yaml"))


@cache
def read_role(slug: str) -> RoleFile:
    """What the library holds of a role; not to be changed.

    Raises `NoRoleError` for a role it does not hold, `LibraryError` where its file is wrong.
    """
    if slug not in available_roles():
        raise NoRoleError(f"There is no role {slug!r}. There is: {', '.join(available_roles())}.")
    content = read_yaml(FOLDER / f"{slug}.yaml")
    if problems := list(role_problems(content, slug)):
        raise LibraryError(f"{slug}.yaml", problems)
    return cast(RoleFile, content)


def read_yaml(file: File) -> object:
    """Raises `LibraryError`, with line and column, where it is not YAML."""
    try:
        content: object = yaml.load(file.read_text("utf-8"), Loader)  # noqa: S506  # a safe one
    except yaml.YAMLError as error:
        raise LibraryError(file.name, [" ".join(str(error).split())]) from error
    return content


def example_framings(slug: str) -> list[dict[str, str]]:
    """Framings that suit the role: {outcome, claim, because, sign}, the outcome as its slug."""
    return [cast(dict[str, str], framing.copy()) for framing in read_role(slug)["framing"]]
