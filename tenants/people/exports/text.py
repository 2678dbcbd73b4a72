"""From bytes to lines of cells: a CSV file."""

import codecs
import csv
import io
import re
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from tenants.people.exports import charsets
from tenants.people.exports.headings import recognised
from tenants.people.exports.refusals import (
    CELL_LIMIT,
    COLUMN_LIMIT,
    FILE_LIMIT,
    SAVE_AS,
    ExportError,
    too_long_a_cell,
    too_many_columns,
)

Line = tuple[int, list[str]]
DELIMITERS = ",;\t|"
WIDE = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
EXCEL_SAYS = re.compile(r"sep=([^\w\s\"]|\t)\s*(?:\r\n?|\n)", re.I)
KEPT_AS_TEXT = re.compile(r'\A="([^"]*)"\Z')  # ="00042", so that Excel keeps the zeros
HEAD = 64 * 2**10  # characters in which the delimiter shows
HEAD_LINES = 20
SNIFFED = 2_000  # characters; the sniffer takes time by the square of them


def read_bytes(source: Path | str | bytes) -> bytes:
    """The content of a path, or what was given. Reads no more than `FILE_LIMIT` and a byte."""
    if isinstance(source, bytes):
        content = source
    else:
        try:
            with Path(source).open("rb") as file:
                content = file.read(FILE_LIMIT + 1)
        except OSError as error:
            raise ExportError(f"{source} cannot be read: {error.strerror}.") from error
    if len(content) > FILE_LIMIT:
        raise ExportError(
            f"This file is larger than {FILE_LIMIT // 2**20} MB: export only the columns that are "
            "needed, or split it into several files."
        )
    return content


def decode(content: bytes) -> tuple[str, list[str]]:
    """The text, and a sentence where its encoding was guessed.

    UTF-8 with or without byte-order mark and UTF-16 with one are certain; everything else is
    one of `charsets.NAMES`.
    """
    wide = content.startswith(WIDE)
    try:
        text, notes = content.decode("utf-16" if wide else "utf-8-sig"), list[str]()
    except UnicodeDecodeError as error:
        if wide or _is_mostly_utf_8(content):
            line = content[: error.start].count(b"\n") + 1
            raise ExportError(
                f"This file is damaged text from line {line} on: export it again, or {SAVE_AS}."
            ) from error
        text, notes = _decode_legacy(content)
    if "\0" in text:
        raise ExportError(f"This file is not text: open it in Excel, {SAVE_AS}.")
    return text, notes


def _is_mostly_utf_8(content: bytes) -> bool:
    """Letters beyond ASCII that are valid UTF-8 hardly ever come about by accident."""
    valid = sum(char > "\x7f" for char in content.decode("utf-8-sig", "ignore"))
    return valid > content.decode("utf-8-sig", "replace").count("\ufffd")


def _decode_legacy(content: bytes) -> tuple[str, list[str]]:
    codec = charsets.guess(content)
    if codec is None:
        raise ExportError(f"This file is not text that can be read: open it in Excel, {SAVE_AS}.")
    text = content.decode(codec, "replace")
    return text, [
        f"The file is not UTF-8; it was read as {charsets.NAMES[codec]}, so that it says "
        f"'{charsets.example(text)}'. If that looks wrong, {SAVE_AS}."
    ]


def lines(text: str) -> Iterator[Line]:
    """Each record that is not blank, with the line it starts on; cells without needless blanks."""
    skipped, delimiter, body = 0, "", text
    if excel := EXCEL_SAYS.match(text):
        skipped, delimiter, body = 1, excel[1], text[excel.end() :]
    yield from _records(body, delimiter or _delimiter(body), skipped + 1)


def _records(text: str, delimiter: str, first: int) -> Iterator[Line]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    line = first
    try:
        for cells in reader:
            tidy = [" ".join(_unprotected(cell).split()) for cell in cells]
            if any(tidy):
                _check(line, tidy)
                yield line, tidy
            line = reader.line_num + first
    except csv.Error as error:
        if "unexpected end" in str(error):
            raise ExportError(
                f"Line {line} is not readable as CSV, as it opens a quote that is never closed: "
                "the file is cut off or has a quote too many; export it again."
            ) from error
        if "field limit" in str(error):
            too_long_a_cell(line)
        raise ExportError(f"Line {line} is not readable as CSV ({error}): {SAVE_AS}.") from error


def _unprotected(cell: str) -> str:
    return KEPT_AS_TEXT.sub(r"\1", cell) if cell.startswith("=") else cell


def _check(line: int, cells: list[str]) -> None:
    if len(cells) > COLUMN_LIMIT and any(cells[COLUMN_LIMIT:]):
        too_many_columns(line)
    for position, cell in enumerate(cells, 1):
        if len(cell) > CELL_LIMIT:
            too_long_a_cell(line, position)


def _delimiter(text: str) -> str:
    """The delimiter that shows the most headings, for titles above them may hold any of them."""
    head = text[:HEAD]
    scores = {delimiter: _score(head, delimiter) for delimiter in DELIMITERS}
    best = max(scores, key=lambda delimiter: scores[delimiter])
    if scores[best][0]:
        return best
    headings = next((line for line in head.splitlines() if line.strip()), "")
    try:
        return csv.Sniffer().sniff(headings[:SNIFFED], DELIMITERS).delimiter
    except csv.Error:
        return max(DELIMITERS, key=headings.count)  # a heading or two are too few to sniff


def _score(head: str, delimiter: str) -> tuple[int, int]:
    reader = csv.reader(io.StringIO(head, newline=""), delimiter=delimiter)
    try:
        return max((recognised(cells), len(cells)) for cells in islice(reader, HEAD_LINES))
    except (csv.Error, ValueError):
        return 0, 0
