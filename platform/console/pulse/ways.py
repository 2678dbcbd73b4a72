"""Where the work is of somebody to whom the pulse shows nothing: who brings people in."""

from dataclasses import dataclass
from typing import Any, Final

from django.urls import reverse


@dataclass(frozen=True, slots=True)
class Way:
    words: str
    page: str  # its name in the URLconf of the admin site
    may: tuple[str, ...]
    says: str

    @property
    def link(self) -> str:
        return reverse(f"admin:{self.page}")


WAYS: Final = (
    Way(
        "Import people",
        "people_import",
        ("people.add_person", "people.change_person"),
        "A file from your HRIS will do; every row is shown before anything is written.",
    ),
    Way(
        "See the sync runs",
        "people_syncrun_changelist",
        ("people.view_syncrun",),
        "What came from your HRIS, and what was refused and why.",
    ),
    Way(
        "Make an API token",
        "api_apitoken_changelist",
        ("api.add_apitoken",),
        "So that who comes, moves and leaves is known here the same day.",
    ),
    Way(
        "Look at the org chart",
        "person_chart",
        ("people.view_person",),
        "Who manages whom, and whose manager is missing.",
    ),
)


def ways_of(reader: Any) -> list[Way]:
    return [way for way in WAYS if reader.has_perms(way.may)]
