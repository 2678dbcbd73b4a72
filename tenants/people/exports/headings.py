"""Which fields there are, and which of them a heading can stand for."""

import re
from collections.abc import Iterable

from tenants.people.exports.vocabulary import HEADINGS

FIELDS = {
    "external_id": "Permanent ID in the HR system",
    "employee_number": "Employee number",
    "email": "Work e-mail",
    "user_name": "User name",
    "given_name": "First name",
    "family_name": "Last name",
    "full_name": "Whole name in one cell",
    "preferred_name": "Preferred name",
    "job_title": "Job title",
    "department": "Department",
    "location": "Location",
    "manager_name": "Manager's name",
    "manager_email": "Manager's e-mail",
    "manager_employee_number": "Manager's employee number",
    "manager_external_id": "Manager's permanent ID",
    "hired_on": "Hire date",
    "rehired_on": "Rehire date",
    "ended_on": "Last day of employment",
    "employment_status": "Employment status",
    "account_status": "Second status (active or not)",
    "time_zone": "Time zone",
    "locale": "Language",
}
"""What a column can be read as, and what a person calls it."""

CLAIMS: dict[str, list[tuple[int, str]]] = {}
for _field, _lines in HEADINGS.items():
    for _rank, _line in enumerate(_lines):
        for _heading in _line.split():
            CLAIMS.setdefault(_heading, []).append((_rank, _field))

LONGEST = 200  # characters of a heading; beyond it is a remark
MARKS = re.compile(r"[\W_]+")
NOTE = re.compile(r"\s*[(\[{][^)\]}]*[)\]}]")
PRIVATE = re.compile(r"priva|personal(?! profile)|home|emergency|notfall", re.I)


def plain(heading: str) -> str:
    """Letters and digits in lower case. What a company's choice is remembered under."""
    return MARKS.sub("", heading.casefold())


def claims(heading: str) -> list[tuple[int, str]]:
    """The fields a heading can stand for, each with its rank (0 is best).

    A unit, format or source in brackets does not matter, unless it says that this is private.
    """
    if len(heading) > LONGEST:
        return []
    whole = CLAIMS.get(plain(heading))
    if whole or PRIVATE.search(" ".join(NOTE.findall(heading))):
        return whole or []
    return CLAIMS.get(plain(NOTE.sub("", heading)), [])


def recognised(cells: Iterable[str]) -> int:
    """How many different cells of a line are headings."""
    return len({plain(cell) for cell in cells if claims(cell)})
