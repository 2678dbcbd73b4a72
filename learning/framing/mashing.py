"""Telling words from what a hand makes that rolls over the keyboard."""

import re
from collections.abc import Sequence
from typing import Final

ROWS: Final = tuple(
    keys[::way]
    for keys in ("qwertyuiop", "qwertzuiop", "azertyuiop", "asdfghjkl", "zxcvbnm", "yxcvbnm")
    for way in (1, -1)
)
REPEATED: Final = re.compile(r"(\w{1,4}?)\1+")  # xxxx, asdasd
NO_WORD: Final = re.compile(r"[bcdfghjklmnpqrstvwxz]{4,}")  # "strengths" has four as well
SHORT: Final = 4  # letters: below, an abbreviation looks the same


def is_mashed(words: Sequence[str]) -> bool:
    """Whether every word (in small letters) is mashed, but for the short ones."""
    long = [word for word in words if len(word) >= SHORT]
    return bool(long) and all(map(_is_mashed, long))


def _is_mashed(word: str) -> bool:
    return (
        any(word[:SHORT] in row for row in ROWS)
        or REPEATED.fullmatch(word) is not None
        or NO_WORD.search(word) is not None
    )
