"""What a request does to a person; all of it through `sync_people`."""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from scim2_models import (
    ConflictException,
    InvalidValueException,
    NotFoundException,
    SCIMException,
    UniquenessException,
)

from api.scim.etags import check_match
from api.scim.patches import patched
from api.scim.payloads import says, user_of
from api.scim.people_rows import ATTRIBUTES, Row, row_of
from api.scim.resources import FullUser, ThroughlineUser
from api.scim.users import as_model, represent, visible_people, with_groups
from api.scim.views import Caller
from tenants.people.actions import (
    NotAlone,
    bring_newcomer,
    deprovision,
    reinstate,
    sync_people,
)
from tenants.people.models import MAY_SIGN_IN, Department, Person
from tenants.people.sync.results import Problem
from tenants.people.sync.roster import IN_LOWER_CASE, KEYS
from tenants.people.sync.storage import wait_for_other_runs

SOURCE = "scim"
HOLDERS = """
SELECT id FROM people_person
WHERE external_id = %(external_id)s OR employee_number = %(employee_number)s
    OR email = %(email)s OR user_name = %(user_name)s
    OR (user_name IS NULL AND (email = %(user_name)s OR (
        email IS NULL AND %(user_name)s =
            lower(coalesce(employee_number, external_id, uid::text) COLLATE "C"))))
"""
STORED = """
SELECT person.*, department.name AS department_name
FROM people_person person LEFT JOIN people_department department ON department.id = department_id
WHERE person.uid = %s
"""
LAST_ADMINISTRATOR = (
    "This is the last administrator of the company: make somebody else one in the admin site first."
)


def find_person(uid: str) -> Person:
    """Raises `NotFoundException` for nobody, and for whom the identity provider deleted."""
    try:
        known = UUID(uid)
    except ValueError:
        known = None
    person = with_groups(visible_people()).filter(uid=known).first() if known else None
    if person is None:
        raise NotFoundException(detail=f"There is no user {uid[:60]!r}.")
    found: Person = person
    return found


def create_user(body: Mapping[str, Any], caller: Caller) -> dict[str, Any]:
    """Somebody new, or back: whoever was deleted under the same keys is the same person.

    Raises `UniquenessException` where somebody has these keys.
    """
    user = user_of(body, active=True)
    display_name = body.get("displayName")
    name = display_name if isinstance(display_name, str) else None
    row = row_of(user, display_name=name)
    try:
        return _bring_newcomer(row, caller)
    except NotAlone:
        return _bring_alone(user, name, row, caller)


@transaction.atomic
def _bring_newcomer(row: Row, caller: Caller) -> dict[str, Any]:
    """Most are that, and several at once are brought in; raises `NotAlone` for others."""
    person = bring_newcomer(
        row=row, source=SOURCE, origin=caller.origin, unless=lambda: _returning(row)
    )
    return represent(person, caller.base, groups=())


@transaction.atomic
def _bring_alone(user: FullUser, name: str | None, row: Row, caller: Caller) -> dict[str, Any]:
    wait_for_other_runs()
    returning = _returning(row)
    if returning is None:
        return represent(_fresh(_sync(row, caller)), caller.base, groups=())
    before = as_model(represent(returning, caller.base))
    row = row_of(user, before=before, kept=returning.attributes, display_name=name)
    uid = _sync({**row, "uid": returning.uid}, caller)
    reinstate(person=returning)
    return represent(_fresh(uid), caller.base)


def replace_user(
    uid: str, body: Mapping[str, Any], caller: Caller, *, if_match: str | None = None
) -> dict[str, Any]:
    """PUT: what the body leaves out is cleared (RFC 7644, section 3.5.1), with three exceptions.

    ``active`` and ``externalId`` stay, and so does our own extension where the body does not
    speak of it: whoever does not know it cannot mean to clear somebody's hire date.
    """

    def replaced(before: FullUser) -> FullUser:
        user = user_of(body, active=bool(before.active))
        if not says(body, ThroughlineUser):
            ours = getattr(before, ThroughlineUser.__name__)
            setattr(user, ThroughlineUser.__name__, ours)
        return user

    return _change(uid, replaced, caller, if_match, whole=True)


def change_user(
    uid: str, body: Mapping[str, Any], caller: Caller, *, if_match: str | None = None
) -> dict[str, Any]:
    """PATCH."""
    return _change(uid, lambda before: patched(before, body), caller, if_match, whole=False)


@transaction.atomic
def delete_user(uid: str, caller: Caller, *, if_match: str | None = None) -> None:
    """They have left, and are not shown again until they come back."""
    wait_for_other_runs()
    person = find_person(uid)
    check_match(if_match, represent(person, caller.base)["meta"]["version"])
    deprovision(person=person, source=SOURCE, origin=caller.origin)
    _check_administrators(person)


@transaction.atomic
def _change(
    uid: str,
    changed: Callable[[FullUser], FullUser],
    caller: Caller,
    if_match: str | None,
    *,
    whole: bool,
) -> dict[str, Any]:
    wait_for_other_runs()
    person = find_person(uid)
    shown = represent(person, caller.base)
    check_match(if_match, shown["meta"]["version"])
    before = as_model(shown)
    row = row_of(changed(before), before=before, kept=person.attributes, whole=whole)
    if not row:
        return shown
    if "user_name" in row:
        _check_user_name(row, person)
    _sync({**row, "uid": person.uid}, caller)
    _check_administrators(person)
    return represent(_fresh(person.uid), caller.base)


def _sync(row: Row, caller: Caller) -> UUID | None:
    """The person the row was stored as; raises `SCIMException` in SCIM's words."""
    result = sync_people(rows=[row], source=SOURCE, origin=caller.origin)
    outcome = next(each for each in result.rows if each.line is not None)
    if refusals := [problem for problem in outcome.problems if problem.refused]:
        raise _refusal(refusals)
    return outcome.uid


def _refusal(problems: list[Problem]) -> SCIMException:
    told = " ".join(
        problem.message.replace(
            f"{problem.field}:", f"{ATTRIBUTES.get(problem.field, problem.field)}:", 1
        )
        for problem in problems
    )
    taken = all(p.field in KEYS and " belongs to " in p.message for p in problems)
    return UniquenessException(detail=told) if taken else InvalidValueException(detail=told)


def _fresh(uid: UUID | None) -> Person:
    """As stored now. Written out, since the ORM takes longer to build this than to run it."""
    (found,) = Person.objects.raw(STORED, [uid])
    person: Person = found
    if person.department_id:
        name = person.department_name  # type: ignore[attr-defined]
        person.department = Department(pk=person.department_id, name=name)
    return person


def _returning(row: Row) -> Person | None:
    """Who was deleted and is meant by these keys; raises where somebody else has one of them.

    Who has another external id is somebody else.
    """
    given = _keys(row)
    external_id = given.get("external_id")
    known: list[Person] = []
    for person in _holders(given):
        if person.deprovisioned_at is None:
            raise UniquenessException(detail=_taken(person, given))
        if None in (external_id, person.external_id) or external_id == person.external_id:
            known.append(person)
    same = (person for person in known if person.external_id == external_id)
    return next(same, known[0] if known else None)


def _check_user_name(row: Row, person: Person) -> None:
    """Raises where the new userName is what somebody else is called, for want of one."""
    given = _keys({"user_name": row["user_name"]})
    for holder in _holders(given):
        if holder.deprovisioned_at is None and holder.pk != person.pk:
            raise UniquenessException(detail=_taken(holder, given))


def _keys(row: Row) -> dict[str, str]:
    given = {key: str(row[key]).strip() for key in KEYS if row.get(key)}
    return given | {key: given[key].lower() for key in IN_LOWER_CASE if key in given}


def _holders(given: Mapping[str, str]) -> list[Person]:
    """Whoever has one of these keys, or goes by that userName; mostly nobody, found by indexes."""
    with connection.cursor() as cursor:
        cursor.execute(HOLDERS, {**dict.fromkeys(KEYS), **given})
        found = [pk for (pk,) in cursor.fetchall()]
    if not found:
        return []
    people = Person.objects.select_related("department", "manager").filter(pk__in=found)
    return list(with_groups(people.order_by("pk")))


def _taken(person: Person, given: Mapping[str, str]) -> str:
    for key, value in given.items():
        if getattr(person, key) == value:
            return f"{ATTRIBUTES[key]}: {value!r} belongs to {person.name}."
    return f"userName: {given['user_name']!r} is what {person.name} goes by."


def _check_administrators(before: Person) -> None:
    """Raises `ConflictException` where the change has left the company without a superuser."""
    if not before.is_superuser or before.employment_status not in MAY_SIGN_IN:
        return
    if not Person.objects.filter(is_superuser=True, employment_status__in=MAY_SIGN_IN).exists():
        raise ConflictException(detail=LAST_ADMINISTRATOR)
