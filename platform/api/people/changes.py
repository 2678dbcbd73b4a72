"""Changing one person: a merge patch (RFC 7396) becomes the one row of a sync."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from rest_framework.request import Request

from api.authentication import token_of
from api.bodies import MERGE_PATCH
from api.people.people import describe, find
from api.problems import Conflict, InvalidBody
from api.references import find_person
from api.strict_json import read_object
from api.versions import check_current
from tenants.people.actions import sync_people
from tenants.people.models import Person
from tenants.people.sync.results import Problem
from tenants.people.sync.roster import KEYS
from tenants.people.sync.rows import LASTING
from tenants.people.sync.storage import wait_for_other_runs
from tenants.people.sync.values import CLEANERS

READ_ONLY = "This is told here and set nowhere: leave it out."
MEMBERS = {
    **dict.fromkeys((*CLEANERS, "manager"), ""),
    **dict.fromkeys(("uid", "name", "updated_at"), READ_ONLY),
}


@transaction.atomic
def change(request: Request, **named: Any) -> Person:
    """Who was named, after the patch in the body; raises what is wrong, and writes nothing then.

    Holds the lock of syncs, so that what ``If-Match`` is compared with is what is changed.
    """
    patch = read_object(request, MEMBERS, accepted=MERGE_PATCH)
    _check_lasting(patch)
    wait_for_other_runs()
    person = find(**named)
    check_current(request, describe(person))
    row: dict[str, Any] = {**patch, "uid": person.uid}
    if "manager" in row:
        manager = row.pop("manager")
        found = None if manager is None else find_person(manager, "#/manager")
        row["manager_uid"] = found and str(found.uid)
    if isinstance(patch.get("attributes"), dict):
        row["attributes"] = merged(person.attributes, patch["attributes"])
    [result] = sync_people(rows=[row], source="api", origin=token_of(request).name).rows[:1]
    refused = [problem for problem in result.problems if problem.refused]
    if taken := [problem for problem in refused if _is_taken(problem, person)]:
        raise Conflict(taken[0].message)
    if refused:
        raise InvalidBody(*((_pointer(problem), problem.message) for problem in refused))
    return find(uid=person.uid)


def merged(target: Any, patch: Any) -> Any:
    """``MergePatch`` of RFC 7396, section 2. Its depth is bounded by the body's."""
    if not isinstance(patch, Mapping):
        return patch
    kept = dict(target) if isinstance(target, Mapping) else {}
    for name, value in patch.items():
        if value is None:
            kept.pop(name, None)
        else:
            kept[name] = merged(kept.get(name), value)
    return kept


def _check_lasting(patch: Mapping[str, Any]) -> None:
    if errors := [
        (f"#/{name}", "This cannot be cleared.")
        for name in sorted(LASTING & patch.keys())
        if patch[name] is None or not str(patch[name]).strip()
    ]:
        raise InvalidBody(*errors)


def _is_taken(problem: Problem, person: Person) -> bool:
    """Whether it is a key that belongs to somebody else."""
    if problem.field not in KEYS:
        return False
    holders = Person.objects.filter(**{problem.field: problem.value})
    return bool(holders.exclude(pk=person.pk).exists())


def _pointer(problem: Problem) -> str:
    return "#/manager" if problem.field.startswith("manager") else f"#/{problem.field}"
