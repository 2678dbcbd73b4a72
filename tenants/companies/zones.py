"""The time zones that a company, or somebody in it, can choose from."""

from typing import Final
from zoneinfo import available_timezones

AREAS: Final = (
    "Africa", "America", "Antarctica", "Asia", "Atlantic", "Australia", "Europe", "Indian",
    "Pacific",
)  # fmt: skip


def zones() -> list[str]:
    """Without those that are kept for old computers only."""
    return ["UTC", *sorted(z for z in available_timezones() if z.split("/")[0] in AREAS)]
