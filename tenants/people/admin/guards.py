"""Pages of the admin site that are only for whoever may do what they are for."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase

View = Callable[..., HttpResponseBase]


def for_those_who(view: View, *may: str) -> View:
    """The view for whoever has all these permissions; everybody else is told 403."""

    @wraps(view)
    def guarded(request: HttpRequest, **named: Any) -> HttpResponseBase:
        if not request.user.has_perms(may):
            raise PermissionDenied
        return view(request, **named)

    return guarded
