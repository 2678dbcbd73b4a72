"""Identifiers that leave the database: UUIDv7 (RFC 9562), so that they sort by age."""

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
