from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.admin import AdminSite
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import URLPattern, path

from learning.admin.onet.occupation import occupation
from learning.admin.onet.search import search
from learning.admin.onet.upload import upload

View = Callable[..., HttpResponseBase]
MAY = "learning.add_role"


def onet_urls(site: AdminSite) -> list[URLPattern]:
    """Pages below the list of roles."""

    def page(route: str, view: View, name: str) -> URLPattern:
        return path(f"onet/{route}", site.admin_view(_guarded(view)), name=name)

    return [
        page("", search, "learning_onet"),
        page("tables/", upload, "learning_onet_tables"),
        page("<str:code>/", occupation, "learning_onet_occupation"),
    ]


def _guarded(view: View) -> View:
    """For whoever may add roles; everybody else is told 403."""

    @wraps(view)
    def guarded(request: HttpRequest, **named: Any) -> HttpResponseBase:
        if not request.user.has_perm(MAY):
            raise PermissionDenied
        return view(request, **named)

    return guarded
