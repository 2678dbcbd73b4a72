"""Dates of exports: a format per column, an order of day and month per file."""

from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tenants.people.exports import Export, read_export

MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
GERMAN = ["Januar", "Februar", "März", "April", "Mai", "Juni", "Juli"]
GERMAN += ["August", "September", "Oktober", "November", "Dezember"]
WRITTEN: dict[str, Callable[[date], str]] = {
    "ISO": date.isoformat,
    "a time beside it": lambda day: f"{day}T00:00:00.000Z",
    "one word": lambda day: f"{day:%Y%m%d}",
    "American": lambda day: f"{day.month}/{day.day}/{day.year} 12:00:00 AM",
    "British": lambda day: f"{day:%d/%m/%Y}",
    "with dashes": lambda day: f"{day:%d-%m-%Y}",
    "German": lambda day: f"{day:%d.%m.%Y}",
    "Oracle": lambda day: f"{day.day:02}-{MONTHS[day.month - 1].upper()}-{day.year}",
    "long": lambda day: f"{MONTHS[day.month - 1]} {day.day}, {day.year}",
    "long German": lambda day: f"{day.day}. {GERMAN[day.month - 1]} {day.year}",
}


def export(*dates: str, heading: str = "Hire Date") -> Export:
    lines = (f'a@b.example,Ada,"{written}"' for written in dates)
    return read_export("\n".join((f"Email,First Name,{heading}", *lines)).encode())


def hired(*dates: str) -> list[str | int]:
    return [row["hired_on"] for row in export(*dates).rows]


@pytest.mark.parametrize(
    ("dates", "expected"),
    [
        (["2020-02-28", "2021-12-01"], ["2020-02-28", "2021-12-01"]),
        (["2020/2/8", ""], ["2020-02-08", ""]),
        (["02/28/2020", "03/04/2021"], ["2020-02-28", "2021-03-04"]),
        (["28/02/2020", "03/04/2021"], ["2020-02-28", "2021-04-03"]),
        (["28.2.2020"], ["2020-02-28"]),
        (["12-Mar-2024"], ["2024-03-12"]),
        (["March 12, 2024", "Sept. 1, 2024"], ["2024-03-12", "2024-09-01"]),
        (["12. März 2024"], ["2024-03-12"]),
        (["12-MAR-99", "1-Feb-24"], ["1999-03-12", "2024-02-01"]),
        (["12.03.24"], ["2024-03-12"]),
        (["03/14/22", "01/02/21"], ["2022-03-14", "2021-01-02"]),
        (["2024-03-12 23:30:00+01:00"], ["2024-03-12"]),
        (["20240312"], ["2024-03-12"]),
        (["28/02/2020", "31/02/2020"], ["2020-02-28", "31/02/2020"]),
        (["2020-02-28", "45363"], ["2020-02-28", "45363"]),
        (["12 Foo 2024"], ["12 Foo 2024"]),
        (["0000-00-00", "9999-12-31", "-", "2020-02-28"], ["", "", "", "2020-02-28"]),
        (["soon"], ["soon"]),
    ],
)
def test_the_format_of_a_column_is_what_reads_all_its_dates(
    dates: list[str], expected: list[str]
) -> None:
    assert hired(*dates) == expected


@given(
    st.lists(st.dates(date(1950, 1, 1), date(2049, 12, 31)), min_size=1),
    st.integers(13, 28),
    st.sampled_from(sorted(WRITTEN)),
)
def test_a_column_that_shows_its_format_comes_back_as_it_was(
    days: list[date], telling: int, form: str
) -> None:
    days = [*days, date(2024, 5, telling)]
    read = export(*map(WRITTEN[form], days))
    assert [row["hired_on"] for row in read.rows] == [day.isoformat() for day in days]
    assert read.notes == []


@given(st.lists(st.text(alphabet="0123456789/.-: TZMarch", max_size=12), min_size=1))
def test_whatever_stands_in_a_column_is_a_date_or_stays_as_it_is(dates: list[str]) -> None:
    for written, read in zip(dates, hired(*dates), strict=True):
        kept = " ".join(written.split())
        assert read in (kept, "") or date.fromisoformat(str(read))


def test_dates_that_could_be_either_are_american_with_a_note() -> None:
    read = export("03/04/2020")
    assert read.rows[0]["hired_on"] == "2020-03-04"
    assert "it was read as month/day/year" in read.notes[0]


def test_the_same_day_and_month_is_no_reason_for_a_note() -> None:
    assert export("04/04/2020").notes == []


@pytest.mark.parametrize(
    ("heading", "expected"),
    [("Hire Date (DD/MM/YYYY)", "2020-04-03"), ("Hire Date (MM/DD/YYYY)", "2020-03-04")],
)
def test_a_heading_may_say_the_order(heading: str, expected: str) -> None:
    read = export("03/04/2020", heading=heading)
    assert read.rows[0]["hired_on"] == expected
    assert read.notes == []


def test_one_column_tells_the_order_of_the_others() -> None:
    read = read_export(b"Email,First Name,Hire Date,End Date\na@b.c,A,03/04/2020,31/12/2020\n")
    assert read.rows[0]["hired_on"] == "2020-04-03"
    assert read.notes == ["'Hire Date' was read as day/month/year, as 'End Date' shows that order."]


def test_years_of_two_digits_that_could_be_days_are_left_alone_with_a_note() -> None:
    read = export("03/04/20")
    assert read.rows[0]["hired_on"] == "03/04/20"
    assert "years of two digits and could be several dates" in read.notes[0]


def test_numbers_of_days_are_dates_where_the_column_holds_nothing_else() -> None:
    read = export("45363", "", "36526")
    assert [row["hired_on"] for row in read.rows] == ["2024-03-12", "", "2000-01-01"]
    assert "holds Excel's day numbers" in read.notes[0]
    assert hired("45363", "123") == ["45363", "123"]


def test_a_last_hire_date_is_a_rehire_only_where_it_differs() -> None:
    read = read_export(
        b"Email,First Name,Original Hire Date,Last Hire Date\n"
        b"a@b.c,Ada,2020-01-15,2020-01-15\nc@d.e,Cy,2019-01-15,2024-06-01\n"
    )
    assert [(row["hired_on"], row["rehired_on"]) for row in read.rows] == [
        ("2020-01-15", ""),
        ("2019-01-15", "2024-06-01"),
    ]
