"""``manage.py library``: which roles the starter library holds, and putting them into a company."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from rich.console import Console
from rich.progress import track

from learning.library import LibraryError, NoRoleError, Part, available_roles, read_role
from reinforcement.library import read_talk, start_from_library
from tenants.companies.context import NoCompanyError, find_company, working_for


class Command(BaseCommand):
    help = "List the roles of the starter library, or put them into a company."

    def add_arguments(self, parser: CommandParser) -> None:
        what = parser.add_subparsers(required=True, dest="what")
        what.add_parser("list", help="the roles that the library holds, and what is in each")
        loading = what.add_parser(
            "load", help="put roles into a company; what it has already stays as it is"
        )
        loading.add_argument("roles", nargs="*", metavar="ROLE", help="as 'library list' names it")
        loading.add_argument("--all", action="store_true", help="every role of the library")
        loading.add_argument("--company", required=True, metavar="SLUG")
        loading.add_argument(
            "--only",
            type=_parts,
            default=frozenset(Part),
            metavar="PART,…",
            help=f"some of {', '.join(Part)}; the role itself comes in any case",
        )
        loading.add_argument(
            "--draft", action="store_true", help="new paths as drafts, to be read before publishing"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            if options["what"] == "list":
                self._list()
            else:
                self._load(**options)
        except (NoCompanyError, NoRoleError, LibraryError) as error:
            raise CommandError(str(error)) from error

    def _list(self) -> None:
        for slug in available_roles():
            role, talk = read_role(slug), read_talk(slug)
            steps = role["path"]["steps"]
            wins = sum(step["quick_win"] for step in steps)
            self.stdout.write(
                f"{slug}\n"
                f"    {role['role']['name']}: {len(role['outcomes'])} outcomes, "
                f"{len(role['skills'])} skills, {len(steps)} steps ({wins} quick wins), "
                f"{len(talk['prompts'])} prompts, {len(talk['questions'])} questions"
            )

    def _load(
        self,
        *,
        roles: Sequence[str],
        company: str,
        only: frozenset[Part],
        draft: bool,
        **options: Any,
    ) -> None:
        slugs = available_roles() if options["all"] else list(dict.fromkeys(roles))
        if not slugs:
            raise CommandError("Say which roles, or --all: see 'manage.py library list'.")
        for slug in slugs:
            read_role(slug)  # an unknown one is refused before anything is written
        with working_for(find_company(company)):
            for slug in _watched(slugs):
                loaded = start_from_library(slug, only, publish=not draft)
                self.stdout.write(f"{slug}: {loaded.sentence}")
                for note in loaded.notes:
                    self.stdout.write(f"    Note: {note}")


def _parts(text: str) -> frozenset[Part]:
    try:
        return frozenset(Part(part.strip()) for part in text.split(","))
    except ValueError as error:
        raise CommandError(f"--only: {error}. There is: {', '.join(Part)}.") from error


def _watched(slugs: Sequence[str]) -> Iterable[str]:
    """The roles, with a bar on standard error while they are put in, where there are several."""
    console = Console(stderr=True)
    quiet = len(slugs) == 1 or not console.is_terminal
    return track(slugs, "Putting in roles", console=console, disable=quiet)
