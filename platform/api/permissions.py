"""What a token may do: each view names the scope that each of its methods needs."""

from typing import TYPE_CHECKING, Any

from django.core.exceptions import ImproperlyConfigured
from rest_framework.permissions import BasePermission
from rest_framework.request import Request

from api.models import ApiToken, Scope

if TYPE_CHECKING:
    from rest_framework.views import APIView  # which itself imports this module


class HasScope(BasePermission):
    """Lets a token in that has the scope of the method; 403 names the one that is missing.

    A view says ``required_scopes = {"GET": Scope.RECORDS_READ}``. One that has a method and no
    scope for it raises `ImproperlyConfigured`: forgetting is not the same as open.
    """

    def has_permission(self, request: Request, view: "APIView") -> bool:
        token = request.auth
        if not isinstance(token, ApiToken):
            return False
        method = request.method or ""
        if method == "OPTIONS" or not hasattr(view, method.lower()):
            return True  # tells which methods there are, or goes on to 405
        scope = required_scope(view, method)
        self.message = f"This token lacks the scope {scope}: issue one that has it."
        return scope in token.scopes


def required_scope(view: Any, method: str) -> Scope:
    """The scope for a method of a view (an object or its class); HEAD is GET."""
    declared: dict[str, Scope] = getattr(view, "required_scopes", {})
    try:
        return declared["GET" if method == "HEAD" else method]
    except KeyError as error:
        raise ImproperlyConfigured(f"{view} names no scope for {method}.") from error
