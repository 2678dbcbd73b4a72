"""A company's people as the CSV file BambooHR's "Export to CSV" of an employee report gives."""

from __future__ import annotations

import csv
import datetime
import io

from config.demo.cast import CAST, Cast
from config.demo.employees import Employee, employees_of
from config.demo.organisation import TIME_ZONES

__all__ = ["CAST", "HEADER", "Cast", "bamboohr_export"]

HEADER = (
    "Employee #",
    "First Name",
    "Last Name",
    "Preferred Name",
    "Work Email",
    "Job Title",
    "Department",
    "Location",
    "Time Zone",
    "Supervisor EID",
    "Supervisor",
    "Hire Date",
    "Employment Status",
    "Status",
    "Termination Date",
)


def bamboohr_export(company: str, today: datetime.date) -> str:
    """Return the export of "acme" (620 people) or "globex" (540) as of `today`.

    Comma-separated with CRLF (RFC 4180) and one header line, by last name, so that a manager may
    well come after their reports. The same arguments give the same bytes; another day moves the
    dates only. Raises KeyError for any other company.
    """
    people = employees_of(company)
    new_hire = CAST[company].new_hire
    text = io.StringIO(newline="")
    sheet = csv.writer(text)
    sheet.writerow(HEADER)
    for person in sorted(people, key=_last_name_first):
        above = None if person.seat.above is None else people[person.seat.above]
        exact = person.email == new_hire
        sheet.writerow(_row(person, above, today, exact=exact))
    return text.getvalue()


def _last_name_first(person: Employee) -> tuple[str, str]:
    given, _, family = person.email.partition("@")[0].partition(".")
    return family, given


def _row(
    person: Employee, above: Employee | None, today: datetime.date, *, exact: bool
) -> tuple[str, ...]:
    """Return one line; `exact` keeps the hire date even where it falls on a weekend."""
    tenure, seat = person.tenure, person.seat
    hired = today - datetime.timedelta(days=tenure.hired)
    ended = None if tenure.ended is None else today - datetime.timedelta(days=tenure.ended)
    return (
        str(person.number),
        person.given,
        person.family,
        person.preferred,
        person.email,
        seat.title,
        seat.department,
        seat.location,
        TIME_ZONES[seat.location],
        str(above.number) if above else "",
        f"{above.family}, {above.given}" if above else "",
        _written(hired if exact else _workday(hired)),
        tenure.employment,
        "Inactive" if ended else "Active",
        _written(_workday(ended)) if ended else "",
    )


def _workday(day: datetime.date) -> datetime.date:
    """Return `day`, or the Friday before when it falls on a weekend."""
    return day - datetime.timedelta(days=max(0, day.weekday() - 4))


def _written(day: datetime.date) -> str:
    """Return MM/DD/YYYY, the date format a BambooHR account starts out with."""
    return f"{day:%m/%d/%Y}"
