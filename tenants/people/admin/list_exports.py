"""Every list can be taken along as a file: the rows that fit, with the columns that are shown."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any, Final

from django.contrib import messages
from django.contrib.admin.utils import display_for_field, label_for_field, lookup_field
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import strip_tags
from django.utils.text import capfirst
from django.utils.timezone import localtime
from unfold.admin import ModelAdmin

from tenants.companies.attachments import csv_file, workbook_file
from tenants.people.auditing import record_event
from tenants.people.auditing.events import Event

MOST: Final = 50_000  # rows of one file
FORMATS: Final = {"csv": csv_file, "xlsx": workbook_file}


class ListExports(ModelAdmin):  # type: ignore[misc]
    """``…/export/csv/`` and ``…/export/xlsx/`` beside the list, for whoever may see it."""

    change_list_template = "people/list.html"
    nothing_yet = ""
    """What to do while there are no rows at all; shown in place of the list."""

    def ways_to_begin(self, request: HttpRequest) -> list[tuple[str, str]]:
        """Other pages from which a first row comes, as (words, address): for an empty list."""
        return []

    def why_not_exported(self, request: HttpRequest) -> str:
        """Why these rows may not leave as a file; "" where they may."""
        return ""

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.export_view)
        return [path("export/<slug:kind>/", view, name=self._page), *super().get_urls()]

    @property
    def _page(self) -> str:
        return f"{self.opts.app_label}_{self.opts.model_name}_export"

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> Any:
        asked = request.GET.copy()
        asked.pop("p", None)  # a file has every page
        export: dict[str, str] = {"refused": self.why_not_exported(request)}
        for kind in FORMATS:
            export[kind] = f"{reverse(f'admin:{self._page}', args=[kind])}?{asked.urlencode()}"
        told = {"export": export, "begin": self.ways_to_begin(request)}
        return super().changelist_view(request, {**told, **(extra_context or {})})

    def export_view(self, request: HttpRequest, kind: str) -> HttpResponse:
        """A file of at most `MOST` rows; 409 where the rows may not leave, with the reason."""
        if not self.has_view_or_change_permission(request):
            raise PermissionDenied
        if kind not in FORMATS:
            raise Http404
        if reason := self.why_not_exported(request):
            context = {
                **self.admin_site.each_context(request),
                "title": "This list is not exported",
                "opts": self.opts,
                "reason": reason,
            }
            return TemplateResponse(request, "people/not_exported.html", context, status=409)
        changes = self.get_changelist_instance(request)
        if changes.result_count > MOST:
            messages.error(
                request,
                f"That is {changes.result_count:,} rows, and a file holds {MOST:,}: "
                "filter the list first.",
            )
            return redirect(f"../../{changes.get_query_string()}")
        things = str(self.opts.verbose_name_plural)
        record_event(
            action=Event.EXPORT, words=f"Exported {changes.result_count:,} {things} as {kind}"
        )
        return FORMATS[kind](f"{things.replace(' ', '-')}.{kind}", self._table(request, changes))

    def _table(self, request: HttpRequest, changes: Any) -> Iterator[list[object]]:
        columns = [name for name in changes.list_display if name != "action_checkbox"]
        yield [capfirst(str(label_for_field(name, self.model, self))) for name in columns]
        rows = changes.queryset
        for row in rows if rows._prefetch_related_lookups else rows.iterator(chunk_size=1000):
            yield [self._cell(row, name) for name in columns]

    def _cell(self, row: Model, name: str) -> object:
        """As the column shows it, without its dress; days and moments as such."""
        try:
            field, _, value = lookup_field(name, row, self)
        except ObjectDoesNotExist:
            return ""
        if isinstance(value, datetime):
            return localtime(value).replace(tzinfo=None)
        if value is None or isinstance(value, bool | int | float | date):
            return "" if value is None else value
        if isinstance(value, tuple):  # a label: its value, then the words for it
            value = value[-1]
        elif field is not None:
            value = display_for_field(value, field, "")
        return strip_tags(str(value)).strip()
