"""Which rows go along with somebody, read from the models: what points at them and cascades.

Deleted by statements of our own, one per table: Django's would ask in batches of a hundred, and
leave a row in the audit log for each.
"""

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import CASCADE, SET_NULL

from tenants.companies.connections import connection
from tenants.people.erasing.contributions import Rows
from tenants.people.models import Person

Relation = tuple[type[models.Model], Any]
"""A table and its column that points elsewhere."""


def relations(on_delete: Any) -> Iterator[Relation]:
    """Every column that points at another table and says this of its end."""
    for model in apps.get_models(include_auto_created=True):
        if model._meta.proxy or not model._meta.managed:
            continue
        for field in model._meta.local_fields:
            if field.remote_field and getattr(field.remote_field, "on_delete", None) is on_delete:
                yield model, field


def tables_below() -> list[type[models.Model]]:
    """The tables whose rows may go with somebody, whoever is pointed at first."""
    points = [
        (model, field.related_model)
        for model, field in relations(CASCADE)
        if field.related_model is not model
    ]
    reached: set[type[models.Model]] = {Person}
    while more := {model for model, target in points if target in reached} - reached:
        reached |= more
    ordered: list[type[models.Model]] = []
    while left := [model for model in reached if model not in ordered]:
        free = [
            model
            for model in left
            if not any(each is model and target in left for each, target in points)
        ]
        if not free:
            raise RecursionError(f"These tables point at each other: {left}.")
        ordered += sorted(free, key=lambda model: model._meta.label)
    return ordered


def rows_of(person: Person, *, lock: bool) -> Rows:
    """Keys of everything that goes with them, themselves first. One query per table.

    With `lock` nobody changes these rows, or hangs more on them, until the transaction is over.
    """
    below = tables_below()
    rows: Rows = {Person: [person.pk]}
    cascading = list(relations(CASCADE))
    with connection.cursor() as cursor:
        for model in below:
            if model is Person:
                continue
            through = [
                (field, rows[field.related_model])
                for each, field in cascading
                if each is model and rows.get(field.related_model)
            ]
            if not through:
                continue
            table, key = _quoted(model._meta.db_table), _quoted(_key(model))
            where = " OR ".join(f"{_quoted(field.column)} = ANY(%s)" for field, _ in through)
            # the names are the models' own, never input
            statement = f"SELECT {key} FROM {table} WHERE {where}"  # noqa: S608
            cursor.execute(
                f"{statement} FOR UPDATE" if lock else statement, [keys for _, keys in through]
            )
            if found := [row for (row,) in cursor.fetchall()]:
                rows[model] = found
    return rows


def pointing_at(rows: Rows) -> Iterator[tuple[Any, list[int]]]:
    """The columns that are emptied when these rows go, and the keys they name."""
    for _, field in relations(SET_NULL):
        if keys := rows.get(field.related_model):
            yield field, keys


def empty_columns(rows: Rows) -> None:
    """Rows that point at what goes point at nobody. A statement per column."""
    with connection.cursor() as cursor:
        for field, keys in pointing_at(rows):
            table, column = _quoted(field.model._meta.db_table), _quoted(field.column)
            cursor.execute(
                f"UPDATE {table} SET {column} = NULL WHERE {column} = ANY(%s)",  # noqa: S608
                [keys],
            )


def delete(rows: Rows) -> None:
    """A statement per table, what hangs on others first."""
    with connection.cursor() as cursor:
        for model, keys in reversed(rows.items()):
            table, key = _quoted(model._meta.db_table), _quoted(_key(model))
            cursor.execute(f"DELETE FROM {table} WHERE {key} = ANY(%s)", [keys])  # noqa: S608


def _key(model: type[models.Model]) -> str:
    primary = model._meta.pk
    assert primary is not None  # noqa: S101  # every table of ours has one
    return str(primary.column)


def _quoted(name: str) -> str:
    return connection.ops.quote_name(name)
