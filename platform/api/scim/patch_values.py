"""The values of a PATCH as identity providers write them, made what the attribute takes."""

import re
from collections.abc import Iterator, Mapping
from inspect import isclass
from typing import Any, TypeGuard

from scim2_models import ComplexAttribute, InvalidValueException, Mutability

UNSTORABLE = re.compile(r"[\x00\ud800-\udfff]")
"""What JSON can write and PostgreSQL's text cannot hold."""
TRUTHS = {"true": True, "false": False}
LONGEST = 1_000
"""Characters of one value: more than any column takes, so that what has none is bounded too."""


def is_complex(kind: Any) -> TypeGuard[type[ComplexAttribute]]:
    return isclass(kind) and issubclass(kind, ComplexAttribute)


def is_blank(value: Any) -> bool:
    """Nothing, in any of the ways in which providers clear an attribute."""
    return value is None or value == [] or (isinstance(value, str) and not value.strip())


def scalar(kind: Any, value: Any, path: str) -> Any:
    """One simple value; None where it is blank.

    Entra sends booleans as "True" and "False", and its older jobs wrap a single value as
    ``[{"$ref": null, "value": "x"}]``.
    """
    if isinstance(value, list):
        if len(value) > 1:
            raise InvalidValueException(detail=f"{path} takes one value, not {len(value)}.")
        value = value[0] if value else None
    if isinstance(value, Mapping) and "value" in value:
        value = value["value"]
    if is_blank(value):
        return None
    if isinstance(value, str) and UNSTORABLE.search(value):
        raise InvalidValueException(detail=f"{path} has characters that are no text.")
    if isinstance(value, str) and len(value) > LONGEST:
        raise InvalidValueException(detail=f"{path} is longer than {LONGEST} characters.")
    if kind is not bool or isinstance(value, bool):
        return value
    truth = TRUTHS.get(value.lower()) if isinstance(value, str) else None
    if truth is None:
        raise InvalidValueException(detail=f"{path} takes true or false, not {value!r:.60}.")
    return truth


def complex_value(
    kind: type[ComplexAttribute], standard: Any, value: Any, path: str
) -> dict[str, Any]:
    """The sub-attributes of one complex value that are ours to keep.

    Dropped are those we compute, and those of RFC 7643 (`standard`) that we do not keep. A bare
    text is its ``value``, as Entra writes a manager, and so is the only item of a list. Blank
    sub-attributes are None. Raises `InvalidValueException`, naming what does not exist.
    """
    if isinstance(value, list) and len(value) == 1:
        value = value[0]
    if isinstance(value, str) and "value" in kind.model_fields:
        value = {"value": value}
    if not isinstance(value, Mapping):
        raise InvalidValueException(detail=f"{path} takes an object, not {value!r:.60}.")
    return dict(_kept(kind, standard, value, path))


def _kept(
    kind: type[ComplexAttribute], standard: Any, value: Mapping[str, Any], path: str
) -> Iterator[tuple[str, Any]]:
    for name, item in value.items():
        field = field_named(kind, name)
        if field is None:
            if name == "$ref" or (is_complex(standard) and field_named(standard, name)):
                continue  # Entra writes "$ref": null into any value
            raise InvalidValueException(detail=f"{path} has no {name!r}.")
        if kind.get_field_annotation(field, Mutability) != Mutability.read_only:
            yield (
                kind._scim_name(field),
                scalar(kind.get_field_root_type(field), item, f"{path}.{name}"),
            )


def complex_values(
    kind: type[ComplexAttribute], standard: Any, value: Any, path: str
) -> list[dict[str, Any]]:
    """The entries of a multi-valued attribute; those without a ``value`` are none."""
    items = value if isinstance(value, list) else [value]
    entries = (complex_value(kind, standard, item, path) for item in items if not is_blank(item))
    return [entry for entry in entries if not is_blank(entry.get("value"))]


def field_named(model: type[ComplexAttribute], name: str) -> str | None:
    """The field of an attribute name; case is ignored (RFC 7643, section 2.1)."""
    for field in model.model_fields:
        if model._scim_name(field).lower() == name.lower():
            return field
    return None
