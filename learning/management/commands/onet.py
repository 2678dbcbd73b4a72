"""``manage.py onet import FILE --company acme``: occupations to start roles from."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from rich.console import Console
from rich.progress import track

from learning.actions import replace_occupations
from learning.models import Occupation
from learning.onet.reading import file_at, read_database
from learning.onet.refusals import OnetError
from learning.onet.rows import PublishedTask
from tenants.companies.context import NoCompanyError, find_company, working_for

SHOWN = 20  # occupations a search prints
LONG = 1_000  # tasks from which progress is worth showing


class Command(BaseCommand):
    help = "Import the O*NET database's tables of occupations and tasks, or search them."

    def add_arguments(self, parser: CommandParser) -> None:
        what = parser.add_subparsers(required=True, dest="what")
        importing = what.add_parser("import", help="put the tables in the place of those there are")
        importing.add_argument(
            "paths",
            nargs="+",
            type=Path,
            metavar="PATH",
            help="the ZIP as published, or 'Occupation Data.txt' and 'Task Statements.txt'",
        )
        importing.add_argument(
            "--release", default="", help="'O*NET 18.1', where the names of the files do not say it"
        )
        searching = what.add_parser("search", help="occupations by words of their title")
        searching.add_argument("words", nargs="+")
        for one in (importing, searching):
            one.add_argument("--company", required=True, metavar="SLUG")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            with working_for(find_company(options["company"])):
                if options["what"] == "import":
                    self._import(options["paths"], options["release"])
                else:
                    self._search(" ".join(options["words"]))
        except (NoCompanyError, OnetError) as error:
            raise CommandError(str(error)) from error

    def _import(self, paths: Sequence[Path], release: str) -> None:
        database = read_database([file_at(path) for path in paths], release=release)
        replace_occupations(database=database, watch=_watched)
        for note in database.notes:
            self.stdout.write(f"Note: {note}")
        self.stdout.write(
            f"{database.release or 'O*NET'}: {len(database.occupations):,} occupations, "
            f"{len(database.tasks):,} tasks."
        )

    def _search(self, words: str) -> None:
        found = Occupation.objects.matching(words).with_core_tasks()
        occupation: Any
        for occupation in found[:SHOWN]:
            core = occupation.core_tasks
            self.stdout.write(f"{occupation.code}  {occupation.title} ({core} core tasks)")
        if (count := found.count()) > SHOWN:
            self.stdout.write(f"{count - SHOWN:,} more: add a word.")
        if not count:
            raise CommandError(
                f"No occupation has the words {words!r}."
                if Occupation.objects.exists()
                else "This company has no O*NET tables yet: see 'manage.py onet import'."
            )


def _watched(tasks: Sequence[PublishedTask]) -> Iterable[PublishedTask]:
    """The tasks, with a bar on standard error while they are stored, where there are many."""
    console = Console(stderr=True)
    quiet = len(tasks) < LONG or not console.is_terminal
    return track(tasks, "Storing tasks", console=console, disable=quiet)
