"""What a worker does about learning."""

from celery import shared_task
from django.utils import timezone

from learning import actions
from tenants.companies.context import every_active_company
from tenants.companies.tasks import PublicTask


@shared_task(base=PublicTask)
def tick() -> None:
    """Ask every active company whether its day has begun."""
    for _ in every_active_company():
        follow_nightly.delay()


@shared_task
def follow_nightly() -> None:
    actions.follow_nightly(now=timezone.now())
    actions.take_up_runs()


@shared_task
def follow_people(people: list[int]) -> None:
    actions.follow_now(now=timezone.now(), people=people)


@shared_task
def follow_everybody() -> None:
    actions.follow_now(now=timezone.now())


@shared_task
def give_run(uid: str) -> None:
    actions.give_waiting(uid=uid)


@shared_task
def undo_run(uid: str) -> None:
    actions.go_on_undoing(uid=uid)
