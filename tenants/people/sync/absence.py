"""Who is missing from rows that claim to be everybody."""

from collections.abc import Iterable, Sequence
from datetime import date

from tenants.people.sync.drafts import Draft
from tenants.people.sync.employment import TERMINATED
from tenants.people.sync.results import SyncRefused
from tenants.people.sync.roster import KEYS, Roster, has_left

FEW = 5  # people who may be missing from a company of any size
SHARE = 10  # percent


def draft_absent(
    rows: Sequence[Draft], roster: Roster, *, confirm: bool, today: date
) -> list[Draft]:
    """Drafts that end the employment of whoever no row names, not even a refused one.

    Somebody without external id and employee number did not come from the HRIS and stays, as does
    a superuser. Raises `SyncRefused` where more than `FEW` and more than `SHARE` percent of the
    people employed would leave, unless `confirm`.
    """
    named = set(_named(rows, roster))
    employed = [person for person, state in roster.people.items() if not has_left(state)]
    absent = [
        person
        for person in employed
        if person not in named
        and person not in roster.superusers
        and (roster.people[person]["external_id"] or roster.people[person]["employee_number"])
    ]
    if len(absent) > FEW and len(absent) * 100 > len(employed) * SHARE and not confirm:
        raise SyncRefused(
            f"This would deactivate {len(absent)} of {len(employed)} active people, more than "
            f"{SHARE} %: check that the rows are complete, or confirm."
        )
    leaving = {"employment_status": TERMINATED, "ended_on": today}
    return [
        Draft(None, person, roster.people[person], dict(leaving), deactivates=True)
        for person in absent
    ]


def _named(rows: Iterable[Draft], roster: Roster) -> Iterable[int]:
    for draft in rows:
        yield draft.person
        for key in KEYS:
            if holder := roster.holders[key].get(draft.keys.get(key, "")):
                yield holder
