"""``manage.py operator create|renew|remove|list``: who may use the console on the root domain."""

from argparse import ArgumentParser
from getpass import getpass
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django_tenants.utils import get_public_schema_name, schema_context

from console.operator.impersonating.endings import end
from console.operator.sign_in import welcome_url
from tenants.companies.models import Impersonation
from tenants.people.actions.operators import (
    create_operator,
    dismiss_operator,
    find_operator,
    forget_password,
)
from tenants.people.models import Person

GOOD_FOR = "Good once, and for an hour"


class Command(BaseCommand):
    help = "Make an operator, give one another way in, remove one, or list them."

    def add_arguments(self, parser: ArgumentParser) -> None:
        verbs = parser.add_subparsers(dest="verb", required=True)
        create = verbs.add_parser("create", help="prints a link where they choose a password")
        create.add_argument("email")
        create.add_argument("--name", help="given and family name; the address, where not given")
        create.add_argument("--time-zone", default="", help="IANA name, such as Europe/Berlin")
        create.add_argument("--ask", action="store_true", help="ask for the password here instead")
        renew = verbs.add_parser("renew", help="the password is void; prints a link for another")
        renew.add_argument("email")
        remove = verbs.add_parser("remove", help="they cannot come in any more")
        remove.add_argument("email")
        verbs.add_parser("list", help="every operator")

    def handle(self, *, verb: str, **options: Any) -> None:
        work = {
            "create": self._create,
            "renew": self._renew,
            "remove": self._remove,
            "list": self._list,
        }
        try:
            work[verb](**options)
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error

    def _create(self, *, email: str, name: str | None, time_zone: str, ask: bool, **_: Any) -> None:
        given, _space, family = (name or email.partition("@")[0].capitalize()).partition(" ")
        operator = create_operator(
            email=email,
            given_name=given,
            family_name=family,
            time_zone=time_zone,
            password=_password() if ask else None,
        )
        if ask:
            self.stdout.write(f"{operator.email} can sign in to the console.")
        else:
            self._tell_way_in(operator)

    def _renew(self, *, email: str, **_: Any) -> None:
        self._tell_way_in(forget_password(operator=find_operator(email=email)))

    def _remove(self, *, email: str, **_: Any) -> None:
        operator = dismiss_operator(operator=find_operator(email=email))
        with schema_context(get_public_schema_name()):
            for running in Impersonation.objects.filter(
                operator_email=operator.email, ended_at=None, until__gt=timezone.now()
            ).select_related("company"):
                end(running)
        self.stdout.write(f"{operator.email} cannot come in any more.")

    def _list(self, **_: Any) -> None:
        for operator in Person.objects.filter(is_staff=True, is_superuser=True).order_by("email"):
            way = "" if operator.has_usable_password() else "  no password yet"
            self.stdout.write(f"{operator.email}  {operator.name}{way}")

    def _tell_way_in(self, operator: Person) -> None:
        self.stdout.write(f"{operator.email} chooses a password here. {GOOD_FOR}:")
        self.stdout.write(welcome_url(operator))


def _password() -> str:
    """Typed twice, and never shown. Raises `CommandError` where the two differ."""
    first = getpass("Password: ")
    if first != getpass("The same again: "):
        raise CommandError("The two are not the same. Nobody was made.")
    return first
