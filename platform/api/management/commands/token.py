"""``manage.py token issue``: a token for an HRIS or BI system."""

from datetime import timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from api.models import ApiToken, Scope
from tenants.companies.context import NoCompanyError, find_company, working_for


class Command(BaseCommand):
    """Prints the token alone on stdout, so that it can be piped into a secret store."""

    help = "Issues API tokens of a company."

    def add_arguments(self, parser: CommandParser) -> None:
        issue = parser.add_subparsers(dest="verb", required=True).add_parser("issue")
        issue.add_argument("--company", required=True, help="its address, such as acme")
        issue.add_argument("--name", required=True, help="what it is for, such as HRIS")
        issue.add_argument(
            "--scope",
            dest="scopes",
            action="append",
            required=True,
            choices=Scope.values,
            help="what it may do; repeat for more",
        )
        issue.add_argument("--days", type=int, default=365, help="until it expires; 365")

    def handle(self, **options: Any) -> None:
        try:
            with working_for(find_company(options["company"])):
                text = _issue(options["name"], options["scopes"], options["days"])
        except NoCompanyError as error:
            raise CommandError(str(error)) from error
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        self.stderr.write(f"Issued for {options['days']} days. It is shown this once:")
        self.stdout.write(text)


def _issue(name: str, scopes: list[str], days: int) -> str:
    if not 1 <= days <= 3650:
        raise ValidationError("Give --days as a number from 1 to 3650.")
    scopes, expires_at = sorted(set(scopes)), timezone.now() + timedelta(days=days)
    ApiToken(name=name, scopes=scopes, expires_at=expires_at).clean_fields(
        exclude=["digest", "created_by"]
    )
    _, text = ApiToken.issue(name=name, scopes=scopes, expires_at=expires_at)
    return text
