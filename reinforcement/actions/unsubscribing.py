from django.db import transaction
from django.utils import timezone

from reinforcement.actions.stopping import stop_address
from reinforcement.models import ChannelPreference, Delivery
from reinforcement.models.channels import MAIL, PORTAL
from reinforcement.ways import UNSUBSCRIBED
from tenants.people.models import Person


@transaction.atomic
def stop_mail(*, person: Person) -> None:
    """Nothing of reinforcement comes to them by mail any more, until they choose mail again.

    Who had it by mail has it on the portal. Who chose a chat keeps that: mail was only the way
    for what a chat does not carry. What waits in the outbox does not go out by mail either.
    """
    preference, _ = ChannelPreference.objects.select_for_update().get_or_create(
        person=person, defaults={"channel": PORTAL}
    )
    if preference.channel == MAIL:
        preference.channel = PORTAL
        preference.save(update_fields=["channel"])
    if preference.channel != PORTAL:
        stop_address(person=person, channel=MAIL, error=UNSUBSCRIBED, now=timezone.now())
    mine = Delivery.objects.filter(recipient=person)
    on_the_portal = mine.filter(channel=PORTAL).values("message_id")
    mine.filter(channel=MAIL, state=Delivery.State.WAITING).exclude(
        message_id__in=on_the_portal
    ).update(channel=PORTAL)
