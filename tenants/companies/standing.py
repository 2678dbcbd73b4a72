"""How far the setting up of a company has come, for whoever watches."""

from dataclasses import dataclass
from typing import Final, TypeAlias

from tenants.companies.connections import connection
from tenants.companies.models import Company, ProvisioningStep

Kind: TypeAlias = ProvisioningStep.Kind
State: TypeAlias = ProvisioningStep.State

SHARES: Final = {Kind.ADDRESS: 2, Kind.TABLES: 90, Kind.OWNER: 4, Kind.MAIL: 4}
"""Of the whole, in per cent: about what each takes."""


@dataclass(frozen=True)
class Standing:
    """`percent` of the work is done."""

    company: Company
    steps: list[ProvisioningStep]
    percent: int

    @property
    def is_ready(self) -> bool:
        """Whether the company is open: only a mail is left, at most."""
        return any(s.kind == Kind.OWNER and s.state == State.DONE for s in self.steps)

    @property
    def has_failed(self) -> bool:
        return any(step.state == State.FAILED for step in self.steps)

    @property
    def moves(self) -> bool:
        """Whether there is something to wait for."""
        waits = any(step.state in (State.WAITING, State.RUNNING) for step in self.steps)
        return waits and not self.has_failed

    @property
    def step(self) -> int:
        """The number of the step that is being done, from 1."""
        undone = (n for n, step in enumerate(self.steps, 1) if step.state != State.DONE)
        return next(undone, len(self.steps))

    @property
    def seen(self) -> str:
        """Differs whenever the page would."""
        return f"{self.step}.{self.percent}.{int(self.moves)}"


def standing_of(company: Company) -> Standing:
    """A query, and two more while tables are made."""
    steps = list(ProvisioningStep.objects.filter(run__company=company))
    done = {Kind(step.kind): 1.0 for step in steps if step.state == State.DONE}
    if any(step.kind == Kind.TABLES and step.state == State.RUNNING for step in steps):
        done[Kind.TABLES] = _share_of_tables(company)
    return Standing(
        company=company,
        steps=steps,
        percent=round(sum(SHARES[kind] * share for kind, share in done.items())),
    )


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
