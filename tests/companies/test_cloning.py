"""A copied company is what a migrated one is: tables, rules, rows and counters."""

import re
from pathlib import Path as Folder
from typing import Any

import pytest
from pytest_django import Settings

from tenants.companies import cloning
from tenants.companies.actions import make_tables, reserve_company
from tenants.companies.connections import connection
from tenants.companies.models import Company

pytestmark = pytest.mark.django_db

COLUMNS = """
    SELECT table_name, column_name, data_type, is_nullable, column_default, is_identity,
           character_maximum_length, collation_name, generation_expression
    FROM information_schema.columns WHERE table_schema = %s
"""
CONSTRAINTS = """
    SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid)
    FROM pg_constraint WHERE connamespace = %s::regnamespace
"""
INDEXES = (
    "SELECT tablename, indexname, indexdef FROM pg_indexes WHERE schemaname = %s ORDER BY 1, 2"
)
TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = %s ORDER BY 1"
_CASTS = re.compile(r"::[a-z ]+(\[\])?|[()]")
"""PostgreSQL writes those of a list of choices elsewhere once they went through text."""


@pytest.fixture
def migrated() -> str:
    """A schema that every migration went through."""
    company = reserve_company(name="Migrated", slug="migrated", root_domain="localhost")
    company.create_schema(verbosity=0)
    connection.set_schema_to_public()
    return str(company.schema_name)


def ask(question: str, *arguments: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(question, arguments)
        return list(cursor.fetchall())


def shape(schema: str) -> dict[str, Any]:
    """All that there is to say of a schema, its own name left out."""
    rows = {
        table: ask(f"SELECT to_jsonb(t) - 'applied' FROM {schema}.\"{table}\" t ORDER BY 1")  # noqa: S608
        for (table,) in ask(TABLES, schema)
    }
    counters = {
        table: ask(f"SELECT last_value, is_called FROM {name}")  # noqa: S608
        for table, name in ask(
            "SELECT tablename, pg_get_serial_sequence(schemaname || '.' || tablename, 'id')"
            " FROM pg_tables JOIN information_schema.columns ON table_schema = schemaname"
            " AND table_name = tablename AND column_name = 'id' WHERE schemaname = %s",
            schema,
        )
        if name
    }
    told = [
        str(row) for question in (COLUMNS, CONSTRAINTS, INDEXES) for row in ask(question, schema)
    ]
    return {
        "catalog": sorted(_CASTS.sub("", line.replace(f"{schema}.", "")) for line in told),
        "rows": rows,
        "counters": counters,
    }


def test_copy_is_what_migrations_make(migrated: str) -> None:
    assert cloning.replay("c_copied"), "the stage's companies left a copy"
    copied, made = shape("c_copied"), shape(migrated)
    assert len(made["rows"]) > 40
    assert made["rows"]["django_migrations"]
    assert copied == made


def test_where_no_copy_is_kept_migrations_make_the_tables(
    settings: Settings, tmp_path: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.VAR = tmp_path
    made: list[str] = []
    monkeypatch.setattr(
        Company, "create_schema", lambda company, **_: made.append(company.schema_name)
    )
    company = reserve_company(name="Initech", slug="initech", root_domain="localhost")
    make_tables(company=company)
    assert made == ["c_initech"]
    assert not list(tmp_path.iterdir()), "pg_dump does not see what is not committed"


def test_without_pg_dump_nothing_is_kept(
    settings: Settings, tmp_path: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.VAR = tmp_path
    monkeypatch.setattr(cloning, "_pg_dump", lambda: None)
    assert not cloning.keep("c_acme")
    assert not cloning.replay("c_initech")
