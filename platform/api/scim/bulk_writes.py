"""What bulk can write: the functions behind the single requests, told apart by resource."""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from api.scim.group_writes import create_group, patch_group, remove_group, replace_group
from api.scim.groups import represent
from api.scim.user_writes import change_user, create_user, delete_user, replace_user
from api.scim.views import Caller

Body = Mapping[str, Any]
Shown = Mapping[str, Any]


class Writes(NamedTuple):
    """One function per method; those for what is there take its version, or None."""

    create: Callable[[Body, Caller], Shown]
    replace: Callable[[str, Body, Caller, str | None], Shown]
    change: Callable[[str, Body, Caller, str | None], Shown]
    remove: Callable[[str, Caller, str | None], None]


def _create_group(body: Body, caller: Caller) -> Shown:
    return represent(create_group(body), caller.base, members=None)


def _replace_group(uid: str, body: Body, caller: Caller, version: str | None) -> Shown:
    return represent(replace_group(uid, body, version), caller.base, members=None)


def _change_group(uid: str, body: Body, caller: Caller, version: str | None) -> Shown:
    return represent(patch_group(uid, body, version), caller.base, members=None)


WRITES: dict[str, Writes] = {
    "Users": Writes(
        create=create_user,
        replace=lambda uid, body, caller, tag: replace_user(uid, body, caller, if_match=tag),
        change=lambda uid, body, caller, tag: change_user(uid, body, caller, if_match=tag),
        remove=lambda uid, caller, tag: delete_user(uid, caller, if_match=tag),
    ),
    "Groups": Writes(
        create=_create_group,
        replace=_replace_group,
        change=_change_group,
        remove=lambda uid, _, tag: remove_group(uid, tag),
    ),
}
