"""The tick, and what it sets going in each company."""

from celery import shared_task
from django.utils import timezone

from reinforcement import actions
from tenants.companies.context import every_active_company
from tenants.companies.tasks import PublicTask


@shared_task(base=PublicTask)
def tick() -> None:
    """Ask every active company what is due. Cheap where nothing is.

    Writing and sending do not wait for each other: what is in the outbox goes out, whatever else.
    """
    for _ in every_active_company():
        write_briefs.delay()
        send_due.delay()


@shared_task
def write_briefs() -> None:
    if actions.write_due_briefs(now=timezone.now()):
        send_due.delay()


@shared_task
def send_due() -> None:
    """One batch; a full one queues the next, behind other companies' work."""
    if actions.send_due() == actions.BATCH:
        send_due.delay()
