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
    for company in every_active_company():
        write_briefs.delay()
        if company.heads_up:
            write_heads_ups.delay()
        ask_reputations.delay()
        remind_check_backs.delay()
        send_due.delay()


@shared_task
def write_briefs() -> None:
    if actions.write_due_briefs(now=timezone.now()):
        send_due.delay()


@shared_task
def write_heads_ups() -> None:
    if actions.write_due_heads_ups(now=timezone.now()):
        send_due.delay()


@shared_task
def ask_reputations() -> None:
    if actions.ask_due_reputations(now=timezone.now()):
        send_due.delay()


@shared_task
def remind_check_backs() -> None:
    if actions.remind_due_check_backs(now=timezone.now()).deliveries:
        send_due.delay()


@shared_task
def send_due() -> None:
    """One batch; a full one queues the next, behind other companies' work."""
    if actions.send_due() == actions.BATCH:
        send_due.delay()
