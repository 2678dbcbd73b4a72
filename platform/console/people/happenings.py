"""What happened to somebody: lines of one list, whatever app knows of it."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _

from tenants.people.auditing.wording import Change

EARLY: Final = datetime.min.replace(tzinfo=UTC)


class Kind(models.TextChoices):
    """What the list can be narrowed to, in the order of the chips."""

    EMPLOYMENT = "employment", _("Employment")
    HRIS = "hris", _("HRIS")
    ROLES = "roles", _("Roles")
    PATHS = "paths", _("Paths")
    LEVELS = "levels", _("Levels seen")
    BRIEFS = "briefs", _("Briefs")
    TALKS = "talks", _("Talks")
    SUGGESTIONS = "suggestions", _("Suggestions")
    BARRIERS = "barriers", _("Barriers")
    UNDELIVERED = "undelivered", _("Not delivered")
    AUDIT = "audit", _("Audit log")


@dataclass(frozen=True)
class Happening:
    """`words` are a sentence without a full stop; `link` leads to where it is told in full."""

    kind: Kind
    on: date
    words: str
    more: str = ""
    link: str = ""
    changes: Sequence[Change] = ()
    at: datetime = EARLY
    """For the order within a day."""


@dataclass(frozen=True)
class Chip:
    """A kind to narrow the list to, with how many there are; "" is all of them."""

    value: str
    label: str
    number: int


def in_order(happenings: Iterable[Happening]) -> list[Happening]:
    """The latest first."""
    return sorted(happenings, key=lambda each: (each.on, each.at), reverse=True)


def chips(happenings: Sequence[Happening]) -> list[Chip]:
    """All, and each kind that occurs."""
    numbers = Counter(each.kind for each in happenings)
    kinds = [Chip(kind, str(kind.label), numbers[kind]) for kind in Kind if numbers[kind]]
    return [Chip("", str(_("Everything")), len(happenings)), *kinds]
