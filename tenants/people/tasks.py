"""What a worker does about people."""

from celery import shared_task

from tenants.companies.context import working_for
from tenants.companies.models import Company
from tenants.companies.tasks import PublicTask
from tenants.people import actions


@shared_task(base=PublicTask)
def turn_days() -> None:
    """Ask every active company whether a new day began there. Cheap where nobody is due."""
    for company in Company.objects.filter(status=Company.Status.ACTIVE).order_by("pk"):
        with working_for(company):
            turn_the_day.delay()


@shared_task
def turn_the_day() -> None:
    actions.turn_the_day()


@shared_task
def run_sync(uid: str) -> None:
    actions.run_queued(uid)
