"""What each company's schema holds, asked of the catalog: which tables, which migrations."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from django.db.migrations.loader import MigrationLoader

from tenants.companies.connections import connection

COLUMNS: Final = """
SELECT namespace.nspname, coalesce(array_agg(class.relname || '.' || attribute.attname)
    FILTER (WHERE class.relname || '.' || attribute.attname = ANY(%s)), '{}')
FROM pg_namespace namespace
LEFT JOIN pg_class class ON class.relnamespace = namespace.oid AND class.relkind IN ('r', 'p')
    AND class.relname = ANY(%s)
LEFT JOIN pg_attribute attribute ON attribute.attrelid = class.oid AND attribute.attnum > 0
    AND NOT attribute.attisdropped
WHERE namespace.nspname = ANY(%s)
GROUP BY namespace.nspname
"""
BEHIND: Final = """
SELECT {literal}, (SELECT count(*) FROM unnest(%(known)s::text[]) known(name) WHERE NOT EXISTS (
    SELECT FROM {schema}.django_migrations done WHERE done.app || '.' || done.name = known.name
))
"""
MIGRATIONS: Final = ("django_migrations.app", "django_migrations.name")


@dataclass(frozen=True)
class SchemaState:
    """`columns` are those of the wanted ones that are there; `behind`: migrations to be run."""

    exists: bool
    columns: frozenset[str]
    behind: int = 0


def states_of(schemas: Sequence[str], *, wanted: Sequence[str]) -> dict[str, SchemaState]:
    """By name. `wanted` are ``table.column``. Two queries, however many schemas."""
    columns = [*wanted, *MIGRATIONS]
    tables = sorted({each.partition(".")[0] for each in columns})
    with connection.cursor() as cursor:
        cursor.execute(COLUMNS, [columns, tables, list(schemas)])
        found = {name: frozenset(there) for name, there in cursor.fetchall()}
        behind = _behind(cursor, [name for name in found if found[name].issuperset(MIGRATIONS)])
    return {
        name: SchemaState(name in found, found.get(name, frozenset()), behind.get(name, 0))
        for name in schemas
    }


def _behind(cursor: object, schemas: Sequence[str]) -> Mapping[str, int]:
    if not schemas:
        return {}
    cursor.execute(  # type: ignore[attr-defined]
        union(BEHIND, schemas), {"known": known_migrations()}
    )
    return dict(cursor.fetchall())  # type: ignore[attr-defined]


def union(statement: str, schemas: Sequence[str]) -> str:
    """The statement for each schema, as one: ``{schema}`` is its name, ``{literal}`` a text."""
    return "\nUNION ALL\n".join(
        statement.format(schema=connection.ops.quote_name(name), literal=_literal(name))
        for name in schemas
    )


def _literal(name: str) -> str:
    return "'" + name.replace("'", "''").replace("%", "%%") + "'"


@cache
def known_migrations() -> list[str]:
    """All that this version of Throughline has, as ``app.name``."""
    loader = MigrationLoader(None, ignore_no_migrations=True)
    return sorted(f"{app}.{name}" for app, name in loader.disk_migrations)
