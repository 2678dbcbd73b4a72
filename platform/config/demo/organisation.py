"""What a company's chart is made of: branches under the chief executive, units, teams."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Unit:
    """A head and their teams. Without a team manager's title the members report to the head."""

    head: str
    department: str
    members: tuple[str, ...]
    teams: tuple[int, ...]
    location: str
    manager: str = ""

    def __post_init__(self) -> None:
        if not self.manager and len(self.teams) != 1:
            raise ValueError(f"{self.head} needs managers for {len(self.teams)} teams")


@dataclass(frozen=True)
class Branch:
    """A chief who reports to the chief executive, and the units below."""

    chief: str
    department: str
    units: tuple[Unit, ...]


@dataclass(frozen=True)
class Organisation:
    """A company's chart, five levels deep: chief executive, chiefs, heads, managers, teams."""

    domain: str
    home: str
    first_number: int
    seed: int
    branches: tuple[Branch, ...]


TIME_ZONES: dict[str, str] = {
    "Berlin": "Europe/Berlin",
    "London": "Europe/London",
    "New York": "America/New_York",
    "Austin": "America/Chicago",
    "Singapore": "Asia/Singapore",
    "Bengaluru": "Asia/Kolkata",
}
"""IANA time zone of each location."""
