"""The columns of dates of a file, read together: day and month have one order in all of them."""

from collections.abc import Mapping

from tenants.people.exports.dates import AMERICAN, BRITISH, EXCEL, Reading, read_dates
from tenants.people.exports.names import Row

DATES = ("hired_on", "rehired_on", "ended_on")


def read_calendars(rows: list[Row], headings: Mapping[str, str]) -> list[str]:
    """Turn the dates of rows into ISO dates and say what was assumed; `headings` by field.

    Where one column shows the order of day and month, the columns that do not follow it.
    """
    found = {
        name: [str(row[name]) for row in rows if name in row] for name in DATES if name in headings
    }
    readings = {name: read_dates(found[name], headings[name]) for name in found}
    orders = {
        reading.format: headings[name]
        for name, reading in readings.items()
        if reading.format in (AMERICAN, BRITISH) and not reading.either
    }
    notes = []
    for name, reading in readings.items():
        like = ""
        if reading.either and reading.format and len(orders) == 1:
            order, like = next(iter(orders.items()))
            reading = read_dates(found[name], headings[name], order)
        for row in rows:
            if name in row:
                row[name] = reading.dates[str(row[name])]
        if note := _note(headings[name], reading, like):
            notes.append(note)
    _drop_first_hires(rows)
    return notes


def _note(heading: str, reading: Reading, like: str) -> str:
    if like:
        return f"'{heading}' was read as {reading.format}, as '{like}' shows that order."
    if reading.either and not reading.format:
        return (
            f"'{heading}' has years of two digits and could be several dates: it was not read. "
            "Export it with years of four digits."
        )
    if reading.either:
        return (
            f"'{heading}' could be month/day/year or day/month/year, as every day is 12 or less: "
            f"it was read as {reading.format}."
        )
    if reading.format == EXCEL:
        number, iso = next((value, iso) for value, iso in reading.dates.items() if iso)
        return f"'{heading}' holds Excel's day numbers: {number} was read as {iso}."
    return ""


def _drop_first_hires(rows: list[Row]) -> None:
    """A "last hire date" is the first one, too, of whoever was hired once: that is no rehire."""
    for row in rows:
        if row.get("rehired_on") and row.get("rehired_on") == row.get("hired_on"):
            row["rehired_on"] = ""
