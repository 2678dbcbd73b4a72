"""Every address of the portal, from the URLconf, and what of them is no page."""

import re
from collections.abc import Iterator
from typing import Final

from django.urls import URLPattern, URLResolver, get_resolver, resolve

COMPANY, ROOT = "config.urls.company", "config.urls.root"
ELSEWHERE = ("admin/", "api/", "scim/", "demo/", "console/", "operator/")  # not of this portal
PARAMETER = re.compile(r"<(?:(\w+):)?\w+>")
FILLED = {"uuid": "0197a0f6-0000-7000-8000-000000000000", "int": "1"}
NO_PAGE: Final = {
    "home",  # leads on
    "again",  # leads on, unless words are kept from before
    "account_signup",  # leads on
    "openid_connect_login",  # leads to the provider
    "saml_login",
    "saml_acs",  # keeps what the provider posts, and leads on
    "saml_sls",  # leads to the page to sign out
    "saml_metadata",  # for machines
    "account_inactive",  # leads on, unless somebody was just refused
    "account_confirm_password_reset_code",  # leads on until a code was asked for
    "account_complete_password_reset",  # leads on until the code was right
    "step_file",  # a download
    "logo",  # a picture
    "my_data_download",  # a download
    "calendar_feed",  # for calendars
    "sign_up_address",  # a part of a page
}
"""Addresses that show nothing when somebody opens them; what only takes a POST answers 405."""


def addresses() -> dict[str, str]:
    """Path → name of everything in the portal, with what is not there in its parameters.

    A path of the root domain begins with its host.
    """
    found = dict(_named(get_resolver(COMPANY).url_patterns))
    return found | {
        f"localhost{path}": name for path, name in _named(get_resolver(ROOT).url_patterns)
    }


def name_of(path: str, *, root: bool) -> str:
    return resolve(path.partition("?")[0], ROOT if root else COMPANY).url_name or ""


def _named(patterns: list[URLPattern | URLResolver], before: str = "") -> Iterator[tuple[str, str]]:
    for pattern in patterns:
        route = before + str(pattern.pattern)
        if route.startswith(ELSEWHERE):
            continue
        if isinstance(pattern, URLResolver):
            yield from _named(pattern.url_patterns, route)
        else:
            yield "/" + PARAMETER.sub(_filled, route), pattern.name or route


def _filled(parameter: re.Match[str]) -> str:
    return FILLED.get(parameter[1], "nothing")
