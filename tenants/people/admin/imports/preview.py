"""Step 3: what the import would do, row by row, before anything is written."""

from typing import Any, cast
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from tenants.people.actions import import_file
from tenants.people.admin.imports.pages import file_or_404, next_page, show, show_progress
from tenants.people.admin.outcomes import WARNED, entries, page_of, rows_of
from tenants.people.admin.wording import counts
from tenants.people.exports import ExportError
from tenants.people.kept_tables import head_of
from tenants.people.models import PeopleFile, Person, SyncRun
from tenants.people.sync.results import Outcome

NAMED = 12  # people who would be marked as left, by name, before "and 3 more"
CHANGED = "The columns were chosen anew meanwhile: this is what would happen now."
UNDECIDED = "Tick the box if these people have really left; otherwise nothing is imported."


def preview(request: HttpRequest, *, uid: UUID) -> HttpResponse:
    file = file_or_404(uid)
    run = file.preview
    if run is None or next_page(file) != request.path:
        return redirect(next_page(file))
    if run.state != SyncRun.State.FINISHED:
        return show_progress(request, 3, file, run)
    error = _refusal(request, file, run)
    if request.method == "POST" and not error:
        try:
            confirm = "confirm" in request.POST
            import_file(file=file, actor=cast(Person, request.user), confirm=confirm)
        except ExportError as refusal:
            return show(request, "forgotten", 3, file=file, told=str(refusal), status=410)
        return redirect("admin:people_import_run", file.uid)
    try:
        context = _context(request, file, run)
    except ExportError as refusal:
        return show(request, "forgotten", 3, file=file, told=str(refusal), status=410)
    return show(request, "preview", 3, file=file, run=run, error=error, **context)


def _refusal(request: HttpRequest, file: PeopleFile, run: SyncRun) -> str:
    """Why this is not imported yet; "" where nothing speaks against it."""
    if request.method != "POST":
        return ""
    if request.POST.get("preview") != str(run.uid):
        return CHANGED
    return UNDECIDED if run.detail and "confirm" not in request.POST else ""


def _context(request: HttpRequest, file: PeopleFile, run: SyncRun) -> dict[str, Any]:
    headings, assumed = head_of(file.content)
    found = entries(run.outcomes, file.content)
    leaving = [entry for entry in found if entry.outcome == Outcome.DEACTIVATED]
    wanted = request.GET.get("show", "")
    page = page_of(request, found, wanted)
    return {
        "rows": rows_of(page, will=True, headings=headings, fields=file.fields),
        "page": page,
        "wanted": wanted,
        "total": len(found),
        "counts": counts(run),
        "warned": sum(entry.is_warned for entry in found),
        "WARNED": WARNED,
        "notes": assumed,
        "unread": [
            heading
            for heading, name in zip(headings, file.fields, strict=True)
            if heading and not name
        ],
        "leaving": [entry.parsed()["name"] for entry in leaving[:NAMED]],
        "more_leaving": len(leaving[NAMED:]),
        "writes": run.created + run.updated + run.deactivated,
    }
