"""From bytes to text. The tables are published in ASCII; programs save them again in others."""

import codecs
import re

from learning.onet.files import File
from learning.onet.refusals import TABLE_LIMIT, unusable, wrong
from tenants.people.exports.charsets import example
from tenants.people.exports.formats import MARKUP, OLE2, PICTURES_AND_ARCHIVES

WIDE = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f]")


def decode(file: File) -> tuple[str, list[str]]:
    """The text, and a sentence where its encoding was guessed.

    UTF-8 with or without byte-order mark and UTF-16 with one are certain. All else is taken for
    Windows-1252 where it has no control characters. Raises `OnetError`.
    """
    _refuse_what_is_no_text(file)
    wide = file.content.startswith(WIDE)
    try:
        text, notes = file.content.decode("utf-16" if wide else "utf-8-sig"), list[str]()
    except UnicodeDecodeError as error:
        if wide:
            raise unusable(file, "is damaged or cut off.") from error
        text, notes = _decode_windows(file, error)
    if found := CONTROL.search(text):
        line = text.count("\n", 0, found.start()) + 1
        raise wrong(file, line, "there are characters that no text has.")
    return text, notes


def _decode_windows(file: File, refused: UnicodeDecodeError) -> tuple[str, list[str]]:
    line = file.content.count(b"\n", 0, refused.start) + 1
    try:
        text = file.content.decode("cp1252")
    except UnicodeDecodeError as error:
        raise wrong(file, line, "this is neither UTF-8 nor Windows-1252.") from error
    note = f"{file.name} is not UTF-8 (line {line}); it was read as Windows-1252"
    return text, [f"{note}, so that it says “{example(text)}”."]


def _refuse_what_is_no_text(file: File) -> None:
    content = file.content
    if len(content) > TABLE_LIMIT:
        raise unusable(file, f"is larger than {TABLE_LIMIT // 2**20} MB.")
    if not content.strip(b"\xef\xbb\xbf\xff\xfe \t\r\n\0"):
        raise unusable(file, "is empty.")
    if MARKUP.match(content):
        raise unusable(file, "is a web page or XML, whatever its name ends in.")
    if content.startswith((OLE2, *PICTURES_AND_ARCHIVES, b"%PDF")):
        raise unusable(file, "is not a text file.")
