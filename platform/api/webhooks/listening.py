"""Records that were just committed go out at once, rather than with the next tick."""

from typing import Any

from django.dispatch import receiver

from api.webhooks.models import WebhookEndpoint
from learning.signals import records_written


@receiver(records_written, dispatch_uid="api.pump_webhooks")
def pump_what_was_written(**_: Any) -> None:
    """One query; where no webhook is on, that is all. Once per transaction, after its commit."""
    from api.tasks import pump_webhooks

    if WebhookEndpoint.objects.filter(state=WebhookEndpoint.State.ON).exists():
        pump_webhooks.delay()
