"""What a PATCH asks for (RFC 7644, section 3.5.2), in one plain form for all the ways to say it."""

from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import Any, NamedTuple

import scim2_models
from scim2_models import (
    AttributeBinding,
    InvalidPathException,
    InvalidSyntaxException,
    InvalidValueException,
    Mutability,
    MutabilityException,
    NoTargetException,
    Path,
    PayloadTooLargeException,
    Resource,
)

from api.scim.patch_values import complex_value, complex_values, is_blank, is_complex, scalar
from api.scim.resources import Group, User

SCHEMA = "urn:ietf:params:scim:api:messages:2.0:PatchOp"
OPERATIONS = 1_000
LONGEST_PATH = 4_000  # characters; real ones have up to 200
STANDARD: dict[str, Any] = {
    str(User.__schema__): scim2_models.User[scim2_models.EnterpriseUser],
    str(Group.__schema__): scim2_models.Group,
}
"""RFC 7643 in full: of its attributes we drop what we do not keep, and refuse no provider."""


class Op(StrEnum):
    ADD = "add"
    REPLACE = "replace"
    REMOVE = "remove"


class Operation(NamedTuple):
    """One change at one path. Add and replace have a value; a remove may select by one."""

    op: Op
    path: Path[Any]
    value: Any = None


def operations(resource: Resource[Any], body: Mapping[str, Any]) -> list[Operation]:
    """The changes that a PATCH of `resource` asks for, in order, but for those we drop.

    Raises `SCIMException` for what cannot be read, with the attribute's name.
    """
    check_schema(body, SCHEMA)
    raw = member(body, "Operations")
    if not isinstance(raw, list) or not raw:
        raise InvalidSyntaxException(detail='"Operations" is a list of at least one operation.')
    if len(raw) > OPERATIONS:
        raise PayloadTooLargeException(
            detail=f"{len(raw)} operations; a PATCH has at most {OPERATIONS}."
        )
    changes = [change for item in raw for change in _read(resource, item)]
    if len(changes) > OPERATIONS:
        raise PayloadTooLargeException(
            detail=f"{len(changes)} changes; a PATCH has at most {OPERATIONS}."
        )
    return changes


def contents(kind: type[Resource[Any]], body: Mapping[str, Any]) -> list[Operation]:
    """The additions that make of an empty resource what a POST or PUT describes.

    So a resource is read with the same care, and the same patience, as a change of it. Read-only
    attributes are ignored (RFC 7644, section 3.3).
    """
    check_schema(body, str(kind.__schema__))
    return [
        change
        for key, value in body.items()
        if key.lower() != "schemas"
        for change in _changes(kind, Op.ADD, key, value, ignore_read_only=True)
        if change.op == Op.ADD  # a blank is nothing
    ]


def member(body: Mapping[str, Any], name: str) -> Any:
    """A member of a message; the case of its name is ignored (RFC 7643, section 2.1)."""
    if name in body:
        return body[name]
    return next((value for key, value in body.items() if key.lower() == name.lower()), None)


def check_schema(body: Mapping[str, Any], urn: str) -> None:
    """Raises `InvalidSyntaxException` for a message that does not say that it is of this schema."""
    schemas = member(body, "schemas")
    named = schemas if isinstance(schemas, list) else []
    if urn.lower() not in (str(name).lower() for name in named):
        raise InvalidSyntaxException(detail=f'"schemas" has to name {urn}.')


def _read(resource: Resource[Any], item: Any) -> Iterator[Operation]:
    if not isinstance(item, Mapping):
        raise InvalidSyntaxException(detail="An operation is an object.")
    word = member(item, "op")
    try:
        op = Op(str(word).lower())
    except ValueError as error:
        told = f'"op" is add, remove or replace, not {word!r:.40}.'
        raise InvalidSyntaxException(detail=told) from error
    path = member(item, "path") or ""
    if not isinstance(path, str):
        raise InvalidPathException(detail='"path" is text.')
    value = member(item, "value")
    if op != Op.REMOVE and "value" not in map(str.lower, item):
        raise InvalidValueException(detail=f'"{op}" needs a "value".')
    if path:
        yield from _changes(type(resource), op, path, value)
    elif op == Op.REMOVE:
        raise NoTargetException(detail='A remove needs a "path".')
    elif not isinstance(value, Mapping):
        raise InvalidSyntaxException(detail='Without a "path", "value" is an object.')
    else:
        for key, inner in value.items():
            if key.lower() == "schemas" or (key.lower() == "id" and inner == resource.id):
                continue  # Okta repeats the id of a group
            yield from _changes(type(resource), op, key, inner)


def _changes(
    kind: type[Resource[Any]], op: Op, text: str, value: Any, *, ignore_read_only: bool = False
) -> Iterator[Operation]:
    path = _path(kind, text)
    standard = _path(STANDARD[str(kind.__schema__)], text).resolve()
    if path.model is not None:
        yield from _schema_changes(kind, op, path, value)
        return
    binding = path.resolve()
    if binding is None:
        if standard is None:
            raise InvalidPathException(path=text, detail=f"There is no attribute {text!r}.")
    elif not _is_read_only(binding):
        yield _change(binding, standard, op, path, value)
    elif not ignore_read_only and (standard is None or _is_read_only(standard)):
        raise MutabilityException(attribute=text, detail=f"{text!r} is read-only.")


def _schema_changes(
    kind: type[Resource[Any]], op: Op, path: Path[Any], value: Any
) -> Iterator[Operation]:
    """Of everything in an extension, or in the core schema, named by its URN."""
    if op == Op.REMOVE or is_blank(value):
        yield Operation(Op.REMOVE, path)
    elif isinstance(value, Mapping):
        for key, inner in value.items():
            yield from _changes(kind, op, f"{path}:{key}", inner)
    else:
        raise InvalidValueException(detail=f"{path} takes an object.")


def _change(
    binding: AttributeBinding,
    standard: AttributeBinding | None,
    op: Op,
    path: Path[Any],
    value: Any,
) -> Operation:
    kind = binding.target_type
    whole = is_complex(kind)
    selects = path.value_filter is not None
    if whole and binding.is_multivalued and not selects:
        return _list_change(kind, standard, op, path, value)
    if op != Op.REMOVE and not is_blank(value):
        if is_complex(kind):
            value = complex_value(kind, standard and standard.target_type, value, str(path))
            if "value" in value and value["value"] is None:
                value = None  # a manager of nobody
        elif not binding.target_is_multivalued:
            value = scalar(kind, value, str(path))
        if value is not None:
            return Operation(op, path, value)
    if binding.sub_field_name == "value":
        path = type(path)(str(path).rpartition(".")[0])  # an e-mail without an address is none
    return Operation(Op.REMOVE, path)


def _list_change(
    kind: Any, standard: AttributeBinding | None, op: Op, path: Path[Any], value: Any
) -> Operation:
    if op == Op.REMOVE and value is None:
        return Operation(op, path)
    entries = complex_values(kind, standard and standard.target_type, value, str(path))
    if op == Op.REMOVE:
        # Entra names members to remove as it added them: "$ref": null stands beside the value
        told = [{key: item for key, item in entry.items() if item} for entry in entries]
        return Operation(op, path, [_without_ref(entry) for entry in told])
    if op == Op.REPLACE and not entries:
        return Operation(Op.REMOVE, path)
    return Operation(op, path, entries)


def _without_ref(entry: dict[str, Any]) -> dict[str, Any]:
    return {key: item for key, item in entry.items() if key.lower() != "$ref"}


def _is_read_only(binding: AttributeBinding) -> bool:
    head = binding.model.get_field_annotation(binding.field_name, Mutability)
    return Mutability.read_only in (head, binding.get_annotation(Mutability))


def _path(model: Any, text: str) -> Path[Any]:
    if not text:
        raise InvalidPathException(detail="'' names no attribute.")
    if len(text) > LONGEST_PATH:
        raise InvalidPathException(
            detail=f"{text[:60]!r}…: a path has at most {LONGEST_PATH} characters."
        )
    try:
        path: Path[Any] = Path.__class_getitem__(model)(text)
    except InvalidPathException as error:
        raise InvalidPathException(path=text, detail=f"{text!r}: {error}.") from error
    return path
