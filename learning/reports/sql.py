"""Rows of what is asked in SQL, with the types of their columns."""

from collections.abc import Callable
from typing import Any, TypeVar

from django.db import connection

Row = TypeVar("Row")


def fetch(row: Callable[..., Row], sql: str, **parameters: Any) -> list[Row]:
    """Every row as `row`, a NamedTuple of the columns in their order. One query."""
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return [row(*values) for values in cursor.fetchall()]
