"""What a client does to groups: one function per method, for single requests and for bulk."""

from collections.abc import Collection, Mapping
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import IntegrityError, transaction
from scim2_models import InvalidValueException, SCIMException, UniquenessException

from api.scim.etags import check_match
from api.scim.groups import as_model, find_group, group_version, represent
from api.scim.memberships import is_about_members, membership_of, people_known, people_named
from api.scim.patch_bodies import operations
from api.scim.patches import applied, described
from api.scim.resources import Group
from tenants.people.actions import change_members, delete_group, save_group
from tenants.people.models import DirectoryGroup, Person

ATTRIBUTES = {"name": "displayName", "external_id": "externalId", NON_FIELD_ERRORS: "displayName"}


@transaction.atomic
def create_group(body: Mapping[str, Any]) -> DirectoryGroup:
    """POST. Raises `SCIMException`, as all of these do: 409 where name or externalId is taken."""
    return _described(None, described(Group, body))


@transaction.atomic
def replace_group(uid: str, body: Mapping[str, Any], if_match: str | None) -> DirectoryGroup:
    """PUT: what the body leaves out is cleared, members too."""
    group = find_group(uid, lock=True)
    check_match(if_match, group_version(group))
    return _described(group, described(Group, body))


@transaction.atomic
def patch_group(uid: str, body: Mapping[str, Any], if_match: str | None) -> DirectoryGroup:
    """PATCH. Who else is in the group is not read when members are added and removed."""
    group = find_group(uid, lock=True)
    check_match(if_match, group_version(group))
    shown = as_model(represent(group, "", members=None))
    changes = operations(shown, body)
    wanted = applied(shown, [change for change in changes if not is_about_members(change)])
    membership = membership_of(change for change in changes if is_about_members(change))
    add = people_named(membership.add)
    if wanted is not shown or membership.anew:
        _saved(group, wanted, add if membership.anew else None)
    if not membership.anew and (add or membership.remove):
        change_members(group=group, add=add, remove=people_known(membership.remove))
    return group


@transaction.atomic
def remove_group(uid: str, if_match: str | None) -> None:
    """DELETE."""
    group = find_group(uid, lock=True)
    check_match(if_match, group_version(group))
    delete_group(group=group)


def _described(group: DirectoryGroup | None, wanted: Group) -> DirectoryGroup:
    members = people_named({member.value for member in wanted.members or () if member.value})
    return _saved(group, wanted, members)


def _saved(
    group: DirectoryGroup | None, wanted: Group, members: Collection[Person] | None
) -> DirectoryGroup:
    if not wanted.display_name:
        raise InvalidValueException(detail="displayName is required.")
    try:
        return save_group(
            group=group,
            name=wanted.display_name,
            external_id=wanted.external_id,
            members=members,
        )
    except ValidationError as error:
        raise _told(error) from error
    except IntegrityError as error:  # somebody else was quicker
        raise UniquenessException(detail="There is such a group already.") from error


def _told(error: ValidationError) -> SCIMException:
    name, problems = next(iter(error.error_dict.items()))
    detail = f"{ATTRIBUTES[name]}: {' '.join(problems[0].messages)}"
    if name == NON_FIELD_ERRORS or problems[0].code == "unique":
        return UniquenessException(attribute=ATTRIBUTES[name], detail=detail)
    return InvalidValueException(attribute=ATTRIBUTES[name], detail=detail)
