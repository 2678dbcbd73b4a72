"""A person as SCIM shows them: the JSON of a User (RFC 7643, section 4)."""

from collections.abc import Iterable, Mapping
from typing import Any

from scim2_models import Context

from api.scim.etags import version_of
from api.scim.resources import EnterpriseUser, FullUser, ThroughlineUser, User
from tenants.people.models import EmploymentStatus, Person

CORE, ENTERPRISE, THROUGHLINE = (
    str(model.__schema__) for model in (User, EnterpriseUser, ThroughlineUser)
)
PARTS = ("givenName", "familyName")


def visible_people() -> Any:
    """Everybody an identity provider has not deleted, with what `represent` reads."""
    people = Person.objects.filter(deprovisioned_at=None)
    return people.select_related("department", "manager").order_by("pk")


def with_groups(people: Any) -> Any:
    """The same people with their groups: one query more, however many people."""
    return people.prefetch_related("directory_groups")


def represent(person: Person, base: str, *, groups: Iterable[Any] | None = None) -> dict[str, Any]:
    """The User as it is answered, with its version. `base` is the address of ``/scim/v2``.

    Costs no query for people of `visible_people` that come `with_groups`, or with `groups` given.
    """
    kept = person.attributes
    parts = {
        "schemas": [CORE],
        "id": str(person.uid),
        "externalId": person.external_id,
        "userName": user_name_of(person),
        "name": _name(person),
        "displayName": person.name,
        "nickName": person.preferred_name,
        "title": person.job_title,
        "userType": said(kept, "userType"),
        "preferredLanguage": said(kept, "preferredLanguage"),
        "locale": said(kept, "locale") or person.locale,
        "timezone": said(kept, "timezone") or person.time_zone,
        "active": _is_active(person),
        "emails": _emails(person),
        "groups": [
            {"value": str(group.uid), "$ref": f"{base}/Groups/{group.uid}", "display": group.name}
            for group in (person.directory_groups.all() if groups is None else groups)
        ],
        ENTERPRISE: _assigned(
            {
                "employeeNumber": person.employee_number,
                "costCenter": said(kept, "costCenter"),
                "organization": said(kept, "organization"),
                "division": said(kept, "division"),
                "department": person.department and person.department.name,
                "manager": _manager(person, base),
            }
        ),
        THROUGHLINE: _assigned(
            {
                "hireDate": person.hired_on and person.hired_on.isoformat(),
                "rehireDate": person.rehired_on and person.rehired_on.isoformat(),
                "endDate": _end_date(person),
                "employmentStatus": _employment_status(person),
                "location": person.location,
            }
        ),
    }
    user = _assigned(parts)
    user["schemas"] += [urn for urn in (ENTERPRISE, THROUGHLINE) if urn in user]
    user["meta"] = {
        "resourceType": "User",
        "created": person.created_at.isoformat(),
        "lastModified": person.updated_at.isoformat(),
        "location": f"{base}/Users/{person.uid}",
        "version": version_of(user),
    }
    return user


def as_model(user: Mapping[str, Any]) -> FullUser:
    """The same as an object that PATCH and partial answers work on.

    It has ``name.formatted`` too, which is answered to whoever asks for it by name.
    """
    if name := user.get("name"):
        name = {**name, "formatted": " ".join(name[part] for part in PARTS if part in name)}
        user = {**user, "name": name}
    return FullUser.model_validate(user, scim_ctx=Context.RESOURCE_QUERY_RESPONSE)


def user_name_of(person: Person) -> str:
    """Their userName; for whoever SCIM did not bring, the first of their other keys."""
    keys = (person.user_name, person.email, person.employee_number, person.external_id)
    return next((key for key in keys if key), str(person.uid))


def name_without_one(user_name: str) -> str:
    """The given name of somebody who was sent without any name."""
    local, _, _ = user_name.partition("@")
    return " ".join((local or user_name).split())[:100]


def has_left(person: Person) -> bool:
    return person.employment_status == EmploymentStatus.TERMINATED


def said(kept: Mapping[str, Any], name: str) -> str | None:
    """A text among the attributes; other sources may keep anything there."""
    value = kept.get(name)
    return value if isinstance(value, str) else None


def _assigned(parts: Mapping[str, Any]) -> dict[str, Any]:
    """Without what is empty: an attribute without a value is left out (RFC 7643, section 2.5)."""
    return {name: value for name, value in parts.items() if value not in (None, "", [], {})}


def _name(person: Person) -> dict[str, str]:
    given, family = person.given_name, person.family_name
    if not family and given == name_without_one(user_name_of(person)):
        return {}  # made up from the userName
    return _assigned({"givenName": given, "familyName": family})


def _emails(person: Person) -> list[dict[str, Any]]:
    if person.email is None:
        return []
    kind = said(person.attributes, "emails.type") or "work"
    primary = person.attributes.get("emails.primary") is not False
    return [{"value": person.email, "type": kind, "primary": primary}]


def _manager(person: Person, base: str) -> dict[str, str]:
    if manager := person.manager:
        uid = str(manager.uid)
        return {"value": uid, "$ref": f"{base}/Users/{uid}", "displayName": manager.name}
    _, _, value = person.awaited_manager.partition(":")
    return {"value": value} if value else {}


def _is_active(person: Person) -> bool:
    """Whether they have not left; on leave or before they start it can be said to be false."""
    status = person.employment_status
    if status in (EmploymentStatus.LEAVE, EmploymentStatus.PREHIRE):
        return person.attributes.get("active") is not False
    return not has_left(person)


def _end_date(person: Person) -> str | None:
    """Their last day, but for a leaver's that was removed: it stays, and is not told."""
    untold = person.attributes.get("endDate") == ""
    if person.ended_on is None or (untold and has_left(person)):
        return None
    return person.ended_on.isoformat()


def _employment_status(person: Person) -> str | None:
    """Told where ``active`` does not say as much already, or where it was said in so many words."""
    status = person.employment_status
    if status in (EmploymentStatus.LEAVE, EmploymentStatus.PREHIRE):
        return status
    return status if person.attributes.get("employmentStatus") == status else None
