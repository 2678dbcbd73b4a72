"""Days in bodies, written as ISO 8601 has them and in no other way."""

from datetime import date

from api.problems import InvalidBody


def read_day(value: object, pointer: str) -> date:
    """The day; raises `InvalidBody` where it is none of the calendar."""
    try:
        if isinstance(value, str) and len(value) == 10:
            return date.fromisoformat(value)
    except ValueError as error:
        told = f"{value!r} is not a day of the calendar; write it like 2026-11-18."
        raise InvalidBody((pointer, told)) from error
    raise InvalidBody((pointer, "Send a day, like 2026-11-18."))
