"""Days in bodies, written as ISO 8601 has them and in no other way."""

from datetime import UTC, date, datetime

from django.utils.dateparse import parse_datetime

from api.problems import InvalidBody

FIRST = datetime.min.replace(tzinfo=UTC)
LAST = datetime.max.replace(tzinfo=UTC)


def read_day(value: object, pointer: str) -> date:
    """The day; raises `InvalidBody` where it is none of the calendar."""
    try:
        if isinstance(value, str) and len(value) == 10:
            return date.fromisoformat(value)
    except ValueError as error:
        told = f"{value!r} is not a day of the calendar; write it like 2026-11-18."
        raise InvalidBody((pointer, told)) from error
    raise InvalidBody((pointer, "Send a day, like 2026-11-18."))


def moment_in(text: str) -> datetime | None:
    """A moment with its offset, in UTC: PostgreSQL takes no offset past 15:59. None for others."""
    try:
        moment = parse_datetime(text)
    except ValueError:  # of the right shape, and on no calendar
        return None
    if moment is None or moment.tzinfo is None:
        return None
    try:
        return moment.astimezone(UTC)
    except OverflowError:  # in UTC, before the first year or after the last
        return FIRST if moment.year == 1 else LAST
