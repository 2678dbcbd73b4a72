"""``manage.py person erase --company acme --email ada@acme.example --reason …``."""

from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser

from tenants.companies.context import NoCompanyError, find_company, working_for
from tenants.people.actions.erasing import erase_person
from tenants.people.erasing.accounts import account_of
from tenants.people.models import Person


class Command(BaseCommand):
    help = "Erase one person of a company for good."

    def add_arguments(self, parser: CommandParser) -> None:
        erasing = parser.add_subparsers(required=True, dest="what").add_parser(
            "erase", help="tell what would go; with --yes, erase them for good"
        )
        erasing.add_argument("--company", required=True, metavar="SLUG")
        who = erasing.add_mutually_exclusive_group(required=True)
        who.add_argument("--email")
        who.add_argument("--uid", type=UUID)
        erasing.add_argument("--reason", required=True, help="kept in the audit log")
        erasing.add_argument("--yes", action="store_true", help="do it; it cannot be taken back")
        erasing.add_argument(
            "--works-here", action="store_true", help="erase them although they have not left"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            with working_for(find_company(options["company"])):
                self._erase(**options)
        except NoCompanyError as error:
            raise CommandError(str(error)) from error
        except ValidationError as error:
            told = " ".join(error.messages)
            hint = " To confirm, add --works-here." if "not left" in told else ""
            raise CommandError(told + hint) from error

    def _erase(self, *, reason: str, yes: bool, works_here: bool, **options: Any) -> None:
        person = _find(options["email"], options["uid"])
        account = account_of(person)
        self.stdout.write(f"Goes: {', '.join(account.goes) or 'nothing but the person'}.")
        if account.stays:
            self.stdout.write(f"Stays, as nobody's: {', '.join(account.stays)}.")
        for line in account.told:
            self.stdout.write(line)
        if not yes:
            self.stdout.write("Nothing was erased. To do it, add --yes.")
            return
        uid = person.uid
        erase_person(person=person, actor=None, reason=reason, works_here=works_here)
        self.stdout.write(f"Erased {uid}. The feed tells it as person.erased.")


def _find(email: str | None, uid: UUID | None) -> Person:
    who = {"uid": uid} if uid else {"email": (email or "").lower()}
    person: Person | None = Person.objects.filter(**who).first()
    if person is None:
        raise CommandError("There is nobody like that in this company.")
    return person
