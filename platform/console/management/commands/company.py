"""``manage.py company create|list|suspend|resume|passwords``: the console, from a shell."""

import csv
import sys
from argparse import ArgumentParser
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from console.operator.columns import HEADINGS, rows_of
from console.operator.overviews import overviews_of
from console.operator.passwords import ALREADY, let_passwords_in
from console.operator.switching import switch
from tenants.companies.actions import create_company
from tenants.companies.context import NoCompanyError, find_company
from tenants.companies.models import Company
from tenants.people.auditing.acting import Acting, acts

VERBS = {"suspend": Company.Status.ACTIVE, "resume": Company.Status.SUSPENDED}
"""And the status that a company has to have for it."""


class Command(BaseCommand):
    help = "Create a company, list them, suspend or resume one, or let its passwords in."

    def add_arguments(self, parser: ArgumentParser) -> None:
        verbs = parser.add_subparsers(dest="verb", required=True)
        create = verbs.add_parser("create", help="a company with its schema and its host")
        create.add_argument("slug", help="its address: SLUG.the-root-domain")
        create.add_argument("--name", help="as people write it; the slug, where not given")
        create.add_argument("--time-zone", default="UTC", help="IANA name, such as Europe/Berlin")
        listing = verbs.add_parser("list", help="every company, how large it is and how it does")
        listing.add_argument("--csv", action="store_true", help="every column, as CSV")
        for verb, what in (("suspend", "switch it off"), ("resume", "switch it on again")):
            command = verbs.add_parser(verb, help=what)
            command.add_argument("slug", help="its address")
            command.add_argument("--reason", required=True, help="why; its owner reads it")
            command.add_argument("--yes", action="store_true", help="do not ask")
        doors = verbs.add_parser("passwords", help="let them in again, where single sign-on fails")
        doors.add_argument("slug", help="its address")
        doors.add_argument("--reason", required=True, help="why; its owner reads it")

    def handle(self, *, verb: str, **options: Any) -> None:
        work: dict[str, Callable[..., None]] = {
            "create": self._create,
            "list": self._list,
            "suspend": self._switch,
            "resume": self._switch,
            "passwords": self._let_passwords_in,
        }
        with acts(Acting(words="Somebody at the command line")):
            work[verb](verb=verb, **options)

    def _create(self, *, slug: str, name: str | None, time_zone: str, **_: Any) -> None:
        try:
            company = create_company(
                name=name or slug.capitalize(),
                slug=slug,
                root_domain=settings.ROOT_DOMAIN,
                time_zone=time_zone,
            )
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        self.stdout.write(f"{company.name} is ready: {company.url()}")

    def _list(self, *, csv: bool, **_: Any) -> None:
        found = overviews_of(list(Company.objects.order_by("slug")), now=timezone.now())
        rows = [[str(cell) for cell in row] for row in (HEADINGS, *rows_of(found))]
        if csv:
            self._write_csv(rows)
        else:
            self._write_table(rows)

    def _write_csv(self, rows: list[list[str]]) -> None:
        csv.writer(self.stdout).writerows(rows)

    def _write_table(self, rows: list[list[str]]) -> None:
        widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
        for row in rows:
            cells = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
            self.stdout.write("  ".join(cells).rstrip())

    def _let_passwords_in(self, *, slug: str, reason: str, **_: Any) -> None:
        company = self._find(slug)
        if not company.single_sign_on_only:
            raise CommandError(ALREADY.format(company=company))
        told = let_passwords_in(company=company, reason=reason, operator=None)
        self.stdout.write(told)

    def _find(self, slug: str) -> Company:
        try:
            return find_company(slug)
        except NoCompanyError as error:
            raise CommandError(str(error)) from error

    def _switch(self, *, verb: str, slug: str, reason: str, yes: bool, **_: Any) -> None:
        company = self._find(slug)
        if company.status != VERBS[verb]:
            raise CommandError(f"{company} is {company.status}, not {VERBS[verb]}.")
        if verb == "suspend" and not yes:
            self._ask(company)
        try:
            told = switch(company=company, reason=reason, operator=None)
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        self.stdout.write(told)

    def _ask(self, company: Company) -> None:
        """Says to how many people it happens, and has the address typed."""
        [overview] = overviews_of([company], now=timezone.now())
        people = f"{overview.figures.people} people" if overview.figures else "Everybody there"
        self.stdout.write(f"{people} cannot come in to {company} any more, and nothing is sent.")
        if not sys.stdin.isatty():
            raise CommandError("Nobody to ask here: say --yes.")
        if input(f"Type {company.slug} to confirm: ").strip() != company.slug:
            raise CommandError("Nothing was done.")
