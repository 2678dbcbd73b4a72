"""Rows that are written once."""

from typing import Any, ClassVar

from django.db import models


class AppendOnlyError(TypeError):
    """Somebody tried to change or remove a row that only ever gets company."""


class AppendOnly(models.Model):
    """A row that stays as it was written, but for the fields in `may_change`."""

    may_change: ClassVar[frozenset[str]] = frozenset()

    class Meta:
        abstract = True

    def save(self, *args: Any, update_fields: Any = None, **options: Any) -> None:
        if not self._state.adding and not (
            update_fields and self.may_change.issuperset(update_fields)
        ):
            raise AppendOnlyError(f"{self._meta.verbose_name} {self.pk} stays as it was written.")
        super().save(*args, update_fields=update_fields, **options)

    def delete(self, *args: Any, **options: Any) -> Any:
        raise AppendOnlyError(f"{self._meta.verbose_name} {self.pk} is not removed one by one.")
