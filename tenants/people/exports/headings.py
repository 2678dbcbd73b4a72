"""Which column of an export is which field of a person."""

from collections.abc import Sequence

from tenants.people.exports.text import ExportError

IGNORED_MARKS = str.maketrans("", "", " _#-")

FIELDS = {
    "external_id": "externalid",
    "employee_number": "employee employeenumber employeeid employeeno empid empno",
    "email": "email workemail emailaddress",
    "given_name": "firstname givenname",
    "family_name": "lastname familyname surname",
    "preferred_name": "preferredname preferredfirstname",
    "job_title": "jobtitle position",
    "department": "department",
    "location": "location",
    "time_zone": "timezone",
    "locale": "locale language",
    "hired_on": "hiredate dateofhire hiredon startdate",
    "rehired_on": "rehiredate rehiredon",
    "ended_on": "terminationdate dateoftermination endedon enddate",
    "employment_status": "employmentstatus",
    "account_status": "status",
    "manager_external_id": "managerexternalid supervisorexternalid",
    "manager_employee_number": "supervisoreid supervisoremployee manageremployeenumber",
    "manager_email": "supervisoremail manageremail",
    "manager_name": "supervisor reportsto manager managername supervisorname",
}
"""Headings of BambooHR and of common exports, as `plain` writes them.

``account_status`` is BambooHR's second status. A manager's id of no stated kind is not read: in
many exports it is not an employee number.
"""

FIELD_OF = {heading: field for field, headings in FIELDS.items() for heading in headings.split()}
IDENTIFYING = ("external_id", "employee_number", "email")


def plain(heading: str) -> str:
    """Without case, blanks, underscores, hyphens and '#'."""
    return heading.casefold().translate(IGNORED_MARKS)


def recognise(headings: Sequence[str]) -> dict[str, int]:
    """The position of each field's column. Raises `ExportError` where people cannot be told apart
    or two columns say the same."""
    columns: dict[str, int] = {}
    for position, heading in enumerate(headings):
        field = FIELD_OF.get(plain(heading))
        if field in columns:
            raise ExportError(
                f"Columns '{headings[columns[field]]}' and '{heading}' say the same ({field}): "
                "keep one of them."
            )
        if field:
            columns[field] = position
    seen = ", ".join(f"'{heading}'" for heading in headings[:40] if heading) or "none"
    if not any(field in columns for field in IDENTIFYING):
        raise ExportError(
            "No column tells people apart: add 'Employee #', 'External ID' or 'Work Email' "
            f"(the columns are {seen})."
        )
    if "given_name" not in columns:
        raise ExportError(f"No column holds names: add 'First Name' (the columns are {seen}).")
    return columns
