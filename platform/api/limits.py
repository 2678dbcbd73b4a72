"""How often one may ask: counted per token, and for wrong tokens per address, in each company.

Counted in the memory of a process, a minute at a time: no query and about a microsecond. A service
of several processes so lets up to so many times the limit through; what the headers tell is what
the answering process surely grants.
"""

import time
from collections.abc import Hashable
from dataclasses import dataclass
from http import HTTPStatus
from threading import Lock
from typing import Final, Literal

from django.conf import settings
from rest_framework.exceptions import APIException

from tenants.companies.connections import connection

WINDOW: Final = 60  # seconds
MOST_KEYS: Final = 20_000
"""Kept at once: about 5 MB. Past them everybody starts anew."""
EXCEEDED: Final = "https://iana.org/assignments/http-problem-types#quota-exceeded"

Policy = Literal["token", "stranger"]
_lock = Lock()
_windows: dict[Hashable, tuple[float, int]] = {}
"""When each began, and how often it was asked since."""


@dataclass(frozen=True)
class Quota:
    """What is left of it, for how many seconds."""

    policy: Policy
    limit: int
    left: int
    ends_in: int

    def headers(self) -> dict[str, str]:
        """As draft-ietf-httpapi-ratelimit-headers-10 has them."""
        return {
            "RateLimit-Policy": f'"{self.policy}";q={self.limit};w={WINDOW}',
            "RateLimit": f'"{self.policy}";r={max(self.left, 0)};t={self.ends_in}',
        }


class QuotaExceeded(APIException):
    """RFC 6585, section 4."""

    status_code = HTTPStatus.TOO_MANY_REQUESTS
    problem_type = EXCEEDED

    def __init__(self, quota: Quota) -> None:
        super().__init__(
            f"More than {quota.limit} requests came within {WINDOW} seconds: "
            f"go on in {quota.ends_in}."
        )
        self.headers = {"Retry-After": str(quota.ends_in)}


def count(policy: Policy, key: Hashable) -> Quota:
    """One more request of `key`, in the company that is set. `left` is below 0 past the limit."""
    now, limit = time.time(), settings.API_LIMITS[policy]
    place = (connection.schema_name, policy, key)
    with _lock:
        began, used = _windows.get(place, (now, 0))
        if not 0 <= now - began < WINDOW:  # below 0 where the clock was set back
            began, used = now, 0
        if place not in _windows and len(_windows) >= MOST_KEYS:
            _make_room(now)
        _windows[place] = began, used + 1
    return Quota(policy, limit, limit - used - 1, max(1, round(began + WINDOW - now)))


def forget() -> None:
    """Everybody starts anew."""
    with _lock:
        _windows.clear()


def _make_room(now: float) -> None:
    for place, (began, _) in list(_windows.items()):
        if now - began >= WINDOW:
            del _windows[place]
    if len(_windows) >= MOST_KEYS:
        _windows.clear()
