"""Files on their way in through a page that has other fields, too."""

from io import BytesIO
from typing import Any

from django import forms
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler
from django.http import HttpRequest
from django.template.response import TemplateResponse
from django.utils.decorators import method_decorator
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from unfold.widgets import INPUT_CLASSES

from learning.files import ENDINGS, FILE_LIMIT, FileRefused, examine

AT_ONCE = 10  # files in one upload


class Ceiling(FileUploadHandler):
    """Lets go of a file as soon as it is larger than any we keep, or one too many. The rest of
    the page is still read: what else was written on it is not lost."""

    count = 0
    is_exceeded = False

    def new_file(self, *args: Any, **options: Any) -> None:
        super().new_file(*args, **options)
        self.count += 1

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        fits = start + len(raw_data) <= FILE_LIMIT and self.count <= AT_ONCE
        self.is_exceeded |= not fits
        return raw_data if fits else None

    def file_complete(self, file_size: int) -> "UploadedFile[Any] | None":
        """Nothing, for the handlers after this one to keep it; else its name and size alone."""
        if file_size <= FILE_LIMIT and self.count <= AT_ONCE:
            return None
        return UploadedFile(BytesIO(), self.file_name, self.content_type, size=file_size)


class SeveralFiles(forms.FileInput):
    """The browser's own field, which shows how many files are chosen."""

    allow_multiple_selected = True

    def __init__(self) -> None:
        accepted = ",".join(f".{ending}" for ending in ENDINGS)
        classes = " ".join(INPUT_CLASSES)
        super().__init__({"class": classes, "accept": accepted, "aria-label": "Add files"})


class Uploads(forms.FileField):
    """Some files, each examined before any is kept; whatever is wrong with them is told."""

    widget = SeveralFiles

    def clean(self, data: Any, initial: Any = None) -> "list[UploadedFile[Any]]":
        files, wrong = list(data or []), []
        if len(files) > AT_ONCE:
            told = f"These are {len(files)} files: at most {AT_ONCE} can be added at once."
            raise forms.ValidationError(told)
        for file in files:
            try:
                examine(file)
            except FileRefused as refusal:
                wrong += refusal.messages
        if wrong:
            raise forms.ValidationError(wrong)
        return files

    def has_changed(self, initial: Any, data: Any) -> bool:
        return bool(data)


class TakesFiles:
    """For the page: what is past the limit is answered with 413, and the limit."""

    @csrf_exempt  # only until the ceiling hangs: whoever reads the token reads the whole body
    def add_view(self, request: HttpRequest, *args: Any, **named: Any) -> Any:
        return _below_ceiling(super().add_view, request, *args, **named)  # type: ignore[misc]

    @csrf_exempt  # as above
    def change_view(self, request: HttpRequest, *args: Any, **named: Any) -> Any:
        return _below_ceiling(super().change_view, request, *args, **named)  # type: ignore[misc]

    @method_decorator(csrf_protect)
    def changeform_view(self, request: HttpRequest, *args: Any, **named: Any) -> Any:
        return super().changeform_view(request, *args, **named)  # type: ignore[misc]

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **options: Any
    ) -> Any:
        if context.get("errors") and request.FILES:
            told = "Nothing is saved yet, and no file is kept: choose the files again."
            messages.warning(request, told)
        return super().render_change_form(request, context, *args, **options)  # type: ignore[misc]


def _below_ceiling(view: Any, request: HttpRequest, *args: Any, **named: Any) -> Any:
    ceiling = Ceiling(request)
    request.upload_handlers.insert(0, ceiling)
    response = view(request, *args, **named)
    if ceiling.is_exceeded and isinstance(response, TemplateResponse):
        response.status_code = 413
    return response
