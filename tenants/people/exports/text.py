"""From bytes to lines of cells."""

import codecs
import csv
import io
from collections.abc import Iterator
from pathlib import Path

DELIMITERS = ",;\t|"
WORKBOOK = b"PK\x03\x04"
SAVE_AS = "save it as 'CSV UTF-8' and try again"


class ExportError(ValueError):
    """The file as a whole cannot be read; one sentence that says what to do."""


def read_bytes(source: Path | str | bytes) -> bytes:
    if isinstance(source, bytes):
        return source
    try:
        return Path(source).read_bytes()
    except OSError as error:
        raise ExportError(f"{source} cannot be read: {error.strerror}.") from error


def decode(content: bytes) -> str:
    """UTF-8 with or without byte-order mark, or UTF-16 with one."""
    if content.startswith(WORKBOOK):
        raise ExportError(f"This is an Excel workbook, not a CSV file: {SAVE_AS}.")
    wide = content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    encoding = "utf-16" if wide else "utf-8-sig"
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        name = "UTF-16" if wide else "UTF-8"
        raise ExportError(f"This file is not {name} text (line {line}): {SAVE_AS}.") from error


def records(text: str) -> Iterator[tuple[int, list[str]]]:
    """Each record that is not blank, with the line it starts on; cells without needless blanks."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    line = 1
    try:
        for cells in reader:
            tidy = [" ".join(cell.split()) for cell in cells]
            if any(tidy):
                yield line, tidy
            line = reader.line_num + 1
    except csv.Error as error:
        raise ExportError(f"Line {line} is not readable as CSV ({error}): {SAVE_AS}.") from error


def _delimiter(text: str) -> str:
    headings = next((line for line in text.splitlines() if line.strip()), "")
    try:
        return csv.Sniffer().sniff(headings, DELIMITERS).delimiter
    except csv.Error:
        return max(DELIMITERS, key=headings.count)  # a heading or two are too few to sniff
