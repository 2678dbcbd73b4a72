"""Everything that is stored encrypted, company by company: renewed with the first key, or counted.

What is read and written here is ciphertext, in batches; no other row waits for longer than one.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import DEFAULT_DB_ALIAS, models, router, transaction
from django.db.models import TextField, Value
from django.db.models.functions import Cast
from django_tenants.utils import get_public_schema_name, schema_context

from tenants.companies.context import working_for
from tenants.companies.encryption import EncryptedTextField, Unreadable, renewed
from tenants.companies.models import Company

BATCH = 500  # rows

Watch = Callable[[int], object]
"""Told how many values were just dealt with."""


@dataclass
class Column:
    """One encrypted field in one company, and what was found in it.

    `current` values are encrypted with the first key, `old` ones with another of ours (or were,
    until they were renewed), `unreadable` ones with none.
    """

    company: Company
    model: type[models.Model]
    name: str
    current: int = 0
    old: int = 0
    unreadable: int = 0

    def __str__(self) -> str:
        return f"{self.company.slug}: {self.model._meta.verbose_name}, {self.name}"

    def values(self) -> models.QuerySet[Any, tuple[Any, str]]:
        """Primary keys and ciphertexts, in order. What is empty is not encrypted."""
        return (
            self.model._base_manager.filter(**{f"{self.name}__isnull": False})
            .exclude(**{self.name: ""})
            .order_by("pk")
            .values_list("pk", Cast(self.name, TextField()))
        )


def rotate_encryption(*, watch: Watch = bool) -> list[Column]:
    """Encrypt what is stored anew with the first key; what is so already stays as it is.

    May be run again at any time, also after it was interrupted. What no key opens is left alone.
    """
    return _over_all_columns(_rotate, watch)


def check_encryption(*, watch: Watch = bool) -> list[Column]:
    """Which stored values the first key opens, which another one, and which none."""
    return _over_all_columns(_check, watch)


def count_encrypted() -> int:
    """How many values are stored encrypted, in all companies. A query per company and field."""
    return sum(column.values().count() for column in _columns())


def _over_all_columns(deal: Callable[[Column, Watch], None], watch: Watch) -> list[Column]:
    columns = []
    for column in _columns():
        deal(column, watch)
        columns.append(column)
    return columns


def _columns() -> Iterator[Column]:
    """Each one in turn, with the work at hand being for its company meanwhile."""
    with schema_context(get_public_schema_name()):
        companies = list(Company.objects.exclude(status=Company.Status.PROVISIONING).order_by("pk"))
    for company in companies:
        with working_for(company):
            for model in apps.get_models():
                if router.allow_migrate_model(DEFAULT_DB_ALIAS, model):  # it has a table here
                    for each in model._meta.local_concrete_fields:
                        if isinstance(each, EncryptedTextField):
                            yield Column(company, model, each.name)


def _check(column: Column, watch: Watch) -> None:
    for _pk, token in column.values().iterator(BATCH):
        _sort(column, token)
        watch(1)


def _rotate(column: Column, watch: Watch) -> None:
    last = None
    while last := _rotate_batch(column, last, watch):
        pass


@transaction.atomic
def _rotate_batch(column: Column, after: Any, watch: Watch) -> Any:
    """Returns the last primary key that was looked at, if any was."""
    values = column.values() if after is None else column.values().filter(pk__gt=after)
    batch = list(values.select_for_update()[:BATCH])
    renewals = [
        column.model(pk=pk, **{column.name: Value(new, TextField())})
        for pk, token in batch
        if (new := _sort(column, token))
    ]
    column.model._base_manager.bulk_update(renewals, [column.name])
    watch(len(batch))
    return batch[-1][0] if batch else None


def _sort(column: Column, token: str) -> str | None:
    """Count the value; returns what should stand in its place, if anything."""
    try:
        new = renewed(token)
    except Unreadable:
        column.unreadable += 1
        return None
    if new == token:
        column.current += 1
        return None
    column.old += 1
    return new
