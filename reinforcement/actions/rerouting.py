"""Finds another way for what cannot go by the one it was given."""

from collections import defaultdict
from datetime import datetime

from django.db import transaction

from reinforcement.models import Delivery
from reinforcement.routes import routes
from tenants.people.models import Person


def send_by_another(*, delivery: Delivery, now: datetime) -> None:
    """A second delivery of the same message, by the next channel that reaches the same reader."""
    other = routes([delivery.recipient], delivery.kind, but=[delivery.channel])
    Delivery.objects.bulk_create(
        [
            Delivery(
                **{delivery.kind.value: getattr(delivery, delivery.kind.value)},
                recipient=delivery.recipient,
                channel=other[delivery.recipient_id],
                next_attempt_at=now,
                message_id=delivery.message_id,
            )
        ],
        ignore_conflicts=True,
    )


@transaction.atomic
def move_waiting(
    *, channel: str, error: object, now: datetime, person: Person | None = None
) -> list[Delivery]:
    """Whatever waits for this channel, or for this person on it, goes by another from now on.

    What went by the other channel already has failed: twice would be once too often. Returns what
    was moved. What is being sent at this moment is left to whoever sends it. The number of queries
    does not grow with deliveries.
    """
    waiting = Delivery.objects.filter(channel=channel, state=Delivery.State.WAITING)
    if person:
        waiting = waiting.filter(recipient=person)
    by_kind: dict[Delivery.Kind, list[Delivery]] = defaultdict(list)
    for delivery in waiting.select_related("recipient__channel_preference").select_for_update(
        skip_locked=True, of=("self",)
    ):
        by_kind[delivery.kind].append(delivery)
    moved: list[Delivery] = []
    for kind, deliveries in by_kind.items():
        other = routes([each.recipient for each in deliveries], kind, but=[channel])
        for delivery in deliveries:
            delivery.channel = other[delivery.recipient_id]
        moved += deliveries
    return _store(moved, str(error)[:300], now)


def _store(moved: list[Delivery], error: str, now: datetime) -> list[Delivery]:
    there = set(
        Delivery.objects.filter(message_id__in=[each.message_id for each in moved])
        .order_by()
        .values_list("message_id", "channel")
    )
    twice = [each for each in moved if (each.message_id, each.channel) in there]
    Delivery.objects.filter(pk__in=[each.pk for each in twice]).update(
        state=Delivery.State.FAILED, last_error=error
    )
    once = [each for each in moved if (each.message_id, each.channel) not in there]
    for channel in {each.channel for each in once}:
        Delivery.objects.filter(
            pk__in=[each.pk for each in once if each.channel == channel]
        ).update(channel=channel, attempts=0, next_attempt_at=now, last_error=error)
    return once
