"""What a browser lets us guess, so that less has to be typed. Everything can be changed."""

from typing import Final

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation.trans_real import parse_accept_lang_header

ZONES: Final = {
    "at": "Europe/Vienna", "au": "Australia/Sydney", "ca": "America/Toronto",
    "ch": "Europe/Zurich", "cl": "America/Santiago", "co": "America/Bogota", "de": "Europe/Berlin",
    "en": "America/New_York", "es": "Europe/Madrid", "gb": "Europe/London", "ie": "Europe/Dublin",
    "in": "Asia/Kolkata", "mx": "America/Mexico_City", "nz": "Pacific/Auckland",
    "us": "America/New_York",
}  # fmt: skip
"""Where most people with this country or language live; a script asks the browser's clock."""


def time_zone(request: HttpRequest) -> str:
    """By the language the browser asks for, its country first; UTC where that says nothing."""
    header = request.headers.get("Accept-Language", "")
    for language, _weight in parse_accept_lang_header(header):
        for part in reversed(language.split("-")):
            if part in ZONES:
                return ZONES[part]
    return "UTC"


def locale() -> str:
    """The language the page is in, among those a company can have."""
    language = (get_language() or "").split("-")[0]
    return language if language in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
