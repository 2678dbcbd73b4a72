"""Which manager a column names: by name, e-mail or one of two ids, as its values show."""

import re
from collections.abc import Mapping, Sequence

from tenants.people.exports.vocabulary import MANAGER_ID

KINDS = {
    "manager_employee_number": "employee_number",
    "manager_external_id": "external_id",
}
"""An id of a manager, and the column of people it points to."""

DIGIT = re.compile(r"\d")


def kind_of_manager(
    field: str, values: Sequence[str], own: Mapping[str, Sequence[str]]
) -> str | None:
    """What a manager column holds, or None where its ids are of no kind the file knows.

    `own` are the file's values per key of people. A heading that names a kind is believed unless
    the values are found among the other kind only.
    """
    distinct = set(values) - {""}
    if not distinct:
        return None if field == MANAGER_ID else field
    if field == "manager_name":
        if all("@" in value for value in distinct):
            return "manager_email"
        if not all(DIGIT.search(value) for value in distinct):
            return field
    found = {kind: len(distinct & set(own.get(key, ()))) for kind, key in KINDS.items()}
    best = max(found, key=lambda kind: (found[kind], kind == field))
    if 2 * found[best] >= len(distinct):
        return best
    return None if field == MANAGER_ID else field
