"""Names in the letters an e-mail address can have."""

from __future__ import annotations

import unicodedata

_LETTERS = str.maketrans(
    {
        "ä": "ae",
        "ö": "oe",
        "ü": "ue",
        "ß": "ss",
        "ø": "oe",
        "æ": "ae",
        "ł": "l",
        "đ": "d",
        "ı": "i",
    }
)


def mailbox(given: str, family: str) -> str:
    """Return the part before the @: lower case, ASCII, `given.family`."""
    return f"{_ascii(given)}.{_ascii(family)}"


def _ascii(name: str) -> str:
    spelled = name.lower().translate(_LETTERS)
    plain = unicodedata.normalize("NFKD", spelled).encode("ascii", "ignore").decode()
    return "".join(letter for letter in plain if letter.isalpha() or letter == "-")
