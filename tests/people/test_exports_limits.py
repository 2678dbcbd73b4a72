"""What a file may weigh: everything beyond is refused, in bounded memory, by a sentence."""

import subprocess
import sys
import zipfile
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tenants.people.exports import FILE_LIMIT, ROW_LIMIT, ExportError, read_table
from tests.people.workbooks import HEADINGS, PERSON, rezipped, workbook

SHEET = "xl/worksheets/sheet1.xml"
READ_AND_MEASURE = """
import resource, sys, time
from tenants.people import exports
before, start = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.monotonic()
try:
    read = getattr(exports, sys.argv[2])(sys.argv[1])
    print(len(read.lines if sys.argv[2] == "read_table" else read.rows), "lines")
except exports.ExportError as refused:
    print(refused)
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)
print(time.monotonic() - start)
"""
HANGING = 20  # seconds, on a busy machine; alone it is less than one
MEGABYTE = 1024  # resource counts kilobytes


def read_elsewhere(file: Path, how: str = "read_table") -> tuple[str, int, float]:
    """What is said of a file in a process of its own, its growth in KB, and the seconds it took."""
    command = [sys.executable, "-c", READ_AND_MEASURE, str(file), how]
    said = subprocess.run(command, capture_output=True, text=True, check=True, timeout=120)
    told, grown, took = said.stdout.splitlines()
    return told, int(grown), float(took)


def with_sheet(rows: bytes, before: bytes = b"") -> bytes:
    """A workbook of one person, with more rows or something in front of the sheet."""

    def change(parts: dict[str, bytes]) -> None:
        sheet = parts[SHEET].replace(b"</sheetData>", rows + b"</sheetData>")
        parts[SHEET] = before + sheet

    return rezipped(workbook(HEADINGS, PERSON), change)


@pytest.fixture
def bomb(tmp_path: Path) -> Path:
    """More than a gigabyte of zeros as a sheet, in about a megabyte."""
    file = tmp_path / "bomb.xlsx"
    file.write_bytes(workbook(HEADINGS, PERSON))
    with (
        zipfile.ZipFile(file, "a", zipfile.ZIP_DEFLATED) as archive,
        archive.open("xl/worksheets/sheet2.xml", "w", force_zip64=True) as sheet,
    ):
        for _ in range(1_100):
            sheet.write(bytes(2**20))
    return file


def test_a_zip_bomb_is_refused_unread(bomb: Path) -> None:
    assert bomb.stat().st_size < FILE_LIMIT
    told, grown, took = read_elsewhere(bomb)
    assert told.startswith("This workbook is too large to be a list of people")
    assert grown < 20 * MEGABYTE
    assert took < HANGING


def test_a_zip_bomb_that_lies_about_its_size_yields_no_more_than_it_says(tmp_path: Path) -> None:
    zeros = 64 * 2**20
    content = rezipped(
        workbook(HEADINGS, PERSON), lambda parts: parts.update({SHEET: bytes(zeros)})
    )
    said = zeros.to_bytes(4, "little")
    assert content.count(said) == 2  # before the part and in the directory
    file = tmp_path / "liar.xlsx"
    file.write_bytes(content.replace(said, (1_000).to_bytes(4, "little")))
    told, grown, _ = read_elsewhere(file)
    assert told.startswith("This workbook is damaged or cut off")
    assert grown < 20 * MEGABYTE


@pytest.mark.parametrize(
    ("start", "unit", "times", "end"),
    [
        pytest.param(b'<row r="3">', b"<c/>", 9_000_000, b"</row>", id="a row without end"),
        pytest.param(b"", b'<row r="1"/>', 9_000_000, b"", id="one row again and again"),
        pytest.param(b"", b"<x/>", 9_000_000, b"", id="what no sheet has"),
        pytest.param(
            b'<row><c t="inlineStr"><is><t>', b"a", 10**8, b"</t></is></c></row>", id="one text"
        ),
    ],
)
def test_a_sheet_that_would_fill_the_memory_is_refused(
    start: bytes, unit: bytes, times: int, end: bytes, tmp_path: Path
) -> None:
    file = tmp_path / "sheet.xlsx"
    file.write_bytes(with_sheet(start + unit * times + end))
    told, grown, _ = read_elsewhere(file)
    assert told.startswith("This workbook is too large to be a list of people")
    assert grown < 50 * MEGABYTE


def test_entities_are_refused() -> None:
    entities = "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in pairwise("abcdefghi"))
    bomb = f'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">{entities}]>'.encode()
    with pytest.raises(ExportError, match="damaged"):
        read_table(with_sheet(b"", before=bomb))


def test_too_many_parts_are_refused() -> None:
    def litter(parts: dict[str, bytes]) -> None:
        parts.update({f"xl/media/{number}.png": b"" for number in range(1_000)})

    with pytest.raises(ExportError, match="This archive is too large"):
        read_table(rezipped(workbook(HEADINGS, PERSON), litter))


@pytest.mark.parametrize(
    ("rows", "lines"),
    [
        (b'<row r="1048576"><c r="A1048576"><v>1</v></c></row>', [2, 1_048_576]),
        (b'<row r="99999999999999"><c r="A9"><v>1</v></c></row>', [2]),
        (b'<row r="3"><c r="XFD3"><v>1</v></c></row>', [2]),
    ],
)
def test_a_cell_far_away_costs_next_to_nothing(
    rows: bytes, lines: list[int], tmp_path: Path
) -> None:
    content = with_sheet(rows)
    assert [line for line, _ in read_table(content).lines] == lines
    file = tmp_path / "far.xlsx"
    file.write_bytes(content)
    _, grown, took = read_elsewhere(file)
    assert grown < 20 * MEGABYTE
    assert took < HANGING


def test_a_sheet_that_claims_to_be_full_is_read_by_its_rows(tmp_path: Path) -> None:
    def claim(parts: dict[str, bytes]) -> None:
        assert b'"A1:B2"' in parts[SHEET]
        parts[SHEET] = parts[SHEET].replace(b'"A1:B2"', b'"A1:XFD1048576"')

    file = tmp_path / "full.xlsx"
    file.write_bytes(rezipped(workbook(HEADINGS, PERSON), claim))
    told, grown, took = read_elsewhere(file)
    assert told == "1 lines"
    assert grown < 20 * MEGABYTE
    assert took < HANGING


def test_as_many_rows_as_allowed_are_read_and_one_more_is_refused() -> None:
    rows = "a@b.c,Ada\n" * ROW_LIMIT
    content = f"Email,First Name\n{rows}".encode()
    assert len(read_table(content).lines) == ROW_LIMIT
    with pytest.raises(ExportError, match=r"more than 50,000 rows: split it into several files"):
        read_table(content + b"a@b.c,Ada\n")


def test_a_workbook_with_too_many_rows_is_refused() -> None:
    row = b"<row><c><v>1</v></c></row>"
    with pytest.raises(ExportError, match=r"more than 50,000 rows"):
        read_table(with_sheet(row * ROW_LIMIT))


@pytest.mark.parametrize("width", [200, 201])
def test_columns_are_limited_in_both_kinds_of_files(width: int) -> None:
    headings = [*HEADINGS, *(f"X{number}" for number in range(width - 2))]
    cells = ["x"] * width
    csv = "\n".join((",".join(headings), ",".join(cells))).encode()
    for content in (csv, workbook(headings, cells)):
        if width == 200:
            assert read_table(content).lines == [(2, cells)]
        else:
            with pytest.raises(ExportError, match="Line 1 has more than 200 columns"):
                read_table(content)


@pytest.mark.parametrize("size", [32_767, 32_768, 200_000])
def test_the_text_of_a_cell_is_limited(size: int) -> None:
    content = f"Email,First Name\na@b.c,{'x' * size}\n".encode()
    if size == 32_767:
        assert len(read_table(content).lines[0][1][1]) == size
    else:
        with pytest.raises(ExportError, match="has a cell of more than 32,767 characters"):
            read_table(content)


def test_a_file_is_not_read_further_than_its_limit(tmp_path: Path) -> None:
    file = tmp_path / "people.csv"
    file.write_bytes(bytes([97]) * (FILE_LIMIT + 1))
    for source in (file, str(file), file.read_bytes()):
        with pytest.raises(ExportError, match="This file is larger than 10 MB"):
            read_table(source)


@pytest.mark.parametrize("trap", ["(", ',"', "a ", "[", "'"])
def test_no_text_takes_long_to_look_at(trap: str, tmp_path: Path) -> None:
    long = trap * (32_000 // len(trap))
    cells = (long, '"' + long.replace('"', '""') + '1"')
    for name, lines in enumerate(
        [cells, ("Email,First Name,Employee", f"a@b.c,{cells[1]},{cells[1]}")]
    ):
        file = tmp_path / f"{name}.csv"
        file.write_text("\n".join(lines))
        _, _, took = read_elsewhere(file, "read_export")
        assert took < HANGING


@given(st.binary(max_size=300))
def test_any_bytes_end_in_a_table_or_a_sentence(content: bytes) -> None:
    try:
        said = f"{len(read_table(content).lines)} lines."
    except ExportError as refused:
        said = str(refused)
    assert said.endswith(".")
    assert said != "0 lines."


def test_one_text_repeated_in_every_cell_is_refused() -> None:
    """A few kilobytes of workbook: it is written once, and every cell points to it."""
    long = ["x" * 32_000] * 20
    content = workbook([*HEADINGS, *(f"Note {n}" for n in range(20))], *([*PERSON, *long],) * 100)
    assert len(content) < FILE_LIMIT / 100
    with pytest.raises(ExportError, match="too much text"):
        read_table(content)
