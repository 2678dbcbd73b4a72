"""Where the attributes of a User are; what each says is `users.represent`'s to decide."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db.models import (
    BooleanField,
    Case,
    F,
    Func,
    OuterRef,
    Q,
    TextField,
    Value,
    When,
)
from django.db.models.fields.json import KT
from django.db.models.functions import Coalesce, Concat, StrIndex, Substr, Trim
from django.db.models.lookups import Exact

from api.scim.resources import FullUser
from api.scim.tables import (
    NEVER,
    Expression,
    Related,
    Table,
    address,
    as_text,
    folded,
    person_name,
    text_or_null,
)
from api.scim.users import (
    CORE,
    ENTERPRISE,
    THROUGHLINE,
    as_model,
    represent,
    visible_people,
    with_groups,
)
from tenants.people.models import DirectoryGroup, EmploymentStatus

USER_NAME = Coalesce(
    F("user_name"),
    F("email"),
    F("employee_number"),
    F("external_id"),
    as_text("uid"),
    output_field=TextField(),
)
MADE_UP_NAME = Q(
    family_name="", given_name=Func(USER_NAME, Value("@"), Value(1), function="split_part")
)
FORMATTED = Trim(Concat("given_name", Value(" "), "family_name", output_field=TextField()))
NOT_AT_WORK = Q(employment_status__in=(EmploymentStatus.LEAVE, EmploymentStatus.PREHIRE))
UNTOLD = Q(employment_status=EmploymentStatus.TERMINATED, attributes__endDate="")
AWAITED = text_or_null(Substr("awaited_manager", StrIndex("awaited_manager", Value(":")) + 1))
HAS_EMAIL = Q(email__isnull=False)


def user_table(base: str) -> Table:
    """`base` is the address of ``/scim/v2``."""

    def shown(people: Any, unread: frozenset[str]) -> list[dict[str, Any]]:
        if "groups" in unread:
            return [represent(person, base, groups=()) for person in people]
        return [represent(person, base) for person in with_groups(people)]

    groups = DirectoryGroup.objects.filter(members=OuterRef("pk"))
    return Table(
        model=FullUser,
        rows=visible_people(),
        columns={
            **{f"{CORE}:{name}": column for name, column in _core(base).items()},
            **{f"{ENTERPRISE}:{name}": column for name, column in _enterprise(base).items()},
            **{f"{THROUGHLINE}:{name}": column for name, column in _throughline().items()},
        },
        related={
            f"{CORE}:groups": Related(
                rows=groups,
                columns={
                    f"{CORE}:groups.value": as_text("uid"),
                    f"{CORE}:groups.display": F("name"),
                    f"{CORE}:groups.$ref": address(f"{base}/Groups/"),
                },
            )
        },
        indexed={
            f"{CORE}:id": _with_uid,
            f"{CORE}:userName": called,
            f"{CORE}:emails.value": lambda value: Q(email=value),
        },
        parsed=as_model,
        shown=shown,
    )


def called(user_name: str) -> Q:
    """Whoever goes by this userName, in lower case; see `users.user_name_of`."""
    number_or_id = Q(Exact(folded(USER_NAME, case_exact=False), user_name), email=None)
    return Q(user_name=user_name) | Q(user_name=None) & (Q(email=user_name) | number_or_id)


def _with_uid(value: str) -> Q:
    try:
        return Q(uid=UUID(value))
    except ValueError:
        return NEVER


def _core(base: str) -> Mapping[str, Expression]:
    return {
        "id": as_text("uid"),
        "externalId": F("external_id"),
        "userName": USER_NAME,
        "name.givenName": Case(When(~MADE_UP_NAME, F("given_name")), output_field=TextField()),
        "name.familyName": text_or_null("family_name"),
        "name.formatted": Case(When(~MADE_UP_NAME, FORMATTED), output_field=TextField()),
        "displayName": person_name(),
        "nickName": text_or_null("preferred_name"),
        "title": text_or_null("job_title"),
        "userType": KT("attributes__userType"),
        "preferredLanguage": KT("attributes__preferredLanguage"),
        "locale": Coalesce(KT("attributes__locale"), text_or_null("locale")),
        "timezone": Coalesce(KT("attributes__timezone"), text_or_null("time_zone")),
        "active": Case(
            When(employment_status=EmploymentStatus.TERMINATED, then=False),
            When(NOT_AT_WORK & Q(attributes__active=False), then=False),
            default=True,
            output_field=BooleanField(),
        ),
        "emails.value": F("email"),
        "emails.type": _of_email(Coalesce(KT("attributes__emails.type"), Value("work"))),
        "emails.primary": Case(
            When(HAS_EMAIL & Q(**{"attributes__emails.primary": False}), then=False),
            When(HAS_EMAIL, then=True),
            output_field=BooleanField(),
        ),
        "meta.resourceType": Value("User", output_field=TextField()),
        "meta.created": F("created_at"),
        "meta.lastModified": F("updated_at"),
        "meta.location": address(f"{base}/Users/"),
    }


def _enterprise(base: str) -> Mapping[str, Expression]:
    managed = Q(manager__isnull=False)
    return {
        "employeeNumber": F("employee_number"),
        "costCenter": KT("attributes__costCenter"),
        "organization": KT("attributes__organization"),
        "division": KT("attributes__division"),
        "department": F("department__name"),
        "manager.value": Coalesce(as_text("manager__uid"), AWAITED),
        "manager.$ref": Case(
            When(managed, address(f"{base}/Users/", "manager__uid")), output_field=TextField()
        ),
        "manager.displayName": person_name("manager__"),
    }


def _throughline() -> Mapping[str, Expression]:
    status = F("employment_status")
    return {
        "hireDate": as_text("hired_on"),
        "rehireDate": as_text("rehired_on"),
        "endDate": Case(
            When(UNTOLD, then=None), default=as_text("ended_on"), output_field=TextField()
        ),
        "employmentStatus": Case(
            When(NOT_AT_WORK | Q(employment_status=KT("attributes__employmentStatus")), status),
            output_field=TextField(),
        ),
        "location": text_or_null("location"),
    }


def _of_email(expression: Expression) -> Expression:
    return Case(When(HAS_EMAIL, expression), output_field=TextField())
