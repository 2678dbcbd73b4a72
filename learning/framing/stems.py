"""Words without their endings, so that "promoted" and "promotion" are one."""

import re
from typing import Final

WORD: Final = re.compile(r"[^\W\d_]{2,}")
ENDING: Final = re.compile(r"(?<=\w{3})(?:ions?|ings?|ed|ance|ant|es|s|e)$")


def stems(*texts: str) -> frozenset[str]:
    return frozenset(ENDING.sub("", word) for text in texts for word in WORD.findall(text.lower()))
