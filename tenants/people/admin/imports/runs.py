"""Step 4: the import itself, and what came of it."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from tenants.companies.attachments import csv_file
from tenants.people.actions import forget_file
from tenants.people.admin.downloads import named_after, refused_rows
from tenants.people.admin.imports.pages import file_or_404, show, show_progress
from tenants.people.admin.wording import counts
from tenants.people.auditing import record_event
from tenants.people.exports import ExportError
from tenants.people.kept_tables import kept_table
from tenants.people.models import SyncRun
from tenants.people.sync.packing import unpack


def run(request: HttpRequest, *, uid: UUID) -> HttpResponse:
    file = file_or_404(uid)
    if file.run is None:
        return redirect("admin:people_import_preview", file.uid)
    if not file.run.is_over:
        return show_progress(request, 4, file, file.run)
    is_done = file.run.state == SyncRun.State.FINISHED
    return show(
        request, "result", 4, file=file, run=file.run, is_done=is_done, counts=counts(file.run)
    )


def refused(request: HttpRequest, *, uid: UUID) -> HttpResponse:
    """The refused rows as CSV: of the import, or before it of its rehearsal."""
    file = file_or_404(uid)
    source = file.run or file.preview
    if source is None or source.state != SyncRun.State.FINISHED or not source.failed:
        raise Http404("There are no refused rows.")
    try:
        table = kept_table(file.content)
    except ExportError as error:
        return show(request, "forgotten", 4, file=file, told=str(error), status=410)
    record_event(action="export", words=f"Downloaded the refused rows of {file.name}")
    rows = refused_rows(table, file.fields, unpack(source.outcomes))
    return csv_file(named_after(file.name, "refused-rows"), rows)


@require_POST
def forget(request: HttpRequest, *, uid: UUID) -> HttpResponse:
    file = file_or_404(uid)
    forget_file(file=file)
    messages.success(request, f"“{file.name}” is forgotten.")
    return redirect("admin:people_import")
