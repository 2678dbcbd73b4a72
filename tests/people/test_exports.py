"""Reading what an HRIS exports as CSV: lines, delimiters, titles, statuses, the whole of it."""

import codecs
import csv
import io
from pathlib import Path
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tenants.people.exports import ExportError, read_export, read_table
from tests.people.hris import Sync, messages
from tests.people.workbooks import as_read

HR_DATASET = Path(__file__).parents[2].parent / "shared/data/hris/HRDataset_v14.csv"
BAMBOO = """\
Employee #,First Name,Last Name,Preferred Name,Work Email,Job Title,Department,Location,Time Zone,\
Supervisor EID,Supervisor,Hire Date,Employment Status,Status,Termination Date,Salary
7,Ada,Lindqvist,,ada@acme.example,Sales Manager,Sales,Berlin,Europe/Berlin,,,03/14/2022,Full-Time,\
Active,0000-00-00,90000
8,Lee,Tanaka,,lee@acme.example,Account  Executive,Sales,Berlin,Europe/Berlin,7,"Lindqvist, Ada",\
11/02/2026,Part-Time,Active,,50000
"""


def read(*lines: str) -> list[dict[str, str | int]]:
    return read_export("\n".join(lines).encode()).rows


def test_a_bamboohr_export_is_read() -> None:
    export = read_export(BAMBOO.encode())
    assert export.ignored_columns == ["Salary"]
    assert export.notes == []
    assert export.rows[1] == {
        "line": 3,
        "employee_number": "8",
        "given_name": "Lee",
        "family_name": "Tanaka",
        "preferred_name": "",
        "email": "lee@acme.example",
        "job_title": "Account Executive",
        "department": "Sales",
        "location": "Berlin",
        "time_zone": "Europe/Berlin",
        "manager_employee_number": "7",
        "manager_name": "Ada Lindqvist",
        "hired_on": "2026-11-02",
        "employment_status": "active",
        "ended_on": "",
    }


@pytest.mark.parametrize(
    "content",
    [
        BAMBOO.encode("utf-8-sig"),
        BAMBOO.encode("utf-16"),
        codecs.BOM_UTF16_BE + BAMBOO.encode("utf-16-be"),
        BAMBOO.replace("\n", "\r\n").encode(),
        BAMBOO.replace("Lindqvist, Ada", "Lindqvist~ Ada")
        .replace(",", ";")
        .replace("~", ",")
        .encode(),
    ],
)
def test_encodings_line_ends_and_delimiters_do_not_matter(content: bytes) -> None:
    assert read_export(content) == read_export(BAMBOO.encode())


CELLS = st.text(st.characters(codec="utf-8", exclude_categories=["C"]), max_size=10)


@given(
    st.lists(st.lists(CELLS, min_size=2, max_size=2), min_size=1),
    st.sampled_from(",;\t|"),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
    st.sampled_from(["\n", "\r\n", "\r"]),
    st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
)
def test_whatever_is_written_as_csv_comes_back(
    rows: list[list[str]], delimiter: str, codec: str, end: str, quoting: Literal[0, 1]
) -> None:
    rows = [["a@b.example", "Ada", *cells] for cells in rows]
    written = io.StringIO(newline="")
    writer = csv.writer(written, delimiter=delimiter, lineterminator=end, quoting=quoting)
    writer.writerows([["Email", "First Name", "X", "Y"], *rows])
    table = read_table(written.getvalue().encode(codec))
    assert table.headings == ["Email", "First Name", "X", "Y"]
    assert [cells for _, cells in table.lines] == [
        [as_read(cell) for cell in cells] for cells in rows
    ]
    assert table.notes == []


def test_lines_count_as_in_an_editor() -> None:
    rows = read("", "Email,First Name", "", '"a@b.example","Ada\nB"', "c@d.example,Cy")
    assert [row["line"] for row in rows] == [4, 6]


def test_numbers_that_were_protected_from_excel_lose_the_protection() -> None:
    (row,) = read("Employee #,First Name", '="00042",Ada')
    assert row["employee_number"] == "00042"


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_titles_above_the_headings_are_passed_over(delimiter: str) -> None:
    lines = [
        "Active workers, by location; Acme Ltd",
        f"Run on{delimiter}2026-11-18",
        "",
        delimiter.join(("Email", "First Name", "Location")),
        delimiter.join(("a@b.example", "Ada", "Berlin")),
        delimiter.join(("c@d.example", "Cy", "Paris")),
    ]
    table = read_table("\n".join(lines).encode())
    assert table.headings == ["Email", "First Name", "Location"]
    assert [line for line, _ in table.lines] == [5, 6]
    assert table.notes == ["The headings are on line 4; what stands above them was not read."]


def test_a_total_below_the_people_is_passed_over_and_told() -> None:
    table = read_table(b"Email,First Name,Status\na@b.c,Ada,Active\nTotal,1,\n")
    assert table.lines == [(2, ["a@b.c", "Ada", "Active"])]
    assert table.notes == ["Line 3 is a total and was not read ('Total')."]


def test_the_delimiter_that_excel_declares_is_taken() -> None:
    table = read_table(b"sep=|\r\nEmail|First Name, Middle\r\na@b.c|Ada\r\n")
    assert table.headings == ["Email", "First Name, Middle"]
    assert table.lines == [(3, ["a@b.c", "Ada"])]


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "This file is empty"),
        (b"\xef\xbb\xbf \r\n", "This file is empty"),
        (b"Email,First Name\n", "headings and no people"),
        (b"First Name,Salary\nAda,1\n", "add 'Employee #', 'External ID' or 'Work Email'"),
        (b"Email,First Name,Work E-mail\na,b,c", "Columns 'Email' and 'Work E-mail' say the same"),
        (b'Email,First Name\na@b.example,"Ada\n', "Line 2 is not readable as CSV, as it opens"),
        (b'Email,First Name\na@b.example,"Ada"x\n', "Line 2 is not readable as CSV"),
        (b"Email,First Name\na@b.c,A\0da\n", "This file is not text"),
        (b"%PDF-1.7 ...", "This is a PDF: export the report as CSV or XLSX"),
        (b"\n<!DOCTYPE html><table><tr><td>Email", "This is a web page, whatever its name"),
        (b"<html><body><table>", "This is a web page, whatever its name"),
        (
            b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">',
            "This is an XML spreadsheet of Excel 2003",
        ),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "a workbook of the old kind (.xls)"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            "protected by a password",
        ),
        (b"\x1f\x8b\x08\0", "neither CSV nor XLSX"),
    ],
)
def test_a_file_that_cannot_be_used_says_what_to_do(content: bytes, told: str) -> None:
    with pytest.raises(ExportError) as refused:
        read_export(content)
    assert told in str(refused.value)


def test_a_file_that_is_not_there_says_so() -> None:
    with pytest.raises(ExportError, match="No such file"):
        read_export(Path("/nowhere/people.csv"))


@pytest.mark.parametrize(
    ("employment", "account", "status"),
    [
        ("Full-Time", "Active", "active"),
        ("Contractor", "", "active"),
        ("Intern", "Inactive", "terminated"),
        ("Terminated for Cause", "", "terminated"),
        ("Leave of Absence", "Active", "leave"),
        ("Sabbatical", "Active", "leave"),
        ("Unpaid Parental Leave", "", "leave"),
        ("Moonlighting", "Active", "Moonlighting"),
        ("A", "", "active"),
        ("L", "", "leave"),
        ("T", "", "terminated"),
        ("Hired", "", "prehire"),
        ("Employed", "", "active"),
        ("Garden leave", "", "leave"),
        ("Onboarding", "", "prehire"),
        ("inaktiv", "", "terminated"),
        ("Auszeit", "", "leave"),
        ("", "No", "No"),
        ("", "", ""),
    ],
)
def test_words_for_employment_become_ours(employment: str, account: str, status: str) -> None:
    (row,) = read("Email,First Name,Employment Status,Status", f"a@b.c,Ada,{employment},{account}")
    assert row["employment_status"] == status


@pytest.mark.parametrize(("answer", "status"), [("Yes", "active"), ("0", "terminated")])
def test_a_column_headed_active_answers_with_yes_or_no(answer: str, status: str) -> None:
    (row,) = read("Email,First Name,Active Status", f"a@b.c,Ada,{answer}")
    assert row["employment_status"] == status


def test_a_line_with_too_many_cells_is_refused_and_a_short_one_lacks_fields(sync: Sync) -> None:
    rows = read("Email,First Name", "a@b.example,Ada,Lindqvist", "c@d.example")
    assert messages(sync(*rows)) == [
        "cells beyond the last heading: this is no field of a person; leave it out.",
        "given_name: somebody new needs one.",
    ]


@pytest.mark.skipif(not HR_DATASET.exists(), reason=f"the HR data set is not at {HR_DATASET}")
def test_the_public_hr_data_set_comes_in_whole(sync: Sync) -> None:
    export = read_export(HR_DATASET)
    swapped, unread = export.notes
    assert unread.startswith("'ManagerID' was not read: it does not say which id it holds")
    assert swapped.startswith("'First_Name' and 'Last_Name' were swapped: the names of 16 managers")
    assert {"Salary", "RaceDesc", "DOB", "ManagerID"} <= set(export.ignored_columns)
    result = sync(*export.rows)
    assert {str(outcome): count for outcome, count in result.counts.items() if count} == {
        "created": 310
    }
    assert {problem.value for problem in result.problems} == {
        "Board of Directors",
        "Michael Albert",
        "David Stanley",
        "Alex Sweetwater",
        "Webster Butler",
    }
    again = sync(*export.rows)
    assert again.counts["unchanged"] == 310  # type: ignore[index]
