"""The notation of the tables, ``tables/*.yaml``.

A phrase is a regular expression in small letters, matched at whole words, with four changes that
keep it readable: round brackets only group; ``<yours>`` stands for a list of ``lists.yaml``; ``…``
is up to five words; and _words_ set in underscores are what makes it language of that kind. Where
an outcome of the role itself uses those words, they are the work and no concern.
"""

import re
from functools import cache
from pathlib import Path
from typing import Any, Final

import yaml

FOLDER: Final = Path(__file__).parent / "tables"
LISTED: Final = re.compile(r"<([a-z ]+)>")
GROUP: Final = re.compile(r"(?<!\\)\((?!\?)")
SET_IN: Final = re.compile(r"(?<!\w)_(.+?)_(?!\w)")


@cache
def table(name: str) -> dict[str, Any]:
    content: dict[str, Any] = yaml.safe_load((FOLDER / f"{name}.yaml").read_text("utf-8"))
    return content


def compiled(*phrases: str) -> re.Pattern[str]:
    """Any of the phrases."""
    return re.compile(rf"(?<![\w-])(?:{'|'.join(map(_pattern, phrases))})(?!\w)")


def _pattern(phrase: str) -> str:
    phrase = LISTED.sub(lambda name: f"({table('lists')[name[1]]})", phrase)
    phrase = GROUP.sub("(?:", phrase).replace("…", "(?:[^ ,;.]+ ){0,5}")
    return SET_IN.sub(r"(\1)", phrase)
