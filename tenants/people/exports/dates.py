"""Dates as exports write them, one format per column."""

import re
from collections.abc import Iterable
from datetime import date

FORMATS = {
    "year-month-day": re.compile(r"(?P<y>\d{4})-(?P<m>\d{1,2})-(?P<d>\d{1,2})", re.ASCII),
    "year/month/day": re.compile(r"(?P<y>\d{4})/(?P<m>\d{1,2})/(?P<d>\d{1,2})", re.ASCII),
    "month/day/year": re.compile(r"(?P<m>\d{1,2})/(?P<d>\d{1,2})/(?P<y>\d{4})", re.ASCII),
    "day/month/year": re.compile(r"(?P<d>\d{1,2})/(?P<m>\d{1,2})/(?P<y>\d{4})", re.ASCII),
    "day.month.year": re.compile(r"(?P<d>\d{1,2})\.(?P<m>\d{1,2})\.(?P<y>\d{4})", re.ASCII),
}
NO_DATE = "0000-00-00"  # BambooHR's blank
AMERICAN, BRITISH = "month/day/year", "day/month/year"


def read_dates(values: Iterable[str]) -> tuple[dict[str, str], bool]:
    """Each value as an ISO date, and whether month and day could also be the other way round.

    The format is the one that reads the most values; a value it cannot read stays as it is, for
    the row's error to name. Where every day is 12 or less, American order is taken.
    """
    distinct = {value for value in values if value}
    readings = {
        name: {value: iso for value in distinct if (iso := _iso(pattern, value))}
        for name, pattern in FORMATS.items()
    }
    best = max(readings, key=lambda name: len(readings[name]))
    read = readings[best]
    unsure = best == AMERICAN and bool(read) and len(readings[BRITISH]) == len(read)
    differs = unsure and any(readings[BRITISH].get(value) != iso for value, iso in read.items())
    return {**{value: value for value in distinct}, **read, NO_DATE: "", "": ""}, differs


def _iso(pattern: re.Pattern[str], value: str) -> str | None:
    if not (match := pattern.fullmatch(value)):
        return None
    try:
        return date(int(match["y"]), int(match["m"]), int(match["d"])).isoformat()
    except ValueError:
        return None  # a day no calendar has speaks against the format
