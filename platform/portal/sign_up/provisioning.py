"""How a company comes to be, step by step. Whoever takes up where another broke off does no harm.

The first step, the address, is done when the code was right (`take_address`).
"""

from collections.abc import Callable
from datetime import timedelta
from typing import Final, TypeAlias

from django.utils import timezone

from portal.sign_up.mails import send_welcome
from tenants.companies.actions import doing, make_tables, open_company
from tenants.companies.actions import provisioning as asking
from tenants.companies.connections import claimed
from tenants.companies.context import working_for
from tenants.companies.models import Company, ProvisioningRun, ProvisioningStep, SignUp
from tenants.people.actions import welcome_owner
from tenants.people.models import Person

Kind: TypeAlias = ProvisioningStep.Kind
State: TypeAlias = ProvisioningStep.State

PATIENCE: Final = timedelta(minutes=1)


def set_up(uid: str) -> None:
    """Do what is left of a run. While somebody else is at it, this returns at once.

    Raises what went wrong in a step, which says so itself.
    """
    with claimed(f"provisioning {uid}") as ours:
        run = ProvisioningRun.objects.select_related("company__sign_up").get(uid=uid)
        if ours:
            for step in run.steps.exclude(state=State.DONE):
                with doing(step):
                    WORK[Kind(step.kind)](run.company.sign_up)


def _make_tables(sign_up: SignUp) -> None:
    make_tables(company=_company(sign_up))


def _welcome_owner(sign_up: SignUp) -> None:
    _owner(sign_up)
    open_company(company=_company(sign_up))


def _send_mail(sign_up: SignUp) -> None:
    send_welcome(_company(sign_up), _owner(sign_up))


def _owner(sign_up: SignUp) -> Person:
    with working_for(_company(sign_up)):
        return welcome_owner(
            email=sign_up.email, given_name=sign_up.given_name, family_name=sign_up.family_name
        )


def _company(sign_up: SignUp) -> Company:
    assert sign_up.company is not None  # noqa: S101  # a run is about one
    return sign_up.company


WORK: Final[dict[Kind, Callable[[SignUp], None]]] = {
    Kind.TABLES: _make_tables,
    Kind.OWNER: _welcome_owner,
    Kind.MAIL: _send_mail,
}


def take_up_runs() -> int:
    """Ask a worker again for runs that nobody is at: its message, or its worker, may be lost.

    A run in which something failed waits for whoever looks at its page.
    """
    left = (
        ProvisioningRun.objects.filter(
            began_at__lt=timezone.now() - PATIENCE,
            company__sign_up__isnull=False,
            steps__state__in=[State.WAITING, State.RUNNING],
        )
        .exclude(steps__state=State.FAILED)
        .distinct()
    )
    for uid in (uids := list(left.values_list("uid", flat=True))):
        asking.ask_worker(str(uid))
    return len(uids)
