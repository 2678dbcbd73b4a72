"""What goes along with a row that is deleted: by name while it is little, else how much of what."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from typing import Any, Final

from django.contrib.admin.utils import NestedObjects
from django.db import router
from django.db.models import Model
from django.http import HttpRequest
from unfold.admin import ModelAdmin

NAMED: Final = 100
"""Rows that are named: each may cost queries of its own, and nobody reads a thousand names."""

Told = tuple[list[Any], dict[str, int], set[str], list[Any]]


class TellsWhatGoes(ModelAdmin):  # type: ignore[misc]
    """Asks before it deletes, in a number of queries that does not grow with what goes along."""

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Told:
        """What goes, how many of what, what one may not delete, and what is in the way."""
        collector = NestedObjects(using=router.db_for_write(self.model), origin=objs)
        collector.collect(objs)
        goes: dict[type[Model], Any] = {**collector.model_objs}  # type: ignore[dict-item]
        in_the_way = defaultdict[type[Model], list[Model]](list)
        for row in collector.protected:
            in_the_way[type(row)].append(row)
        found = [*goes.items(), *in_the_way.items()]
        if sum(len(rows) for _, rows in found) <= NAMED:
            told: Told = super().get_deleted_objects(objs, request)
            return told
        pages = self.admin_site._registry
        refused = {
            str(model._meta.verbose_name)
            for model, rows in found
            if model in pages and not pages[model].has_delete_permission(request, next(iter(rows)))
        }
        counts = {str(model._meta.verbose_name_plural): len(rows) for model, rows in goes.items()}
        return _sums(goes), counts, refused, _sums(in_the_way)


def _sums(rows: Mapping[type[Model], Collection[Model]]) -> list[str]:
    """A line for each table, such as "5,000 assignments"."""
    return [
        f"{len(some):,} {opts.verbose_name if len(some) == 1 else opts.verbose_name_plural}"
        for opts, some in ((table._meta, some) for table, some in rows.items())
    ]
