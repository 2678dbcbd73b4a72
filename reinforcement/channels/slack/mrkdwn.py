"""Other people's words in Slack's markup (https://docs.slack.dev/messaging/formatting-message-text).

Only ``&``, ``<`` and ``>`` can be escaped there; with ``verbatim`` nothing else makes a link or a
mention. All is cut to lengths that hold after escaping, as Slack counts them.
"""

from collections.abc import Sequence
from itertools import accumulate
from typing import Final

from slack_sdk.models.blocks import MarkdownTextObject, PlainTextObject

BUTTON: Final = 75  # characters on a button, Slack's limit
ESCAPES = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
CUT = "…"


def markup(text: str) -> MarkdownTextObject:
    """`text` is escaped already, as far as it has to be."""
    return MarkdownTextObject(text=text, verbatim=True)


def words(text: str, longest: int) -> PlainTextObject:
    return PlainTextObject(text=plain(text, longest), emoji=False)


def plain(text: str, longest: int) -> str:
    """One line for a ``plain_text`` object, where no markup is read; never empty."""
    return _cut(_one_line(text), longest) or CUT


def escaped(text: str, longest: int) -> str:
    """One line for a ``mrkdwn`` object."""
    return _cut([ESCAPES.get(character, character) for character in _one_line(text)], longest)


def bold(text: str, longest: int) -> str:
    """An asterisk would end it, and cannot be escaped: it is left out."""
    inner = escaped(text.replace("*", " "), longest - 2)
    return f"*{inner}*" if inner else ""


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _cut(pieces: Sequence[str], longest: int) -> str:
    """Never in the middle of an escape."""
    ends = list(accumulate(map(len, pieces)))
    if not ends or ends[-1] <= longest:
        return "".join(pieces)
    room = longest - len(CUT)
    return "".join(piece for piece, end in zip(pieces, ends, strict=True) if end <= room) + CUT
