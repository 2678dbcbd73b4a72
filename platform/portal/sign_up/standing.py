"""How far the setting up of a company has come, for whoever watches."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Final, TypeAlias

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from portal.sign_up.tokens import WELCOME_LIFE, welcome_url
from tenants.companies.connections import connection
from tenants.companies.context import working_for
from tenants.companies.models import Company, ProvisioningStep, SignUp
from tenants.people.models import Person

Kind: TypeAlias = ProvisioningStep.Kind
State: TypeAlias = ProvisioningStep.State

LABELS: Final[dict[Kind, Promise]] = {
    Kind.ADDRESS: _("Keep its address"),
    Kind.TABLES: _("Make its own tables"),
    Kind.OWNER: _("Make your account"),
    Kind.MAIL: _("Send you the way in by mail"),
}
SHARES: Final = {Kind.ADDRESS: 2, Kind.TABLES: 90, Kind.OWNER: 4, Kind.MAIL: 4}
"""Of the whole, in per cent: about what each takes."""


@dataclass(frozen=True)
class Row:
    label: Promise
    state: State
    took: timedelta | None

    @property
    def seconds(self) -> float | None:
        return self.took.total_seconds() if self.took else None


@dataclass(frozen=True)
class Standing:
    """`percent` of the work is done. Once the company is open, `entrance` is its owner's way in:
    where they choose a password or, where it `has_begun` or the hour is over, sign in.
    """

    company: Company
    rows: list[Row]
    percent: int
    is_ready: bool
    has_failed: bool
    entrance: str
    has_begun: bool

    @property
    def moves(self) -> bool:
        """Whether there is something to wait for."""
        return any(row.state in (State.WAITING, State.RUNNING) for row in self.rows) and not (
            self.has_failed
        )

    @property
    def step(self) -> int:
        """The number of the step that is being done, from 1."""
        undone = (n for n, row in enumerate(self.rows, 1) if row.state != State.DONE)
        return next(undone, len(self.rows))

    @property
    def label(self) -> Promise:
        """What that step is."""
        return self.rows[self.step - 1].label

    @property
    def seen(self) -> str:
        """Differs whenever the page would."""
        return f"{self.step}.{self.percent}.{int(self.moves)}"


def standing_of(sign_up: SignUp) -> Standing:
    """A query, two more while tables are made, and two once the company is open."""
    company = sign_up.company
    assert company is not None  # noqa: S101  # the caller has looked
    steps = list(ProvisioningStep.objects.filter(run__company=company))
    done = {Kind(step.kind): 1.0 for step in steps if step.state == State.DONE}
    if any(step.kind == Kind.TABLES and step.state == State.RUNNING for step in steps):
        done[Kind.TABLES] = _share_of_tables(company)
    is_ready = Kind.OWNER in done
    entrance, has_begun = _entrance(sign_up, company, steps) if is_ready else ("", False)
    return Standing(
        company=company,
        rows=[Row(LABELS[Kind(s.kind)], State(s.state), s.took) for s in steps],
        percent=round(sum(SHARES[kind] * share for kind, share in done.items())),
        is_ready=is_ready,
        has_failed=any(step.state == State.FAILED for step in steps),
        entrance=entrance,
        has_begun=has_begun,
    )


def _entrance(sign_up: SignUp, company: Company, steps: list[ProvisioningStep]) -> tuple[str, bool]:
    opened_at = next(step.ended_at for step in steps if step.kind == Kind.OWNER)
    with working_for(company):
        owner = Person.objects.filter(email=sign_up.email).first()
    is_over = opened_at is None or timezone.now() > opened_at + WELCOME_LIFE
    if owner is None or owner.has_usable_password() or is_over:
        return company.url("/accounts/login/"), True
    return welcome_url(company, owner), False


def _share_of_tables(company: Company) -> float:
    """Each migration is committed by itself, so they can be counted while they run.

    ``public`` notes all of them as done, those of companies too.
    """
    table = f"{connection.ops.quote_name(company.schema_name)}.django_migrations"
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regclass(%s)", [table])
        if cursor.fetchone()[0] is None:
            return 0.0
        cursor.execute(
            f"SELECT count(*)::float / (SELECT count(*) FROM public.django_migrations) FROM {table}"  # noqa: S608  # quoted above
        )
        share: float = cursor.fetchone()[0]
    return min(1.0, share)
