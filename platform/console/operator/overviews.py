"""Companies as an operator reads them: figures, and what is wrong, with what to do about it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from console.operator.figures import NEEDED, Figures, figures_of
from console.operator.schemas import SchemaState, states_of
from tenants.companies.models import Company, Domain, ProvisioningStep

LATE: Final = timedelta(hours=1)
"""A message that waits for longer than this is late, whatever the channel."""
Status = Company.Status


@dataclass(frozen=True)
class Trouble:
    """What is wrong in a few words, and what to do."""

    what: str
    do: str


@dataclass(frozen=True)
class Overview:
    """A company with its figures, which are None where its tables cannot be read."""

    company: Company
    address: str
    figures: Figures | None
    troubles: list[Trouble] = field(default_factory=list)


def overviews_of(companies: Sequence[Company], *, now: datetime) -> list[Overview]:
    """In their order. Five queries for up to a hundred companies, another for each hundred more.

    A company whose tables are missing or behind is told as such.
    """
    schemas = [company.schema_name for company in companies]
    states = states_of(schemas, wanted=NEEDED)
    figures = figures_of([name for name in schemas if states[name].columns.issuperset(NEEDED)])
    broken = _failed_steps(companies)
    hosts = _hosts(companies)
    return [
        Overview(
            company=company,
            address=hosts.get(company.pk, ""),
            figures=(told := figures.get(company.schema_name)),
            troubles=list(
                _troubles(company, states[company.schema_name], told, broken.get(company.pk), now)
            ),
        )
        for company in companies
    ]


def _troubles(
    company: Company,
    state: SchemaState,
    figures: Figures | None,
    failed_step: ProvisioningStep | None,
    now: datetime,
) -> Iterable[Trouble]:
    if failed_step:
        yield Trouble(
            _("Setting it up stopped at “%(step)s”") % {"step": STEPS[failed_step.kind]},
            _("See why on its page, put that right, then press “Try again”."),
        )
    if company.status == Status.PROVISIONING:
        return
    if not state.exists:
        yield Trouble(
            _("Its tables are missing"),
            _("Restore it from its last backup; its people get errors."),
        )
        return
    if state.behind or figures is None:
        yield Trouble(
            ngettext("%(n)s migration behind", "%(n)s migrations behind", state.behind)
            % {"n": state.behind or "?"},
            _("Run manage.py migrate_schemas on a server of this version."),
        )
    if figures and company.status == Status.ACTIVE:
        yield from _running_troubles(figures, now)


def _running_troubles(figures: Figures, now: datetime) -> Iterable[Trouble]:
    if figures.oldest and now - figures.oldest > LATE:
        yield Trouble(
            ngettext("%(n)s message waits", "%(n)s messages wait", figures.waiting)
            % {"n": figures.waiting},
            _("Look whether a worker runs, and what its last error is: admin site, Deliveries."),
        )
    if figures.failed:
        yield Trouble(
            ngettext("%(n)s message failed", "%(n)s messages failed", figures.failed)
            % {"n": figures.failed},
            _("Its admin site says why under Deliveries; “Send again” there, once that is gone."),
        )
    sync = figures.sync
    if sync and not sync.went_well and not sync.is_on:
        yield Trouble(
            _("The last sync was refused")
            if sync.state == "refused"
            else _("The last sync did not go through")
            if sync.state == "failed"
            else ngettext("%(n)s row refused", "%(n)s rows refused", sync.failed)
            % {"n": sync.failed},
            _("Its HRIS administrator reads why under Sync runs; such rows change nobody."),
        )


STEPS: Final = {
    ProvisioningStep.Kind.ADDRESS.value: "Keep its address",
    ProvisioningStep.Kind.TABLES.value: "Make its own tables",
    ProvisioningStep.Kind.OWNER.value: "Make its owner's account",
    ProvisioningStep.Kind.MAIL.value: "Mail the owner the way in",
}


def _failed_steps(companies: Sequence[Company]) -> dict[int, ProvisioningStep]:
    failed = ProvisioningStep.objects.filter(
        run__company__in=[company.pk for company in companies], state=ProvisioningStep.State.FAILED
    ).select_related("run")
    return {step.run.company_id: step for step in failed}


def _hosts(companies: Sequence[Company]) -> dict[int, str]:
    primary = Domain.objects.filter(
        tenant__in=[company.pk for company in companies], is_primary=True
    )
    return dict(primary.values_list("tenant_id", "domain"))
