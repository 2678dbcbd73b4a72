"""A copy of everything that is stored about one person (GDPR, articles 15 and 20).

An app whose tables know people has a module `personal_data` with a `CONTRIBUTION`: what it adds to
the copy, and what it leaves out and why. Found by its name, so that imports go on leading down.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, Final, Protocol, cast
from uuid import UUID

from django.utils import timezone
from django.utils.functional import Promise

from tenants.companies.app_modules import app_modules
from tenants.companies.context import current_company
from tenants.people.models import Person
from tenants.people.onlookers import is_looked_on

FORMAT: Final = "throughline-personal-copy"
VERSION: Final = 1  # of docs/personal-copy.md: another one where a name goes or means another thing
MODULE: Final = "personal_data"


class Sections(Protocol):
    def __call__(self, person: Person, *, private: bool) -> dict[str, Any]:
        """Name → what is stored; the person's own private notes only where `private`."""


@dataclass(frozen=True)
class Contribution:
    """What one app knows of a person.

    `covers`: ``app.Model.field`` → the section that tells of it. `left_out`: ``app.Model.field``,
    or ``app.Model``, → why no copy has it.
    """

    sections: Sections
    covers: Mapping[str, str]
    left_out: Mapping[str, str]


def contributions() -> list[Contribution]:
    """Every app's, in the order of ``INSTALLED_APPS``."""
    return [cast(Contribution, module.CONTRIBUTION) for module in app_modules(MODULE)]


def copy_of(
    person: Person, *, reader: Person | None, now: datetime | None = None
) -> dict[str, Any]:
    """Everything about this person, for `reader`: the person's own notes only for themselves, and
    not while an operator reads in their name.

    Days and times as Python has them; see `as_json`. About forty queries, however much there is.
    """
    company = current_company()
    copy: dict[str, Any] = {
        "format": FORMAT,
        "version": VERSION,
        "made_at": now or timezone.now(),
        "company": {"name": company.name, "time_zone": company.time_zone},
    }
    left_out: dict[str, str] = {}
    private = reader is not None and reader.pk == person.pk and not is_looked_on()
    for each in contributions():
        copy |= each.sections(person, private=private)
        left_out |= each.left_out
    return {**copy, "left_out": [{"what": what, "why": why} for what, why in left_out.items()]}


def as_json(copy: Mapping[str, Any]) -> str:
    """As a file: times in UTC, days and times as ISO 8601 has them."""
    return json.dumps(copy, default=_plain, ensure_ascii=False, indent=2)


def named(person: Person | None) -> str | None:
    """All that a copy tells of somebody else."""
    return person.name if person else None


def _plain(value: object) -> str:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat().replace("+00:00", "Z")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, (Promise, UUID)):
        return str(value)
    raise TypeError(f"A copy cannot hold {value!r}.")
