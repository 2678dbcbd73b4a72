"""A User as it is sent whole, with POST or PUT: what we keep of it, read strictly or dropped."""

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, Final

import scim2_models
from scim2_models import (
    BaseModel,
    Context,
    Extension,
    InvalidSyntaxException,
    Mutability,
)

from api.scim.patch_values import complex_value, complex_values, is_complex, scalar
from api.scim.resources import EnterpriseUser, FullUser, ThroughlineUser, User

CORE = str(User.__schema__)
EXTENSIONS: Final[dict[str, type[Extension]]] = {
    str(model.__schema__).lower(): model for model in (EnterpriseUser, ThroughlineUser)
}
STANDARD: Final[dict[type[BaseModel], type[BaseModel] | None]] = {
    FullUser: scim2_models.User,
    EnterpriseUser: scim2_models.EnterpriseUser,
    ThroughlineUser: None,
}
"""RFC 7643 in full: what it has and we do not is dropped, since every provider sends it."""


def user_of(body: Mapping[str, Any], *, active: bool) -> FullUser:
    """The User in a body. `active` is what they are where it does not say.

    Read-only attributes are ignored, and so are those of RFC 7643 that we do not keep; a boolean
    may be text, as Entra writes it, and an empty text is no value (RFC 7643, section 2.5). Raises
    `SCIMException` or pydantic's `ValidationError`, naming what nobody has defined or what is
    wrong. A fifteenth of the time of reading it as the PATCH that would make it.
    """
    kept = {"schemas": _schemas(body), "active": active, **dict(_kept(FullUser, body))}
    for name, value in body.items():
        if (model := EXTENSIONS.get(name.lower())) is None or value is None:
            continue
        urn = str(model.__schema__)
        if not isinstance(value, Mapping):
            raise InvalidSyntaxException(detail=f"{urn} takes an object.")
        kept[urn] = dict(_kept(model, value, f"{urn}:"))
    return FullUser.model_validate(kept, scim_ctx=Context.RESOURCE_CREATION_REQUEST)


def says(body: Mapping[str, Any], model: type[Extension]) -> bool:
    """Whether a body speaks of an extension at all, by its attributes or among its schemas."""
    urn = str(model.__schema__).lower()
    return any(name.lower() == urn for name in (*body, *_schemas(body)))


def _schemas(body: Mapping[str, Any]) -> list[str]:
    sent = next((value for name, value in body.items() if name.lower() == "schemas"), None)
    if not isinstance(sent, list) or CORE.lower() not in (str(urn).lower() for urn in sent):
        raise InvalidSyntaxException(detail=f'A User has "schemas": ["{CORE}"].')
    known = {CORE.lower(): CORE, **{urn: str(EXTENSIONS[urn].__schema__) for urn in EXTENSIONS}}
    # Entra names its own besides; it is the attributes of an unknown schema that are refused
    return [known[urn] for name in sent if (urn := str(name).lower()) in known]


def _kept(
    model: type[BaseModel], sent: Mapping[str, Any], prefix: str = ""
) -> Iterator[tuple[str, Any]]:
    fields, standard = _fields(model), STANDARD[model]
    for name, value in sent.items():
        lower = name.lower()
        if lower == "schemas" or (lower in EXTENSIONS and not prefix):
            continue
        wide = _fields(standard).get(lower) if standard else None
        wide_kind = standard.get_field_root_type(wide) if standard and wide else None
        field = fields.get(lower)
        if field is None:
            if wide is None:
                raise InvalidSyntaxException(detail=f"There is no attribute {prefix}{name!r}.")
            continue
        if model.get_field_annotation(field, Mutability) == Mutability.read_only:
            continue
        kind: Any = model.get_field_root_type(field)
        if not is_complex(kind):
            taken = scalar(kind, value, f"{prefix}{name}")
        elif model.get_field_multiplicity(field):
            taken = complex_values(kind, wide_kind, value or [], f"{prefix}{name}")
        elif value in (None, "", [], {}):
            continue
        else:
            taken = complex_value(kind, wide_kind, value, f"{prefix}{name}")
        if taken is not None:
            yield model._scim_name(field), taken


@cache
def _fields(model: type[BaseModel]) -> dict[str, str]:
    """The field of each attribute by its name, whose case is ignored (RFC 7643, section 2.1)."""
    return {model._scim_name(field).lower(): field for field in model.model_fields}
