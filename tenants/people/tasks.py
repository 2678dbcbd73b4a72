"""What a worker does about people."""

from celery import shared_task

from tenants.companies.context import every_active_company
from tenants.companies.tasks import PublicTask
from tenants.people import actions


@shared_task(base=PublicTask)
def tick() -> None:
    """Ask every active company what is due. Cheap where nothing is."""
    for _ in every_active_company():
        keep_up.delay()


@shared_task
def keep_up() -> None:
    actions.turn_the_day()
    actions.take_up_runs()
    actions.forget_old_files()


@shared_task
def run_sync(uid: str) -> None:
    actions.run_queued(uid)
    actions.follow_up(uid)
