"""Whose strings are translated: what the portal, mail, chat and calendars show.

The admin site, the API and the command line speak English.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[2]
LANGUAGES: Final = ("de", "es")
KINDS: Final = (".py", ".html", ".txt", ".mjml")


@dataclass(frozen=True)
class Floor:
    """A folder with a catalog for each language; paths are relative to it, or to the root."""

    folder: str
    left_out: tuple[str, ...] = ()

    @property
    def path(self) -> Path:
        return ROOT / self.folder

    def catalog(self, language: str) -> Path:
        return self.path / "locale" / language / "LC_MESSAGES" / "django.po"

    def sources(self) -> Iterator[Path]:
        """Every file whose strings are asked for, in the order of their names."""
        for path in sorted(self.path.rglob("*")):
            if path.suffix in KINDS and not self._leaves_out(path.relative_to(self.path)):
                yield path

    def _leaves_out(self, path: Path) -> bool:
        return any(path.is_relative_to(folder) for folder in (*self.left_out, "migrations"))


FLOORS: Final = (
    Floor("tenants/companies", left_out=("management",)),  # the command line
    Floor(
        "tenants/people",
        left_out=(
            "admin",  # L&D's and HR's pages, with their templates
            "templates/people",
            "exports",  # an HR file that cannot be read: told in the admin site and the API
            "sync",
            "access.py",  # who may do what in the admin site
            "actions/access.py",
            "actions/operators.py",  # the console's
            "auditing",  # the log is the owner's
            "actions/files.py",
            "actions/queue.py",
            "actions/syncing.py",
            "management",
        ),
    ),
    Floor(
        "learning",
        left_out=(
            "admin",  # L&D's pages, with their templates
            "templates/learning",
            "templates/admin",
            "framing/concerns.py",  # what L&D reads while writing a framing
            "framing/hints.py",
            "framing/language.py",
            "framing/mashing.py",
            "framing/refusals.py",
            "files/archives.py",  # an upload that is refused
            "files/examining.py",
            "files/refusals.py",
            "library",  # what L&D brings in
            "onet",
            "rules",  # what a rule says of itself before L&D switches it on
            "management",
        ),
    ),
    Floor(
        "reinforcement",
        left_out=(
            "admin",  # L&D's pages, with their templates
            "templates/reinforcement",
            "library",
        ),
    ),
    Floor("platform/portal"),
    Floor(
        "platform/api",
        left_out=("webhooks/admin", "templates/api"),  # L&D's and HR's pages
    ),
)
