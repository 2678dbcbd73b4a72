"""What a company sets for itself: its rhythm, its briefs, its colour and its logo."""

from datetime import datetime
from functools import partial
from secrets import token_hex
from typing import Any

from django.core.files.base import File
from django.db import transaction
from django.utils import timezone
from django_tenants.utils import get_public_schema_name, schema_context

from tenants.companies.logos import examine
from tenants.companies.models import Company

LOGO = ["logo", "logo_width", "logo_height"]


def change_rhythm(
    *,
    company: Company,
    day: int | None = None,
    hour: int | None = None,
    time_zone: str | None = None,
    now: datetime | None = None,
) -> bool:
    """When briefs come: ISO weekday, hour (0 to 23), IANA time zone; None leaves it as it is.

    A week whose moment is past under the new rhythm and was not under the old one is due at once:
    `Company.rhythm_since` tells so. Returns whether anything changed. Raises `ValidationError`.
    """
    given = {"brief_day": day, "brief_hour": hour, "time_zone": time_zone}
    changed = _set(company, {name: value for name, value in given.items() if value is not None})
    if changed:
        company.rhythm_since = now or timezone.now()
        _save(company, [*changed, "rhythm_since"])
    return bool(changed)


def shape_briefs(*, company: Company, size: int, sender_name: str, heads_up: bool) -> bool:
    """How many people are in a brief, who mail is from, and whether learners get a heads-up.

    Returns whether anything changed. Raises `ValidationError`.
    """
    given = {"brief_size": size, "sender_name": sender_name.strip(), "heads_up": heads_up}
    changed = _set(company, given)
    if changed:
        _save(company, changed)
    return bool(changed)


def paint(*, company: Company, brand_colour: str) -> bool:
    """The company's own colour, ``#rrggbb``, or "" for Throughline's.

    Returns whether anything changed. Raises `ValidationError`.
    """
    changed = _set(company, {"brand_colour": brand_colour.strip().lower()})
    if changed:
        _save(company, changed)
    return bool(changed)


def hide_setup(*, company: Company, hidden: bool = True) -> bool:
    """The admin site's checklist for getting started, gone for everybody or back again.

    Returns whether anything changed.
    """
    changed = _set(company, {"setup_hidden": hidden})
    if changed:
        _save(company, changed)
    return bool(changed)


def demand_single_sign_on(*, company: Company) -> None:
    """From now on passwords open nothing. Whether anybody still comes in is the caller's to ask."""
    company.single_sign_on_only = True
    _save(company, ["single_sign_on_only"])


def allow_passwords(*, company: Company) -> None:
    """Passwords open the company's pages again."""
    company.single_sign_on_only = False
    _save(company, ["single_sign_on_only"])


@transaction.atomic
def put_logo(*, company: Company, upload: "File[Any]") -> None:
    """Give the company this picture in place of its name, and of the logo it had.

    To be called in the company's schema: it is stored there, under a random name. Raises
    `LogoRefused`, a `ValidationError`.
    """
    picture = examine(upload)
    before = str(company.logo.name or "")
    company.logo.save(f"{token_hex(16)}.{picture.ending}", upload, save=False)
    company.logo_width, company.logo_height = picture.width, picture.height
    try:
        _save(company, LOGO)
    except BaseException:
        company.logo.storage.delete(str(company.logo.name))
        raise
    _forget(company, before)


@transaction.atomic
def remove_logo(*, company: Company) -> bool:
    """The name is shown again. Returns whether there was a logo."""
    before = str(company.logo.name or "")
    if before:
        company.logo.name, company.logo_width, company.logo_height = "", None, None
        _save(company, LOGO)
        _forget(company, before)
    return bool(before)


def _forget(company: Company, name: str) -> None:
    """Let go of a picture once nothing can go back to it."""
    if name:
        transaction.on_commit(partial(company.logo.storage.delete, name), robust=True)


def _set(company: Company, given: dict[str, object]) -> list[str]:
    """Sets what differs, and checks it; returns the names of these fields."""
    changed = [name for name, value in given.items() if getattr(company, name) != value]
    for name in changed:
        setattr(company, name, given[name])
    others = {field.name for field in company._meta.fields} - set(changed)
    company.clean_fields(exclude=others)
    return changed


def _save(company: Company, fields: list[str]) -> None:
    with schema_context(get_public_schema_name()):
        company.save(update_fields=fields)
