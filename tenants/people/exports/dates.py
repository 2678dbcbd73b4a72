"""Dates as exports write them, one format per column."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan january januar jän jänner",
            "feb february februar",
            "mar march mär märz mrz",
            "apr april",
            "may mai",
            "jun june juni",
            "jul july juli",
            "aug august",
            "sep sept september",
            "oct october okt oktober",
            "nov november",
            "dec december dez dezember",
        ),
        1,
    )
    for name in names.split()
}
YEAR, SHORT_YEAR = r"(?P<y>\d{4})", r"(?P<y>\d{2})"
MONTH, DAY, NAME = r"(?P<m>\d{1,2})", r"(?P<d>\d{1,2})", r"(?P<name>[^\W\d_]{3,9})\.?"
AMERICAN, BRITISH, EXCEL = "month/day/year", "day/month/year", "days since 1900"
SHAPES = {
    "year-month-day": rf"{YEAR}([-/.]){MONTH}\2{DAY}",
    "yearmonthday": r"(?P<y>(?:19|20)\d{2})(?P<m>\d{2})(?P<d>\d{2})",
    AMERICAN: rf"{MONTH}([-/]){DAY}\2{YEAR}",
    BRITISH: rf"{DAY}([-/]){MONTH}\2{YEAR}",
    "day.month.year": rf"{DAY}\. ?{MONTH}\. ?{YEAR}",
    "day month year": rf"{DAY}(?:st|nd|rd|th)?\.?[- /]?{NAME},?[- /]?{YEAR}",
    "month day, year": rf"{NAME}[- /]{DAY}(?:st|nd|rd|th)?,?[- /]{YEAR}",
    "day month yy": rf"{DAY}\.?[- /]?{NAME}[- /]?{SHORT_YEAR}",
    "day.month.yy": rf"{DAY}\.{MONTH}\.{SHORT_YEAR}",
    "month/day/yy": rf"{MONTH}([-/]){DAY}\2{SHORT_YEAR}",
    "day/month/yy": rf"{DAY}([-/]){MONTH}\2{SHORT_YEAR}",
    "yy/month/day": rf"{SHORT_YEAR}([-/]){MONTH}\2{DAY}",
}
TIME = (
    r"(?:,?[T ]\d{1,2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?: ?[AP]M)?(?: ?Z| ?UTC|[+-]\d{2}:?\d{2})?)?"
)
FORMATS = {
    name: re.compile(shape + TIME, re.ASCII | re.IGNORECASE)
    if NAME not in shape
    else re.compile(shape + TIME, re.IGNORECASE)
    for name, shape in SHAPES.items()
}
SHORT = frozenset({"month/day/yy", "day/month/yy", "yy/month/day"})
SERIAL = re.compile(r"([2-6]\d{4})(?:\.\d+)?", re.ASCII)  # 1954 to 2091
FIRST_SERIAL_DAY = date(1899, 12, 30)  # Excel has a 29 February 1900
NEVER = frozenset({"0001-01-01", "9999-12-31"})  # databases' least and SAP's greatest date
NO_DATE = frozenset({"0000-00-00", "00/00/0000", "00.00.0000", "-", "--", "–", "—", "n/a", "N/A"})
HEADED_AMERICAN = re.compile(r"\bmm?[/-]dd?\b", re.I)
HEADED_BRITISH = re.compile(r"\b[dt]{1,2}[/-]mm?\b", re.I)


@dataclass(frozen=True, slots=True)
class Reading:
    """A column's values as ISO dates. A value that its format cannot read stays as it is.

    `format` is "" where nothing could be read; `either` tells that month and day could also be
    the other way round.
    """

    dates: dict[str, str]
    format: str
    either: bool = False


def read_dates(values: Iterable[str], heading: str = "", order: str = "") -> Reading:
    """Read a column in the format that reads the most of it.

    Where every day is 12 or less, the heading decides ("DD/MM/YYYY"), then `order` (of another
    column of the file), then America. Years of two digits are read only where one order fits.
    """
    distinct = {value for value in values if value}
    blank = {"": "", **dict.fromkeys(distinct & NO_DATE, "")}
    written = distinct - NO_DATE
    readings = {
        name: {value: iso for value in written if (iso := _iso(pattern, value)) is not None}
        for name, pattern in FORMATS.items()
    }
    best = max(readings, key=lambda name: len(readings[name]))
    most = len(readings[best])
    if not most:
        return _read_serials(written, blank)
    rivals = {name for name in readings if len(readings[name]) == most}
    if best in SHORT and len(_different(readings, rivals & SHORT)) > 1:
        return Reading({**{value: value for value in distinct}, **blank}, "", either=True)
    either = (
        best == AMERICAN
        and BRITISH in rivals
        and len(_different(readings, {AMERICAN, BRITISH})) > 1
    )
    if either and (known := _headed(heading) or order):
        best, either = known, False
    return Reading(
        {**{value: value for value in distinct}, **readings[best], **blank}, best, either
    )


def _headed(heading: str) -> str:
    if HEADED_AMERICAN.search(heading):
        return AMERICAN
    return BRITISH if HEADED_BRITISH.search(heading) else ""


def _different(readings: Mapping[str, dict[str, str]], names: Iterable[str]) -> set[object]:
    return {tuple(sorted(readings[name].items())) for name in names}


def _iso(pattern: re.Pattern[str], value: str) -> str | None:
    if not (match := pattern.fullmatch(value)):
        return None
    parts = match.groupdict()
    month = MONTHS.get(parts["name"].casefold()) if "name" in parts else int(parts["m"])
    year = int(parts["y"])
    if len(parts["y"]) == 2:
        year += 1900 if year >= 69 else 2000  # as POSIX has it
    try:
        iso = date(year, month or 0, int(parts["d"])).isoformat()
    except ValueError:
        return None  # a day no calendar has speaks against the format
    return "" if iso in NEVER else iso


def _read_serials(written: set[str], blank: dict[str, str]) -> Reading:
    """Excel's day numbers, where the column holds nothing else."""
    matches = {value: SERIAL.fullmatch(value) for value in written}
    if not written or not all(matches.values()):
        return Reading({**{value: value for value in written}, **blank}, "")
    days = {
        value: (FIRST_SERIAL_DAY + timedelta(days=int(match[1]))).isoformat()
        for value, match in matches.items()
        if match
    }
    return Reading({**days, **blank}, EXCEL)
