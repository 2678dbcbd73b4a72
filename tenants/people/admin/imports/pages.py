"""What the pages of an import have in common."""

from typing import Any
from uuid import UUID

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse

from tenants.people.admin.wording import is_late
from tenants.people.models import PeopleFile, SyncRun

STEPS = ("Upload", "Columns", "Preview", "Import")
HEAVY = ("input", "outcomes", "problems")  # of a run: megabytes that most pages do not show


def show_progress(request: HttpRequest, step: int, file: PeopleFile, run: SyncRun) -> HttpResponse:
    return show(request, "progress", step, file=file, run=run, is_late=is_late(run))


def show(
    request: HttpRequest, template: str, step: int, *, status: int = 200, **context: Any
) -> HttpResponse:
    """A page of the import; `step` counts from 1."""
    page = {
        **admin.site.each_context(request),
        "title": "Import people",
        "steps": [
            {"title": title, "is_now": number == step, "is_done": number < step}
            for number, title in enumerate(STEPS, 1)
        ],
        **context,
    }
    return TemplateResponse(request, f"people/import/{template}.html", page, status=status)


def file_or_404(uid: UUID) -> PeopleFile:
    """This company's file, its content and the heavy parts of its runs not read yet."""
    late = [f"{run}__{name}" for run in ("preview", "run") for name in HEAVY]
    files = PeopleFile.objects.select_related("preview", "run").defer("content", *late)
    return get_object_or_404(files, uid=uid)


def is_under_way(file: PeopleFile) -> bool:
    """Whether the file is being imported or has been; an import that failed can be tried again."""
    return file.run is not None and file.run.state not in (
        SyncRun.State.REFUSED,
        SyncRun.State.FAILED,
    )


def next_page(file: PeopleFile) -> str:
    """Where to go on with this file."""
    if is_under_way(file):
        page = "run"
    elif file.preview:
        page = "preview"
    else:
        page = "columns"
    return reverse(f"admin:people_import_{page}", args=[file.uid])
