"""Workbooks: cells as a person sees them, the right one of several sheets, other kinds refused."""

import re
from collections.abc import Callable
from datetime import date, datetime, time
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from tenants.people.exports import ExportError, read_export, read_table
from tests.people.workbooks import HEADINGS, PERSON, as_read, one_sheet, rezipped, saved, workbook


def cell(value: Any, form: str = "General") -> str:
    book, sheet = one_sheet([*HEADINGS, "X", "Y"], [*PERSON, value, "last"])
    sheet["C2"].number_format = form
    ((_, cells),) = read_table(saved(book)).lines
    return cells[2]


def test_a_workbook_reads_as_the_same_csv_would() -> None:
    rows: list[list[Any]] = [
        ["Employee #", "First Name", "Last Name", "Hire Date", "Supervisor EID"],
        [7, "Ada", "Lindqvist", date(2022, 3, 14), None],
        [8.0, "Lee", "Tanaka", datetime.fromisoformat("2026-11-02"), 7],
    ]
    csv = "Employee #,First Name,Last Name,Hire Date,Supervisor EID\n"
    csv += "7,Ada,Lindqvist,2022-03-14\n8,Lee,Tanaka,2026-11-02,7\n"
    assert read_export(workbook(*rows)) == read_export(csv.encode())


@pytest.mark.parametrize(
    ("value", "form", "seen"),
    [
        (2041, "General", "2041"),
        (2041.0, "General", "2041"),
        (0.1 + 0.2, "General", "0.3"),
        (1234567890123456, "General", "1234567890123456"),
        (1e300, "General", "1e+300"),
        (42, "00000", "00042"),
        (42.5, "000", "42.5"),
        (45363, "yyyy-mm-dd", "2024-03-12"),
        (datetime.fromisoformat("2024-03-12 09:30"), "yyyy-mm-dd hh:mm", "2024-03-12 09:30:00"),
        (time(9, 30), "hh:mm", "09:30:00"),
        (True, "General", "TRUE"),
        ("  Ada \n Maria ", "General", "Ada Maria"),
        ("007", "@", "007"),
        (None, "General", ""),
    ],
)
def test_a_cell_is_text_as_a_person_sees_it(value: Any, form: str, seen: str) -> None:
    assert cell(value, form) == seen


def test_an_error_in_a_cell_stays_for_the_row_to_be_refused() -> None:
    content = workbook([*HEADINGS, "X"], [*PERSON, "#REF!"])
    assert read_table(content).lines == [(2, [*PERSON, "#REF!"])]


def test_a_formula_that_was_never_calculated_is_blank_and_told() -> None:
    table = read_table(workbook([*HEADINGS, "X"], [*PERSON, "=1+1"]))
    assert table.lines == [(2, PERSON)]
    assert "formulas that were never calculated" in table.notes[0]


@pytest.mark.parametrize(("mark", "value"), [("", "2"), (' t="str"', "")])
def test_a_formula_that_was_calculated_is_its_value(mark: str, value: str) -> None:
    def calculate(parts: dict[str, bytes]) -> None:
        sheet = parts["xl/worksheets/sheet1.xml"].decode()
        formula = re.search(r'<c r="C2"[^>]*>.*?</c>', sheet)
        assert formula
        done = f'<c r="C2"{mark}><f>1+1</f><v>{value}</v></c>'
        parts["xl/worksheets/sheet1.xml"] = sheet.replace(formula[0], done).encode()

    content = workbook([*HEADINGS, "X"], [*PERSON, "=1+1"])
    table = read_table(rezipped(content, calculate))
    assert table.lines == [(2, [*PERSON, value] if value else PERSON)]
    assert table.notes == []


def test_the_sheet_with_the_best_headings_is_read_and_named() -> None:
    book, _ = one_sheet(["Exported on", "by Email"], title="Read me")
    people = book.create_sheet("People")
    for row in (HEADINGS, PERSON):
        people.append(row)
    hidden = book.create_sheet("Lists")
    hidden.sheet_state = "hidden"
    for row in (["Email", "First Name", "Department"], PERSON):
        hidden.append(row)
    table = read_table(saved(book))
    assert table.headings == HEADINGS
    assert table.notes == ["Of several sheets, 'People' was read, and not 'Read me'."]


def test_rows_are_counted_as_excel_counts_them_and_titles_passed_over() -> None:
    table = read_table(workbook(["Headcount"], [], HEADINGS, [], PERSON, [None, " "], PERSON))
    assert table.headings == HEADINGS
    assert [line for line, _ in table.lines] == [5, 7]
    assert table.notes == ["The headings are on line 3; what stands above them was not read."]


def test_what_a_sheet_says_of_its_size_does_not_matter() -> None:
    def lie(parts: dict[str, bytes]) -> None:
        sheet = parts["xl/worksheets/sheet1.xml"]
        parts["xl/worksheets/sheet1.xml"] = sheet.replace(b'"A1:B2"', b'"A1:A1"')

    assert read_table(rezipped(workbook(HEADINGS, PERSON), lie)).lines == [(2, PERSON)]


def _as_open_document(parts: dict[str, bytes]) -> None:
    parts.clear()
    parts["mimetype"] = b"application/vnd.oasis.opendocument.spreadsheet"


def _as_binary(parts: dict[str, bytes]) -> None:
    parts["xl/workbook.bin"] = parts.pop("xl/workbook.xml")


def _as_numbers(parts: dict[str, bytes]) -> None:
    parts.clear()
    parts["Index/Document.iwa"] = b""


def _as_archive(parts: dict[str, bytes]) -> None:
    parts.clear()
    parts["people.csv"] = b"Email,First Name"


def _as_strict(parts: dict[str, bytes]) -> None:
    ours, strict = (
        b"schemas.openxmlformats.org/spreadsheetml/2006",
        b"purl.oclc.org/ooxml/spreadsheetml",
    )
    for name, part in parts.items():
        parts[name] = part.replace(ours, strict)


def _without_sheet(parts: dict[str, bytes]) -> None:
    parts["xl/worksheets/sheet1.xml"] = parts["xl/worksheets/sheet1.xml"][:-40]


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (_as_open_document, "a document of LibreOffice"),
        (_as_binary, "a binary workbook (.xlsb)"),
        (_as_numbers, "a document of Apple's Numbers"),
        (_as_archive, "a ZIP archive: unpack it"),
        (_as_strict, "save it as 'Excel Workbook (.xlsx)'"),
        (_without_sheet, "This workbook is damaged or cut off"),
        (lambda parts: parts.pop("xl/workbook.xml"), "This workbook is damaged or cut off"),
    ],
)
def test_what_only_looks_like_a_workbook_says_what_to_do(
    change: Callable[[dict[str, bytes]], None], told: str
) -> None:
    with pytest.raises(ExportError) as refused:
        read_table(rezipped(workbook(HEADINGS, PERSON), change))
    assert told in str(refused.value)


@pytest.mark.parametrize("kept", [4, 100, 0.5, 0.99])
def test_a_workbook_that_was_cut_off_is_refused(kept: float) -> None:
    content = workbook(HEADINGS, PERSON)
    size = int(kept) if kept >= 1 else int(kept * len(content))
    with pytest.raises(ExportError, match="damaged or cut off"):
        read_table(content[:size])


def test_an_empty_workbook_and_one_without_people_are_refused() -> None:
    with pytest.raises(ExportError, match="has no rows that can be read"):
        read_table(workbook())
    with pytest.raises(ExportError, match="headings and no people"):
        read_table(workbook(HEADINGS))


WORDS = st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), min_size=1).filter(
    lambda word: not ILLEGAL_CHARACTERS_RE.search(word) and word[0] != "=" and "_x" not in word
)


@settings(max_examples=50)
@given(st.lists(st.lists(WORDS, min_size=4, max_size=4), min_size=1, max_size=5))
def test_text_comes_back_from_a_workbook_as_it_was(rows: list[list[str]]) -> None:
    book, sheet = one_sheet([*HEADINGS, "X", "Y"], *rows)
    for row in sheet.iter_rows(min_row=2):
        for written in row:
            written.data_type = "s"
    read = [cells for _, cells in read_table(saved(book)).lines]
    assert read == [[as_read(cell) for cell in cells] for cells in rows]


@settings(max_examples=100)
@given(st.data())
def test_any_damage_ends_in_a_table_or_a_sentence(data: st.DataObject) -> None:
    def damage(parts: dict[str, bytes]) -> None:
        name = data.draw(st.sampled_from(sorted(parts)))
        part = parts[name]
        start = data.draw(st.integers(0, len(part)))
        end = data.draw(st.integers(start, min(start + 50, len(part))))
        new = data.draw(st.sampled_from([b"", b"-1", b"1e999", b"99999999999999", b"<x>", b'"']))
        parts[name] = part[:start] + new + part[end:]

    content = rezipped(workbook([*HEADINGS, "Hire Date"], [*PERSON, date(2024, 3, 12)]), damage)
    try:
        said = f"{len(read_table(content).lines)} lines."
    except ExportError as refused:
        said = str(refused)
    assert said.endswith(".")
    assert said != "0 lines."
