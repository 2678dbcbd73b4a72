from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path

from tenants.companies.attachments import csv_file
from tenants.people.admin.downloads import named_after, problems_of
from tenants.people.admin.outcomes import WARNED, entries, page_of, rows_of
from tenants.people.admin.pages import ReadPage, labelled
from tenants.people.admin.wording import counts, is_late
from tenants.people.auditing import record_event
from tenants.people.models import SyncRun
from tenants.people.sync.packing import unpack

STATE_COLOURS = {
    SyncRun.State.WAITING: "info",
    SyncRun.State.RUNNING: "info",
    SyncRun.State.FINISHED: "success",
    SyncRun.State.REFUSED: "warning",
    SyncRun.State.FAILED: "danger",
}


class Rehearsals(admin.SimpleListFilter):
    """Runs that wrote nothing are out of the way, unless asked for."""

    title = "dry runs"
    parameter_name = "rehearsals"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("too", "Shown, too"), ("only", "Nothing else")]

    def choices(self, changelist: Any) -> Any:
        hidden, *others = super().choices(changelist)
        return [{**hidden, "display": "Hidden"}, *others]

    def queryset(self, request: HttpRequest, queryset: "QuerySet[SyncRun]") -> "QuerySet[SyncRun]":
        if self.value() == "too":
            return queryset
        return queryset.filter(dry_run=self.value() == "only")


@admin.register(SyncRun)
class SyncRunPage(ReadPage):
    """What each push of people did, row by row, and what was wrong with it."""

    nothing_yet = "Nobody has been brought in yet. Import a file of people, or connect the HRIS."
    list_display = (
        "requested_at",
        "came_from",
        "how_it_went",
        "new",
        "changed",
        "left",
        "refused",
        "actor",
    )
    list_filter = (Rehearsals, "state", "source", "mode", "requested_at")
    list_select_related = ("actor",)
    search_fields = ("source", "origin", "actor__given_name", "actor__family_name")
    search_help_text = "A source, a file or token, or who started it."
    date_hierarchy = "requested_at"
    change_form_outer_after_template = "people/sync_run/run.html"

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> list[Any]:
        return []  # the template tells it all

    def get_queryset(self, request: HttpRequest) -> "QuerySet[SyncRun]":
        runs: QuerySet[SyncRun] = super().get_queryset(request)
        return runs.defer("input", "outcomes", "problems")

    @admin.display(description="from", ordering="source")
    def came_from(self, run: SyncRun) -> str:
        return f"{run.source}: {run.origin}" if run.origin else run.source

    @labelled("state", ordering="state", colours=STATE_COLOURS)
    def how_it_went(self, run: SyncRun) -> tuple[str, str]:
        kind = "dry run, " if run.dry_run else ""
        return run.state, f"{kind}{run.get_state_display()}"

    @admin.display(ordering="created")
    def new(self, run: SyncRun) -> int:
        return run.created

    @admin.display(ordering="updated")
    def changed(self, run: SyncRun) -> int:
        return run.updated

    @admin.display(ordering="deactivated")
    def left(self, run: SyncRun) -> int:
        return run.deactivated

    @admin.display(ordering="failed")
    def refused(self, run: SyncRun) -> int:
        return run.failed

    def get_urls(self) -> list[URLPattern]:
        problems = self.admin_site.admin_view(self.problems)
        route = path("<int:pk>/problems.csv", problems, name="people_syncrun_problems")
        return [route, *super().get_urls()]

    def problems(self, request: HttpRequest, *, pk: int) -> HttpResponseBase:
        """What was wrong with which row, as CSV."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        run = get_object_or_404(SyncRun, pk=pk)
        record_event(action="export", about=run, words=f"Downloaded the problems of {run}")
        name = named_after(run.origin or run.source, "problems")
        return csv_file(name, problems_of(unpack(run.outcomes)))

    def render_change_form(
        self,
        request: HttpRequest,
        context: dict[str, Any],
        add: bool = False,
        change: bool = False,
        form_url: str = "",
        obj: Any = None,
    ) -> HttpResponse:
        page = {**context, **_outcomes(request, obj)}
        response: HttpResponse = super().render_change_form(
            request, page, add, change, form_url, obj
        )
        return response


def _outcomes(request: HttpRequest, run: SyncRun) -> dict[str, Any]:
    found = entries(run.outcomes)
    wanted = request.GET.get("show", "")
    page = page_of(request, found, wanted)
    warned = sum(entry.is_warned for entry in found)
    return {
        "run": run,
        "rows": rows_of(page, will=run.dry_run),
        "page": page,
        "wanted": wanted,
        "total": len(found),
        "counts": counts(run),
        "warned": warned,
        "WARNED": WARNED,
        "is_late": is_late(run),
        "has_problems": bool(run.failed or warned),
    }
