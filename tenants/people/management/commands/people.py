"""``manage.py people import FILE --company acme``: people from an HRIS's export."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from rich.console import Console
from rich.progress import track

from tenants.companies.context import NoCompanyError, find_company, working_for
from tenants.people.actions import Outcome, SyncRefused, SyncResult, sync_people
from tenants.people.exports import Export, ExportError, read_export
from tenants.people.exports.names import Row
from tenants.people.models import SyncRun

LONG = 1_000  # rows from which progress is worth showing


class Command(BaseCommand):
    help = "Import people from a CSV or XLSX export of an HRIS."

    def add_arguments(self, parser: CommandParser) -> None:
        importing = parser.add_subparsers(required=True, dest="what").add_parser(
            "import", help="bring a company's people to what a file says"
        )
        importing.add_argument("file", help="CSV or XLSX with headings, as HRISs export it")
        importing.add_argument("--company", required=True, metavar="SLUG")
        importing.add_argument(
            "--mode",
            choices=SyncRun.Mode.values,
            default=SyncRun.Mode.PARTIAL.value,
            help="partial: only these people; complete: these are everybody, others have left",
        )
        importing.add_argument("--dry-run", action="store_true", help="tell, and write nothing")
        importing.add_argument(
            "--confirm", action="store_true", help="let 'complete' deactivate many people"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            company = find_company(options["company"])
            export = read_export(options["file"])
            with working_for(company):
                result = sync_people(
                    rows=_watched(export.rows),
                    source="file",
                    origin=Path(options["file"]).name,
                    mode=SyncRun.Mode(options["mode"]),
                    dry_run=options["dry_run"],
                    confirm=options["confirm"],
                )
        except SyncRefused as refusal:
            raise CommandError(f"{refusal} To confirm, add --confirm.") from refusal
        except (NoCompanyError, ExportError) as error:
            raise CommandError(str(error)) from error
        self._tell(export, result)

    def _tell(self, export: Export, result: SyncResult) -> None:
        for note in export.notes:
            self.stdout.write(f"Note: {note}")
        if export.ignored_columns:
            self.stdout.write(f"Not read, not stored: {', '.join(export.ignored_columns)}.")
        for problem in result.problems:
            kind = "refused" if problem.refused else "warning"
            self.stdout.write(f"Line {problem.line}, {kind}: {problem.message}")
        counts = result.counts
        words = {Outcome.ERROR: "refused"}
        told = (f"{count} {words.get(outcome, outcome)}" for outcome, count in counts.items())
        self.stdout.write(f"{', '.join(told)}.")
        if result.dry_run:
            self.stdout.write("Nothing was written: this was a dry run.")
        if refused := counts[Outcome.ERROR]:
            raise CommandError(f"{refused} of {len(export.rows)} rows were refused, see above.")


def _watched(rows: list[Row]) -> Iterator[Row]:
    """The rows, with a bar on standard error while they are read, where there are many."""
    console = Console(stderr=True)
    quiet = len(rows) < LONG or not console.is_terminal
    return iter(track(rows, "Comparing people", console=console, disable=quiet))
