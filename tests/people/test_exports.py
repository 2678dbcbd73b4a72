"""Reading what an HRIS exports: encodings, headings, dates, names, statuses."""

import codecs
from pathlib import Path

import pytest

from tenants.people.exports import ExportError, read_export
from tests.people.hris import Sync, messages

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


def test_lines_count_as_in_an_editor() -> None:
    rows = read("", "Email,First Name", "", '"a@b.example","Ada\nB"', "c@d.example,Cy")
    assert [row["line"] for row in rows] == [4, 6]


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"Email,First Name\na@b.example,Ada\nc@d.example,Jos\xe9\n", "not UTF-8 text (line 3)"),
        (b"PK\x03\x04...", "This is an Excel workbook, not a CSV file: save it as 'CSV UTF-8'"),
        (b"", "This file is empty"),
        (b"Email,First Name\n", "headings and no people"),
        (b"First Name,Salary\nAda,1\n", "add 'Employee #', 'External ID' or 'Work Email'"),
        (b"Email,Salary\na@b.example,1\n", "add 'First Name' (the columns are 'Email', 'Salary')"),
        (b"Email,First Name,Work E-mail\n", "Columns 'Email' and 'Work E-mail' say the same"),
        (b'Email,First Name\na@b.example,"Ada\n', "Line 2 is not readable as CSV"),
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
    ("dates", "expected"),
    [
        (["2020-02-28", "2021-12-01"], ["2020-02-28", "2021-12-01"]),
        (["2020/2/8", ""], ["2020-02-08", ""]),
        (["02/28/2020", "03/04/2021"], ["2020-02-28", "2021-03-04"]),
        (["28/02/2020", "03/04/2021"], ["2020-02-28", "2021-04-03"]),
        (["28.2.2020"], ["2020-02-28"]),
        (["28/02/2020", "31/02/2020"], ["2020-02-28", "31/02/2020"]),
        (["soon"], ["soon"]),
    ],
)
def test_the_format_of_a_column_is_what_reads_all_its_dates(
    dates: list[str], expected: list[str]
) -> None:
    rows = read("Email,First Name,Hire Date", *(f"a@b.example,Ada,{date}" for date in dates))
    assert [row["hired_on"] for row in rows] == expected


def test_dates_that_could_be_either_are_american_with_a_note() -> None:
    export = read_export(b"Email,First Name,Hire Date\na@b.example,Ada,03/04/2020\n")
    assert export.rows[0]["hired_on"] == "2020-03-04"
    assert "it was read as month/day/year" in export.notes[0]


@pytest.mark.parametrize(
    ("employment", "account", "status"),
    [
        ("Full-Time", "Active", "active"),
        ("Contractor", "", "active"),
        ("Intern", "Inactive", "terminated"),
        ("Terminated for Cause", "", "terminated"),
        ("Leave of Absence", "Active", "leave"),
        ("Sabbatical", "Active", "Sabbatical"),
        ("", "", ""),
    ],
)
def test_words_for_employment_become_ours(employment: str, account: str, status: str) -> None:
    (row,) = read("Email,First Name,Employment Status,Status", f"a@b.c,Ada,{employment},{account}")
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
    (swapped,) = export.notes
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
