"""The uid that a form sends along."""

from uuid import UUID

from django.http import Http404, HttpRequest


def uid_in(request: HttpRequest, field: str) -> UUID:
    """404 where it is none: only a form that somebody made up sends that."""
    try:
        return UUID(request.POST.get(field, ""))
    except ValueError:
        raise Http404 from None
