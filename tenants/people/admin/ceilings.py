"""Uploads that are let go of as soon as they are larger than anything we read."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.files.uploadhandler import FileUploadHandler, StopUpload
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt, csrf_protect

Page = Callable[..., HttpResponse]


class Ceiling(FileUploadHandler):
    """Counts the bytes of all files of a request, and stops reading above `limit`."""

    def __init__(self, request: HttpRequest, limit: int) -> None:
        super().__init__(request)
        self.limit, self.received = limit, 0
        self.field = ""
        """The field of the file that was one too large."""

    @property
    def is_exceeded(self) -> bool:
        return self.received > self.limit

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        self.received += len(raw_data)
        if self.is_exceeded:
            self.field = self.field_name or ""
            raise StopUpload
        return raw_data

    def file_complete(self, file_size: int) -> None:
        return None  # the handlers after this one keep it


def below_ceiling(limit: Callable[[], int]) -> Callable[[Page], Page]:
    """For a page that takes files: it gets its `ceiling` (bytes) as an argument of that name.

    The token of the form is checked once the ceiling hangs: who reads it reads the whole body.
    """

    def decorate(page: Page) -> Page:
        protected = csrf_protect(page)

        @csrf_exempt
        @wraps(page)
        def hung(request: HttpRequest, *args: Any, **named: Any) -> HttpResponse:
            ceiling = Ceiling(request, limit())
            request.upload_handlers.insert(0, ceiling)
            return protected(request, *args, ceiling=ceiling, **named)

        return hung

    return decorate
