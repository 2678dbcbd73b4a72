"""What we serve over SCIM: the attributes that are kept, and no others (RFC 7643)."""

from typing import Annotated, Any

from pydantic import Field
from scim2_models import (
    URN,
    AnyExtension,
    CaseExact,
    ComplexAttribute,
    ExtensibleStringEnum,
    Extension,
    Mutability,
    Reference,
    Required,
    Resource,
    Returned,
    ScimPolicy,
    Uniqueness,
)

MAX_RESULTS = 200
BULK_OPERATIONS = 1_000
BULK_BYTES = 1024 * 1024

FORGIVING = ScimPolicy(
    remove_value_as_filter=ScimPolicy.RemoveValue.apply,
    unmatched_path_filter=ScimPolicy.UnmatchedPathFilter.create,
)
"""What Entra needs beyond the standard; everything else is read strictly."""


class EmailType(ExtensibleStringEnum):
    work = "work"
    home = "home"
    other = "other"


class Name(ComplexAttribute):
    formatted: Annotated[str | None, Mutability.read_only, Returned.request] = None
    family_name: str | None = None
    given_name: str | None = None


class Email(ComplexAttribute):
    value: str | None = None
    type: EmailType | None = None
    primary: bool | None = None


class GroupMembership(ComplexAttribute):
    value: Annotated[str | None, Mutability.read_only, CaseExact.true] = None
    ref: Annotated[Reference["Group"] | None, Mutability.read_only] = Field(
        None, serialization_alias="$ref", validation_alias="$ref"
    )
    display: Annotated[str | None, Mutability.read_only] = None


class User(Resource[AnyExtension]):
    __schema__ = URN("urn:ietf:params:scim:schemas:core:2.0:User")

    user_name: Annotated[str | None, Uniqueness.server, Required.true] = None
    name: Name | None = None
    display_name: Annotated[str | None, Mutability.read_only] = None
    nick_name: str | None = None
    title: str | None = None
    user_type: str | None = None
    preferred_language: str | None = None
    locale: str | None = None
    timezone: str | None = None
    active: Annotated[bool | None, Required.true] = None
    """Nobody is without it: left out of a POST it is true, left out of a PUT it stays."""
    emails: list[Email] | None = None
    groups: Annotated[list[GroupMembership] | None, Mutability.read_only] = None


class Manager(ComplexAttribute):
    value: Annotated[str | None, CaseExact.true] = None
    ref: Annotated[Reference["User"] | None, Mutability.read_only] = Field(  # type: ignore[type-arg]
        None, serialization_alias="$ref", validation_alias="$ref"
    )
    display_name: Annotated[str | None, Mutability.read_only] = None


class EnterpriseUser(Extension):
    """RFC 7643, section 4.3."""

    __schema__ = URN("urn:ietf:params:scim:schemas:extension:enterprise:2.0:User")

    employee_number: str | None = None
    cost_center: str | None = None
    organization: str | None = None
    division: str | None = None
    department: str | None = None
    manager: Manager | None = None


class Employment(ExtensibleStringEnum):
    prehire = "prehire"
    active = "active"
    leave = "leave"
    terminated = "terminated"


class ThroughlineUser(Extension):
    """What the two-week clock and the right time zone and place need."""

    __schema__ = URN("urn:ietf:params:scim:schemas:extension:throughline:2.0:User")

    hire_date: str | None = None
    """A day such as 2026-11-18; a time after it is dropped."""
    rehire_date: str | None = None
    end_date: str | None = None
    """Their last day."""
    employment_status: Employment | None = None
    """Said here, it decides; else ``active`` false means that they have left."""
    location: str | None = None


FullUser = User[EnterpriseUser | ThroughlineUser]


class Member(ComplexAttribute):
    value: Annotated[str | None, Mutability.immutable, CaseExact.true] = None
    ref: Annotated[Reference["User"] | None, Mutability.immutable] = Field(  # type: ignore[type-arg]
        None, serialization_alias="$ref", validation_alias="$ref"
    )
    display: Annotated[str | None, Mutability.read_only, Returned.request] = None


class Group(Resource[Any]):
    __schema__ = URN("urn:ietf:params:scim:schemas:core:2.0:Group")

    display_name: Annotated[str | None, Uniqueness.server, Required.true] = None
    members: list[Member] | None = None
