"""What erasing somebody would do, in numbers, for whoever decides about it."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Model

from tenants.companies.connections import connection
from tenants.people.erasing.contributions import Rows, erasures
from tenants.people.erasing.rows import pointing_at, rows_of
from tenants.people.models import Person


@dataclass(frozen=True)
class Account:
    """`goes` and `stays`: lines such as “12 conversations”. `told`: sentences of the apps."""

    goes: Sequence[str]
    stays: Sequence[str]
    told: Sequence[str]


def account_of(person: Person) -> Account:
    """Writes nothing. A query per table and column that points at people, however much there is."""
    rows = rows_of(person, lock=False)
    told = [line for each in erasures() for line in each.tells(person)]
    return Account(_goes(rows), _stays(rows), told)


def _goes(rows: Rows) -> list[str]:
    return [
        _count(len(keys), model)
        for model, keys in rows.items()
        if model is not Person and not model._meta.auto_created
    ]


def _stays(rows: Rows) -> list[str]:
    """Rows that lose who it was, each counted once. A query per table."""
    found: dict[type[Model], list[tuple[str, list[int]]]] = defaultdict(list)
    for field, keys in pointing_at(rows):
        if field.model not in rows and field.model is not Person and keys:
            found[field.model].append((connection.ops.quote_name(field.column), keys))
    counts = []
    with connection.cursor() as cursor:
        for model, columns in found.items():
            table = connection.ops.quote_name(model._meta.db_table)
            where = " OR ".join(f"{column} = ANY(%s)" for column, _ in columns)
            # the names are the models' own, never input
            statement = f"SELECT count(*) FROM {table} WHERE {where}"  # noqa: S608
            cursor.execute(statement, [keys for _, keys in columns])
            [(count,)] = cursor.fetchall()
            if count:
                counts.append(_count(count, model))
    return counts


def _count(count: int, model: type[Model]) -> str:
    meta = model._meta
    return f"{count:,} {meta.verbose_name if count == 1 else meta.verbose_name_plural}"
