"""Setting a company up in steps, each of which is told of while it goes on."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Final

from celery import current_app
from django.db import transaction
from django.utils import timezone

from tenants.companies.actions.companies import reserve_company
from tenants.companies.addressing import check_slug
from tenants.companies.models import ProvisioningRun, ProvisioningStep, SignUp

State = ProvisioningStep.State
SET_UP: Final = "companies.set_up"
"""The task that does what is left of a run; its last steps are for apps further up."""


def ask_worker(uid: str) -> None:
    """Have what is left of a run done. Asked twice does no harm."""
    current_app.send_task(SET_UP, [uid])


@transaction.atomic
def take_address(
    *, sign_up: SignUp, root_domain: str, slug: str = "", now: datetime | None = None
) -> ProvisioningRun:
    """Reserve the company for a sign-up, and write down the steps to come; the first is done.

    `slug` is another address than the one first wished for. Asked again, it returns the same run.
    Raises `ValidationError` where the address is not to be had any more: then nothing is made.
    """
    began_at = now or timezone.now()
    found = (
        SignUp.objects.select_for_update(of=["self"]).select_related("company").get(pk=sign_up.pk)
    )
    if found.company:
        return found.company.provisioning
    if not found.confirmed_at:
        raise ValueError("Nobody has shown that this e-mail address is theirs.")
    slug = slug or found.slug
    check_slug(slug)
    company = reserve_company(
        name=found.company_name,
        slug=slug,
        root_domain=root_domain,
        time_zone=found.time_zone,
        locale=found.locale,
    )
    found.company, found.slug = company, company.slug
    found.save(update_fields=["company", "slug"])
    run = ProvisioningRun.objects.create(company=company)
    steps = [
        ProvisioningStep(run=run, kind=kind, position=position)
        for position, kind in enumerate(ProvisioningStep.Kind)
    ]
    steps[0].state, steps[0].began_at, steps[0].ended_at = State.DONE, began_at, timezone.now()
    ProvisioningStep.objects.bulk_create(steps)
    return run


def try_again(*, run: ProvisioningRun) -> None:
    """What failed waits for its turn once more, and a worker is asked."""
    run.steps.filter(state=State.FAILED).update(state=State.WAITING, error="")
    transaction.on_commit(lambda: ask_worker(str(run.uid)))


@contextmanager
def doing(step: ProvisioningStep) -> Iterator[None]:
    """What happens inside is this step: its beginning, its end and its failure are seen at once."""
    step.state, step.error = State.RUNNING, ""
    step.began_at, step.ended_at = timezone.now(), None
    step.save()
    try:
        yield
    except Exception as error:
        step.state, step.error = State.FAILED, f"{type(error).__name__}: {error}"
        raise
    else:
        step.state = State.DONE
    finally:
        if step.state != State.RUNNING:  # else it was broken off, and will be taken up again
            step.ended_at = timezone.now()
            step.save()
