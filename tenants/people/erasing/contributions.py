"""What each app says of erasing somebody (GDPR, article 17).

An app whose tables know people has a module `erasure` with an `ERASURE`. Found by its name, so that
imports go on leading down. `tests/people/erasing/test_coverage.py` reads every model, and fails for
a column that nothing is said of.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final, cast

from django.db.models import Model

from tenants.companies.app_modules import app_modules
from tenants.people.erasing.identities import Identity
from tenants.people.models import Person

MODULE: Final = "erasure"

Rows = dict[type[Model], list[int]]
"""Keys of the rows that go along with somebody, by table, those that others hang on first."""


@dataclass(frozen=True)
class Erasing:
    """Somebody who is being erased, and what goes with them. `rows` are locked."""

    person: Person
    identity: Identity
    rows: Rows
    now: datetime


def nothing_known(person: Person) -> Iterable[tuple[str, str]]:
    return ()


def nothing_to_tell(person: Person) -> Sequence[str]:
    return ()


@dataclass(frozen=True)
class Erasure:
    """Columns are ``app.Model.field``; a table alone, ``app.Model``, stands for all its texts.

    `goes`: a row goes with whom, or what, this column names. `emptied`: the row stays, the column
    is emptied. `itself`: column → what a step below does with it. `scrubbed`: texts of rows that
    stay, in which names and keys are struck out. `stays`: texts in which nothing is → why.
    """

    goes: Collection[str] = ()
    emptied: Collection[str] = ()
    itself: Mapping[str, str] = field(default_factory=dict)
    scrubbed: Collection[str] = ()
    stays: Mapping[str, str] = field(default_factory=dict)
    before: Sequence[Callable[[Erasing], None]] = ()
    """Steps while everything still points at the person; each a constant number of queries."""
    after: Sequence[Callable[[Erasing], None]] = ()
    """Steps once their rows are gone."""
    known: Callable[[Person], Iterable[tuple[str, str]]] = nothing_known
    """Names and keys they have, or had once: (field of `Person`, value)."""
    tells: Callable[[Person], Sequence[str]] = nothing_to_tell
    """What the page that asks has to say beside the numbers: a sentence each."""


def erasures() -> list[Erasure]:
    """Every app's, in the order of ``INSTALLED_APPS``."""
    return [cast(Erasure, module.ERASURE) for module in app_modules(MODULE)]
