"""PATCH (RFC 7644, section 3.5.2) of a resource in memory, as Entra and Okta send it."""

from collections.abc import Iterable, Mapping
from typing import Any, TypeVar, cast

from pydantic import ValidationError
from scim2_models import Context, Error, InvalidValueException, PatchOp, Resource, SCIMException

from api.scim.patch_bodies import SCHEMA, Operation, contents, operations
from api.scim.resources import FORGIVING

R = TypeVar("R", bound=Resource[Any])
MOST_EMAILS = 50


def patched(resource: R, body: Mapping[str, Any]) -> R:
    """`resource` as the PATCH in `body` leaves it: a changed copy, or itself where nothing changes.

    All operations or none. Attributes of RFC 7643 that are not kept here, and those that are
    computed here, are dropped without an error; the others apply. Raises `SCIMException` with its
    scimType and the attribute's name.
    """
    return applied(resource, operations(resource, body))


def described(kind: type[R], body: Mapping[str, Any]) -> R:
    """The resource in the body of a POST or PUT; raises `SCIMException` as `patched` does."""
    return applied(kind(), contents(kind, body))


def applied(resource: R, changes: Iterable[Operation]) -> R:
    """`resource` after these changes: a copy, or itself where they change nothing."""
    copy = resource.model_copy(deep=True)
    kind: Any = PatchOp.__class_getitem__(type(resource))
    changed = False
    for change in changes:
        item = {"op": change.op, "path": str(change.path)}
        if change.value is not None:
            item["value"] = change.value
        try:
            patch = kind.model_validate(
                {"schemas": [SCHEMA], "Operations": [item]},
                scim_ctx=Context.RESOURCE_PATCH_REQUEST,
                scim_policy=FORGIVING,
            )
            changed |= patch.patch(copy, scim_policy=FORGIVING)
        except (ValidationError, SCIMException) as error:
            raise _told(error, str(change.path)) from error
        if len(getattr(copy, "emails", None) or ()) > MOST_EMAILS:  # each makes the next slower
            raise InvalidValueException(detail=f"emails: {MOST_EMAILS} are enough; one is kept.")
    return copy if changed else resource


def _told(error: Exception, path: str) -> SCIMException:
    """The same, with the path in its detail and none of the names that things have inside."""
    cause = error if isinstance(error, ValidationError) else error.__cause__
    if isinstance(cause, ValidationError):
        told = Error.from_validation_error(cause.errors()[0] | {"loc": ()})
    else:
        told = cast("SCIMException", error).to_error()
    detail = (told.detail or "").rstrip(".")
    return SCIMException.from_error(told.model_copy(update={"detail": f"{path}: {detail}."}))
