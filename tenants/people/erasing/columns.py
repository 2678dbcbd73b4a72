"""Striking somebody out of texts and JSON of rows that stay, in the database itself."""

from collections.abc import Iterable
from typing import Any

from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.db import models

from tenants.companies.connections import connection
from tenants.people.erasing.identities import ERASED, Identity

TEXT = """
UPDATE {table} SET {column} = left(regexp_replace({column}, %s, %s, 'gi'), %s)
WHERE {column} ~* %s AND {column} ~* %s
"""
OTHER = """
UPDATE {table} SET {column} = regexp_replace({column}::text, %s, %s, 'gi')::{kind}
WHERE {column}::text ~* %s AND {column}::text ~* %s
"""
LONGEST = 2**31 - 1


def scrub(columns: Iterable[str], identity: Identity, *, wide: bool = False) -> None:
    """A statement for each ``app.Model.field``; each reads its table once."""
    finds, rough = identity.wide if wide else identity.pattern
    with connection.cursor() as cursor:
        for name in columns:
            field = column_of(name)
            named = {
                "table": connection.ops.quote_name(field.model._meta.db_table),
                "column": connection.ops.quote_name(field.column),
            }
            if isinstance(field, (models.JSONField, ArrayField)):
                kind = field.db_type(connection)
                cursor.execute(OTHER.format(kind=kind, **named), [finds, ERASED, rough, finds])
            else:
                longest = field.max_length or LONGEST
                cursor.execute(TEXT.format(**named), [finds, ERASED, longest, rough, finds])


def column_of(name: str) -> Any:
    """The field that ``app.Model.field`` names; raises `LookupError`."""
    label, _, field = name.rpartition(".")
    return apps.get_model(label)._meta.get_field(field)
