"""People by the month they were hired in."""

from datetime import date


def first_month(today: date, months: int) -> date:
    """The first day of the earliest of so many calendar months, this one among them."""
    before = today.year * 12 + today.month - months
    return date(before // 12, before % 12 + 1, 1)
