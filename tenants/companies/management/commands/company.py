"""``manage.py company create|list``: what the operator does with companies, from a shell."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from tenants.companies.actions import create_company
from tenants.companies.models import Company


class Command(BaseCommand):
    help = "Create a company, or list them."

    def add_arguments(self, parser: ArgumentParser) -> None:
        verbs = parser.add_subparsers(dest="verb", required=True)
        create = verbs.add_parser("create", help="a company with its schema and its host")
        create.add_argument("slug", help="its address: SLUG.the-root-domain")
        create.add_argument("--name", help="as people write it; the slug, where not given")
        create.add_argument("--time-zone", default="UTC", help="IANA name, such as Europe/Berlin")
        verbs.add_parser("list", help="every company, with its address")

    def handle(self, *, verb: str, **options: Any) -> None:
        {"create": self._create, "list": self._list}[verb](**options)

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

    def _list(self, **_: Any) -> None:
        for company in Company.objects.order_by("slug"):
            self.stdout.write(f"{company.slug:24} {company.status:12} {company.url()}")
