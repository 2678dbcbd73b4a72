"""How often these pages may be used, by address and from where (``ACCOUNT_RATE_LIMITS``)."""

from allauth.core import ratelimit
from django.http import HttpRequest
from django.utils.translation import gettext as _


def is_too_often(request: HttpRequest, action: str, email: str = "") -> bool:
    """Counts this request. From where it comes is what the connection says, as at sign-in."""
    return not ratelimit.consume(request, action=action, key=email.lower())


def told() -> str:
    return _("That was too often. Wait an hour, then try again.")
