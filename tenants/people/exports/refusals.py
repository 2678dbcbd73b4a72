"""What an export may weigh, and how it is told that a file cannot be used."""

from typing import NoReturn

ROW_LIMIT = 50_000  # people in one file
COLUMN_LIMIT = 200
CELL_LIMIT = 32_767  # characters in a cell; what a cell of Excel holds at most
FILE_LIMIT = 10 * 2**20  # bytes
TEXT_LIMIT = 40 * 2**20  # characters in all cells together
UNPACKED_LIMIT = 128 * 2**20  # bytes of a workbook's parts; 50,000 rows of 40 columns fit
SAVE_AS = "save it as 'CSV UTF-8' and try again"


class ExportError(ValueError):
    """The file as a whole cannot be read; one sentence that says what to do."""


def too_many_rows() -> NoReturn:
    raise ExportError(
        f"This file has more than {ROW_LIMIT:,} rows: split it into several files and import them "
        "one after the other."
    )


def too_many_columns(line: int) -> NoReturn:
    raise ExportError(
        f"Line {line} has more than {COLUMN_LIMIT} columns: export only the columns about people "
        "that are needed here."
    )


def too_long_a_cell(line: int, column: int | None = None) -> NoReturn:
    place = f"Line {line}, column {column}" if column else f"Line {line}"
    raise ExportError(
        f"{place} has a cell of more than {CELL_LIMIT:,} characters: export the file without that "
        "column."
    )


def too_much_text() -> NoReturn:
    raise ExportError(
        "This file holds too much text to be a list of people: export only the columns that are "
        "needed."
    )


def too_large(what: str) -> NoReturn:
    raise ExportError(
        f"This {what} is too large to be a list of people: export only the columns that are "
        "needed, or save the sheet as 'CSV UTF-8'."
    )
