"""Texts have no signature: what is valid UTF-8 without control characters is one."""

import codecs
import re
from typing import IO

from learning.files.refusals import PROGRAM, SVG, WEB_PAGE

CHUNK = 64 * 2**10  # bytes
CONTROL = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f]")
BEFORE = re.compile(r"\ufeff?(?:\s+|<!--.*?-->|<\?xml.*?\?>|<!doctype\s+svg[^>]*>)*", re.S | re.I)
MARKUP = (
    (re.compile(r"<svg\b", re.I), SVG),
    (re.compile(r"<(?:!doctype\s+html|html|head|body|script|iframe)\b", re.I), WEB_PAGE),
    (re.compile(r"#! ?/"), PROGRAM),
)


def is_text(content: IO[bytes]) -> bool:
    """Read to the end, 64 KB at a time."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    content.seek(0)
    try:
        while chunk := content.read(CHUNK):
            if CONTROL.search(decoder.decode(chunk)):
                return False
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def never_taken(head: bytes) -> str | None:
    """What to tell about a text that something would run, or show with what it carries."""
    text = head.decode("utf-8", "ignore")
    before = BEFORE.match(text)
    start = before.end() if before else 0
    return next((told for markup, told in MARKUP if markup.match(text, start)), None)
