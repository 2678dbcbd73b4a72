"""The tick of the API: of webhooks, and of answers that are kept."""

from celery import shared_task
from django.utils import timezone

from api.idempotency.attempts import forget_old_answers
from api.idempotency.models import KEPT, KeptAnswer
from api.webhooks import sending
from api.webhooks.endpoints import forget_old_secrets
from api.webhooks.models import WebhookEndpoint
from api.webhooks.pruning import prune
from api.webhooks.pump import pump
from api.webhooks.telling import tell_owners as mail_owners
from reinforcement.channels.mail.retrying import Retried
from tenants.companies.context import every_active_company
from tenants.companies.tasks import CompanyTask, PublicTask


class MailTask(Retried, CompanyTask):
    abstract = True


@shared_task(base=PublicTask)
def tick() -> None:
    """Ask every active company what is due. Two queries where there is nothing."""
    for _ in every_active_company():
        if KeptAnswer.objects.filter(answered_at__lte=timezone.now() - KEPT).exists():
            forget_answers.delay()
        if WebhookEndpoint.objects.exists():
            pump_webhooks.delay()
            keep_webhooks.delay()


@shared_task
def forget_answers() -> None:
    forget_old_answers(now=timezone.now())


@shared_task
def pump_webhooks() -> None:
    """What the feed has goes into the outbox, and each endpoint is sent to by itself."""
    pump()
    for endpoint in sending.due(timezone.now()):
        send_webhooks.delay(endpoint)


@shared_task
def send_webhooks(endpoint: int) -> None:
    """One batch to one endpoint; a full one queues the next, behind other work."""
    wait = sending.send_due(endpoint=endpoint)
    if wait is not None:
        send_webhooks.apply_async((endpoint,), countdown=wait.total_seconds())


@shared_task
def keep_webhooks() -> None:
    """What is over is deleted; whoever is not told yet is."""
    forget_old_secrets()
    prune(now=timezone.now())
    if WebhookEndpoint.objects.filter(owners_to_be_told=True).exists():
        tell_owners.delay()


@shared_task(base=MailTask)
def tell_owners() -> None:
    mail_owners()
