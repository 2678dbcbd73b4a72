"""How far the setting up of a company has come, for its owner."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from portal.sign_up.tokens import WELCOME_LIFE, welcome_url
from tenants.companies import standing
from tenants.companies.context import working_for
from tenants.companies.models import SignUp
from tenants.companies.standing import Kind, Standing, State
from tenants.people.models import Person

LABELS: Final[dict[Kind, Promise]] = {
    Kind.ADDRESS: _("Keep its address"),
    Kind.TABLES: _("Make its own tables"),
    Kind.OWNER: _("Make your account"),
    Kind.MAIL: _("Send you the way in by mail"),
}


@dataclass(frozen=True)
class Row:
    label: Promise
    state: State
    took: timedelta | None

    @property
    def seconds(self) -> float | None:
        return self.took.total_seconds() if self.took else None


@dataclass(frozen=True)
class OwnStanding(Standing):
    """Once the company is open, `entrance` is its owner's way in: where they choose a password or,
    where it `has_begun` or the hour is over, sign in.
    """

    entrance: str
    has_begun: bool

    @property
    def rows(self) -> list[Row]:
        return [Row(LABELS[Kind(s.kind)], State(s.state), s.took) for s in self.steps]

    @property
    def label(self) -> Promise:
        """What the step is that is being done."""
        return self.rows[self.step - 1].label


def standing_of(sign_up: SignUp) -> OwnStanding:
    """A query, two more while tables are made, and two once the company is open."""
    assert sign_up.company is not None  # noqa: S101  # the caller has looked
    found = standing.standing_of(sign_up.company)
    entrance, has_begun = _entrance(sign_up, found) if found.is_ready else ("", False)
    return OwnStanding(**vars(found), entrance=entrance, has_begun=has_begun)


def _entrance(sign_up: SignUp, found: Standing) -> tuple[str, bool]:
    company = found.company
    opened_at = next(step.ended_at for step in found.steps if step.kind == Kind.OWNER)
    with working_for(company):
        owner = Person.objects.filter(email=sign_up.email).first()
    is_over = opened_at is None or timezone.now() > opened_at + WELCOME_LIFE
    if owner is None or owner.has_usable_password() or is_over:
        return company.url("/accounts/login/"), True
    return welcome_url(company, owner), False
