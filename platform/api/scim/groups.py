"""A group of the identity provider as SCIM shows it (RFC 7643, section 4.2)."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django.db.models import Prefetch, QuerySet
from scim2_models import Context, NotFoundException

from api.scim.etags import version_of
from api.scim.resources import Group
from tenants.people.models import DirectoryGroup, Person

CORE = str(Group.__schema__)


def all_groups() -> QuerySet[DirectoryGroup]:
    return DirectoryGroup.objects.order_by("pk")


def visible_members() -> QuerySet[Person]:
    """Everybody who can be shown in a group, with what it shows of them."""
    people: QuerySet[Person] = Person.objects.filter(deprovisioned_at=None).order_by("pk")
    return people.only("uid", "given_name", "preferred_name", "family_name")


def with_members(groups: QuerySet[DirectoryGroup]) -> QuerySet[DirectoryGroup]:
    """The same groups with their members: one query more, however many groups."""
    return groups.prefetch_related(Prefetch("members", queryset=visible_members()))


def find_group(uid: str, *, lock: bool = False) -> DirectoryGroup:
    """Raises `NotFoundException`. Locked, no other request changes it before this one is done."""
    groups = all_groups().select_for_update() if lock else all_groups()
    found = groups.filter(uid=known).first() if (known := uid_of(uid)) else None
    if found is None:
        raise NotFoundException(detail=f"There is no group {uid[:60]!r}.")
    return found


def uid_of(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def represent(
    group: DirectoryGroup,
    base: str,
    *,
    members: Iterable[Person] | None,
    named: bool = False,
) -> dict[str, Any]:
    """The Group as it is answered; `members` None leaves them out, unread. `named`: by name too."""
    shown: dict[str, Any] = {"schemas": [CORE], "id": str(group.uid)}
    if group.external_id:
        shown["externalId"] = group.external_id
    shown["displayName"] = group.name
    if members is not None:
        shown["members"] = [
            {
                "value": str(person.uid),
                "$ref": f"{base}/Users/{person.uid}",
                **({"display": person.name} if named else {}),
            }
            for person in members
        ]
    shown["meta"] = {
        "resourceType": "Group",
        "created": group.created_at.isoformat(),
        "lastModified": group.updated_at.isoformat(),
        "location": f"{base}/Groups/{group.uid}",
        "version": group_version(group),
    }
    return shown


def group_version(group: DirectoryGroup) -> str:
    """Of when it was changed last: thousands of members are not read to tell a version."""
    return version_of({"id": str(group.uid), "changed": group.updated_at.isoformat()})


def as_model(group: Mapping[str, Any]) -> Group:
    """The same as an object that PATCH works on."""
    return Group.model_validate(group, scim_ctx=Context.RESOURCE_QUERY_RESPONSE)
