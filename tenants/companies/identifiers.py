"""Identifiers that leave the database: UUIDv7 (RFC 9562), so that they sort by age."""

from collections.abc import Sequence
from typing import TypeVar
from uuid import UUID

from django.db import models
from uuid_utils.compat import uuid7


def new_uid() -> UUID:
    return uuid7()


class Identified(models.Model):
    """A row the outside world can name. Its integer key never leaves the database."""

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)

    class Meta:
        abstract = True


Row = TypeVar("Row", bound=Identified)


def insert_new(rows: Sequence[Row]) -> list[Row]:
    """Insert what no constraint has there already; returns these, with their keys. Two queries.

    PostgreSQL does not tell which rows ``ON CONFLICT DO NOTHING`` left out: their uid does.
    """
    if not rows:
        return []
    table = type(rows[0])._default_manager
    table.bulk_create(rows, ignore_conflicts=True)
    uids = [row.uid for row in rows]
    keys = dict(table.filter(uid__in=uids).order_by().values_list("uid", "pk"))
    for row in rows:
        row.pk = keys.get(row.uid)
    return [row for row in rows if row.pk]
