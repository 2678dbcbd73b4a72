"""The published tables on their way in: the ZIP, or the two of them."""

from pathlib import PurePath

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from learning.actions import replace_occupations
from learning.admin.onet.pages import show, tables_here
from learning.onet.files import File, Kind
from learning.onet.reading import Database, read_database
from learning.onet.refusals import UPLOAD_LIMIT, OnetError
from tenants.people.admin.ceilings import Ceiling, below_ceiling

MEGABYTES = UPLOAD_LIMIT // 2**20
FIELDS = {"archive": None, "occupations": Kind.OCCUPATIONS, "tasks": Kind.TASKS}


class UploadForm(forms.Form):
    """Which file is in which field does not matter: each is recognised by its content."""

    archive = forms.FileField(required=False, allow_empty_file=True)
    occupations = forms.FileField(required=False, allow_empty_file=True)
    tasks = forms.FileField(required=False, allow_empty_file=True)
    release = forms.CharField(required=False, max_length=40)

    def read(self) -> Database | None:
        """What the files say; None where they cannot be used, which is said at its field."""
        files = {
            name: File(PurePath(given.name or name).name[:100], given.read(), kind=kind)
            for name, kind in FIELDS.items()
            if (given := self.cleaned_data[name])
        }
        if not files:
            self.add_error("archive", "Choose a file first.")
            return None
        try:
            return read_database(list(files.values()), release=self.cleaned_data["release"])
        except OnetError as error:
            self.add_error(_field(error, files), str(error))
            return None


def _field(error: OnetError, files: dict[str, File]) -> str:
    """Where it is said: at the field of the table that is missing, or of the file at fault; what
    came out of the ZIP, at the ZIP."""
    if error.missing and "archive" not in files:
        return next(name for name, kind in FIELDS.items() if kind == error.missing)
    return next((name for name, file in files.items() if file is error.about), next(iter(files)))


@below_ceiling(lambda: UPLOAD_LIMIT)
def upload(request: HttpRequest, *, ceiling: Ceiling) -> HttpResponse:
    form, status = UploadForm(), 200
    if request.method == "POST":
        form = UploadForm(request.POST, request.FILES)
        if ceiling.is_exceeded:
            told = f"These files are larger than {MEGABYTES} MB: upload the text version as it is."
            field = ceiling.field if ceiling.field in FIELDS else "archive"
            form.errors[field] = form.error_class([told])
            status = 413
        elif form.is_valid() and (database := form.read()):
            replace_occupations(database=database)
            _tell(request, database)
            return redirect("admin:learning_onet")
    return show(
        request, "upload", status=status, form=form, tables=tables_here(), megabytes=MEGABYTES
    )


def _tell(request: HttpRequest, database: Database) -> None:
    counts = f"{len(database.occupations):,} occupations and {len(database.tasks):,} tasks"
    messages.success(request, f"{database.release or 'O*NET'}: {counts} are here.")
    for note in database.notes:
        messages.warning(request, note)
