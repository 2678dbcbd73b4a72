"""What a file is called: as its owner named it, as far as that does no harm."""

import re
import unicodedata
from pathlib import PurePosixPath

from learning.models import StepFile

NAME_LIMIT = StepFile._meta.get_field("name").max_length or 0  # characters
ENDING_LIMIT = 10  # characters of an ending, its dot included
HARMFUL = {"Cc", "Cs", "Co", "Cn", "Zl", "Zp"}  # nothing to read in them
TURNING = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Turn the direction of what follows: ``photo\u202egpj.exe`` reads as ``photoexe.jpg``."""


def cleaned(name: str | None) -> str:
    """The name without folders and invisible characters, at most `NAME_LIMIT` long, its ending
    kept."""
    composed = unicodedata.normalize("NFC", (name or "").encode("utf-8", "ignore").decode())
    last = re.split(r"[/\\]", composed)[-1]
    seen = "".join(
        character
        for character in last
        if unicodedata.category(character) not in HARMFUL and character not in TURNING
    )
    path = PurePosixPath(" ".join(seen.split()).strip(". ") or "file")
    suffix = path.suffix if len(path.suffix) <= ENDING_LIMIT else ""
    stem = path.name.removesuffix(suffix)
    return stem[: NAME_LIMIT - len(suffix)].rstrip(". ") + suffix


def ending(name: str) -> str:
    """What stands after the last dot, in small letters; empty where there is none."""
    return PurePosixPath(name).suffix[1:].lower()
