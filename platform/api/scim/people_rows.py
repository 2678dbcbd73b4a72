"""From what a User says to a row for `sync_people`."""

from collections.abc import Callable, Mapping
from typing import Any, Final, TypeVar

from django.utils import timezone
from scim2_models import Extension

from api.scim.resources import Email, EnterpriseUser, FullUser, ThroughlineUser
from api.scim.users import ENTERPRISE, THROUGHLINE, name_without_one
from tenants.companies.context import current_company
from tenants.people.models import EmploymentStatus
from tenants.people.sync.values import BadValue, locale, time_zone

Row = dict[str, Any]
E = TypeVar("E", bound=Extension)
LEAVE, PREHIRE, ACTIVE, TERMINATED = (
    EmploymentStatus.LEAVE.value,
    EmploymentStatus.PREHIRE.value,
    EmploymentStatus.ACTIVE.value,
    EmploymentStatus.TERMINATED.value,
)
ATTRIBUTES: Final[dict[str, str]] = {
    "external_id": "externalId",
    "user_name": "userName",
    "email": "emails.value",
    "given_name": "name.givenName",
    "family_name": "name.familyName",
    "preferred_name": "nickName",
    "job_title": "title",
    "time_zone": "timezone",
    "employee_number": f"{ENTERPRISE}:employeeNumber",
    "department": f"{ENTERPRISE}:department",
    "manager_key": f"{ENTERPRISE}:manager.value",
    "hired_on": f"{THROUGHLINE}:hireDate",
    "rehired_on": f"{THROUGHLINE}:rehireDate",
    "ended_on": f"{THROUGHLINE}:endDate",
    "employment_status": f"{THROUGHLINE}:employmentStatus",
    "location": f"{THROUGHLINE}:location",
}
"""What a field of a row is called over SCIM; every other has the same name."""


def row_of(
    user: FullUser,
    *,
    before: FullUser | None = None,
    kept: Mapping[str, Any] | None = None,
    whole: bool = True,
    display_name: str | None = None,
) -> Row:
    """What `user` says; of somebody who is there (`before`) only what it says differently.

    What is unchanged was not said now, so a day or a status that another source gave stays as it
    is. `kept` are the attributes stored already; those of other sources are kept on. `whole`: the
    client sent everything, not only what it changes. `display_name` names somebody new who was
    sent without a name.
    """
    stored = kept or {}
    row = _fields(user, display_name)
    if not user.external_id and whole:
        del row["external_id"]  # the key of an HRIS that this client may not know
    if before is not None:
        unchanged = _fields(before, None)
        row = {name: value for name, value in row.items() if value != unchanged.get(name)}
        if not whole and "user_name" in row and _address(user) == (before.user_name or ""):
            row["email"] = _address_in(user.user_name) or _address(user)
    was = before and employment_of(before)
    status = _status(user, before, stored, whole=whole)
    if status != was or before is None:
        row["employment_status"] = status
    attributes = _attributes(user, before, stored)
    if user.active is False and status in (LEAVE, PREHIRE):
        attributes["active"] = False
    elif attributes.get("active") is False:
        del attributes["active"]
    if row.get("ended_on"):
        attributes.pop("endDate", None)
    elif "ended_on" in row and status == TERMINATED:
        attributes["endDate"] = ""  # a leaver has a last day; it is no longer told
    if attributes != stored:
        row["attributes"] = attributes
    return row


def employment_of(user: FullUser) -> str:
    """The status somebody is shown with."""
    said = _extension(user, ThroughlineUser).employment_status
    return str(said) if said else TERMINATED if user.active is False else ACTIVE


def _status(
    user: FullUser, before: FullUser | None, stored: Mapping[str, Any], *, whole: bool
) -> str:
    """Where ``active`` and employmentStatus differ, the one that was sent now decides.

    Sent both, employmentStatus does: on leave or before they start, an account may be disabled.
    But nobody who is not ``active`` is at work, and what a client only repeats because we showed
    it (Okta's PUT) does not keep anybody here.
    """
    said = _extension(user, ThroughlineUser).employment_status
    by_flag = ACTIVE
    if user.active is False:
        by_flag = PREHIRE if _is_awaited(user, before) else TERMINATED
    if before is None:
        return by_flag if said is None or (said, by_flag) == (ACTIVE, TERMINATED) else str(said)
    was = employment_of(before)
    flag_moved = user.active != before.active
    shown = _extension(before, ThroughlineUser).employment_status
    if said is None:
        return by_flag if flag_moved or shown is not None or by_flag == PREHIRE else was
    if said == shown:
        insists = whole and stored.get("employmentStatus") == said and said != ACTIVE
        return by_flag if flag_moved and not insists else was
    if (said, by_flag) == (ACTIVE, TERMINATED) and (whole or flag_moved):
        return TERMINATED
    return str(said)


def _is_awaited(user: FullUser, before: FullUser | None) -> bool:
    """Whether who is not ``active`` has yet to start: accounts are made before the first day.

    Of somebody who is there, where that day is said now, or they were disabled and awaited before.
    """
    starts = _starts(user)
    if not starts or starts <= current_company().day_of(timezone.now()).isoformat():
        return False
    if before is None or starts != _starts(before):
        return True
    return before.active is False and employment_of(before) == PREHIRE


def _starts(user: FullUser) -> str:
    ours = _extension(user, ThroughlineUser)
    return max(_day(ours.hire_date), _day(ours.rehire_date))


def _fields(user: FullUser, display_name: str | None) -> Row:
    work = _extension(user, EnterpriseUser)
    ours = _extension(user, ThroughlineUser)
    row: Row = {
        "external_id": user.external_id or "",
        "user_name": user.user_name or "",
        "email": _address(user),
        **_names(user, display_name),
        "preferred_name": user.nick_name or "",
        "job_title": user.title or "",
        "employee_number": work.employee_number or "",
        "department": work.department or "",
        "manager_key": (work.manager and work.manager.value) or "",
        "hired_on": _day(ours.hire_date),
        "rehired_on": _day(ours.rehire_date),
        "ended_on": _day(ours.end_date),
        "location": ours.location or "",
    }
    for name, sent, clean in (
        ("time_zone", user.timezone, time_zone),
        ("locale", user.locale, locale),
    ):
        if (value := _cleaned(clean, sent)) is not None:
            row[name] = value
    return row


def _names(user: FullUser, display_name: str | None) -> Row:
    given = (user.name and user.name.given_name) or ""
    family = (user.name and user.name.family_name) or ""
    if not given and not family and display_name:
        given, _, family = display_name.strip().partition(" ")
    return {
        "given_name": given if given.strip() else name_without_one(user.user_name or ""),
        "family_name": family,
    }


def _attributes(
    user: FullUser, before: FullUser | None, stored: Mapping[str, Any]
) -> dict[str, Any]:
    """The stored attributes with what is said differently now; those of other sources stay."""
    now, then = _beside_fields(user), _beside_fields(before) if before else {}
    attributes = dict(stored)
    for name, value in now.items():
        if value != then.get(name):
            attributes[name] = value
            if value is None:
                del attributes[name]
    return attributes


def _beside_fields(user: FullUser) -> dict[str, Any]:
    """What no field holds, or not just as it was sent."""
    work = _extension(user, EnterpriseUser)
    email = _chosen_email(user)
    status = _extension(user, ThroughlineUser).employment_status
    return {
        "userType": user.user_type,
        "preferredLanguage": user.preferred_language,
        "costCenter": work.cost_center,
        "organization": work.organization,
        "division": work.division,
        "timezone": user.timezone if _cleaned(time_zone, user.timezone) is None else None,
        "locale": user.locale if _cleaned(locale, user.locale) != user.locale else None,
        "emails.type": str(email.type) if email and email.type not in (None, "work") else None,
        "emails.primary": False if email and email.primary is False else None,
        "employmentStatus": str(status) if status else None,
    }


def _chosen_email(user: FullUser) -> Email | None:
    """The one address we keep: the primary, else that of work, else the first."""
    addresses = [email for email in user.emails or () if email.value]
    for is_it in (lambda email: email.primary, lambda email: email.type == "work"):
        if chosen := next(filter(is_it, addresses), None):
            return chosen
    return addresses[0] if addresses else None


def _address(user: FullUser) -> str:
    """Their e-mail; sent without any, a userName that is an address."""
    email = _chosen_email(user)
    return (email.value or "") if email else _address_in(user.user_name)


def _address_in(user_name: str | None) -> str:
    return user_name if user_name and "@" in user_name else ""


def _day(sent: str | None) -> str:
    """Entra's employeeHireDate is a dateTime."""
    return (sent or "").partition("T")[0]


def _cleaned(clean: Callable[[Any], str], sent: str | None) -> str | None:
    """As our field takes it; None where it cannot be read as that."""
    try:
        return clean(sent or "")
    except BadValue:
        return None


def _extension(user: FullUser, kind: type[E]) -> E:
    found = getattr(user, kind.__name__, None)
    return found if found is not None else kind()
