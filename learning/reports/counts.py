"""How many rows there are of several things."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet


def counts(rows: Mapping[str, "QuerySet[Any]"]) -> dict[str, int]:
    """How many rows each queryset finds, by its name. One query, however many there are."""
    numbers, parameters = [], list[Any]()
    for each in rows.values():
        try:
            found = each if each.query.is_sliced else each.order_by()
            sql, values = found.values("pk").query.sql_with_params()
        except EmptyResultSet:  # Django sees that it can find nothing
            sql, values = "SELECT 1 WHERE false", ()
        numbers.append(f"(SELECT count(*) FROM ({sql}) rows)")  # noqa: S608  # Django wrote it
        parameters.extend(values)
    if not numbers:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(numbers)}", parameters)
        [found] = cursor.fetchall()
    return dict(zip(rows, found, strict=True))
