"""Step 1: a file, and whether it holds some people or everybody."""

from dataclasses import dataclass
from pathlib import PurePath
from typing import Any, cast

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from tenants.people.actions import keep_file
from tenants.people.admin.ceilings import Ceiling, below_ceiling
from tenants.people.admin.imports.pages import HEAVY, next_page, show
from tenants.people.exports import FILE_LIMIT, ROW_LIMIT, ExportError
from tenants.people.models import PeopleFile, Person, SyncRun

RECENT = 8
MEGABYTES = FILE_LIMIT // 2**20
TOO_LARGE = (
    f"This file is larger than {MEGABYTES} MB: export only the columns that are needed, or split "
    "it into several files."
)
NAME_LIMIT = PeopleFile._meta.get_field("name").max_length or 0


class UploadForm(forms.Form):
    file = forms.FileField(required=False, allow_empty_file=True)
    mode = forms.ChoiceField(
        choices=SyncRun.Mode.choices, initial=SyncRun.Mode.PARTIAL, required=False
    )

    def clean_file(self) -> "UploadedFile[bytes]":
        if not (file := self.cleaned_data["file"]):
            raise forms.ValidationError("Choose a file first.")
        return cast("UploadedFile[bytes]", file)

    def clean_mode(self) -> SyncRun.Mode:
        return SyncRun.Mode(self.cleaned_data["mode"] or SyncRun.Mode.PARTIAL)

    def keep(self, actor: Person) -> PeopleFile | None:
        """The file, read and kept; None where it cannot be, which is said at its field."""
        file = self.cleaned_data["file"]
        try:
            return keep_file(
                name=_short(file.name),
                content=file.read(),
                mode=self.cleaned_data["mode"],
                actor=actor,
            )
        except ExportError as error:
            self.add_error("file", str(error))
            return None


@dataclass(frozen=True, slots=True)
class Recent:
    """An upload of the last days, and what came of it."""

    file: PeopleFile
    state: str
    colour: str
    link: str


@below_ceiling(lambda: FILE_LIMIT)
def upload(request: HttpRequest, *, ceiling: Ceiling) -> HttpResponse:
    form, status = UploadForm(), 200
    if request.method == "POST":
        form = UploadForm(request.POST, request.FILES)
        if ceiling.is_exceeded:
            form.errors["file"] = form.error_class([TOO_LARGE])
            status = 413
        elif form.is_valid() and (file := form.keep(cast(Person, request.user))):
            return redirect("admin:people_import_columns", file.uid)
    limits = {"megabytes": MEGABYTES, "rows": ROW_LIMIT}
    return show(request, "upload", 1, status=status, form=form, recent=_recent(), **limits)


def _recent() -> list[Recent]:
    """One query."""
    late = [f"{run}__{name}" for run in ("preview", "run") for name in HEAVY]
    files = PeopleFile.objects.select_related("preview", "run", "uploaded_by").defer(
        "content", *late
    )
    there = files.annotate(is_there=Q(content__isnull=False))
    return [_told(file) for file in there[:RECENT]]


def _told(file: Any) -> Recent:
    state, colour, link = "left half-way", "warning", next_page(file)
    if run := file.run:
        state, colour = {
            SyncRun.State.FINISHED: ("imported", "success"),
            SyncRun.State.REFUSED: ("not imported", "danger"),
            SyncRun.State.FAILED: ("not imported", "danger"),
        }.get(run.state, ("being imported", "info"))
    elif not file.is_there:
        state, colour, link = "forgotten", "", ""
    return Recent(file, state, colour, link)


def _short(name: str | None) -> str:
    """Cut to what can be stored, its ending kept."""
    path = PurePath(name or "people")
    suffix = path.suffix[:10]
    return path.stem[: NAME_LIMIT - len(suffix)] + suffix
