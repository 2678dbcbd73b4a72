from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.admin import AdminSite
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import URLPattern, path

from tenants.people.admin.imports.columns import columns
from tenants.people.admin.imports.preview import preview
from tenants.people.admin.imports.runs import forget, refused, run
from tenants.people.admin.imports.upload import upload

View = Callable[..., HttpResponseBase]
MAY = ("people.add_person", "people.change_person")


def import_urls(site: AdminSite) -> list[URLPattern]:
    """The pages of an import, below the list of people."""

    def page(route: str, view: View, name: str) -> URLPattern:
        return path(f"import/{route}", site.admin_view(_guarded(view)), name=name)

    return [
        page("", upload, "people_import"),
        page("<uuid:uid>/columns/", columns, "people_import_columns"),
        page("<uuid:uid>/preview/", preview, "people_import_preview"),
        page("<uuid:uid>/run/", run, "people_import_run"),
        page("<uuid:uid>/refused.csv", refused, "people_import_refused"),
        page("<uuid:uid>/forget/", forget, "people_import_forget"),
    ]


def _guarded(view: View) -> View:
    """For whoever may add and change people; everybody else is told 403."""

    @wraps(view)
    def guarded(request: HttpRequest, **named: Any) -> HttpResponseBase:
        if not request.user.has_perms(MAY):
            raise PermissionDenied
        return view(request, **named)

    return guarded
