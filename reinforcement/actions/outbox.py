"""Puts messages into the outbox, in the transaction that wrote what they are about."""

from collections.abc import Sequence
from datetime import datetime

from reinforcement.models import Barrier, Brief, Delivery, HeadsUp, Reputation
from reinforcement.routes import routes
from tenants.companies.connections import connection
from tenants.people.models import Person

Subject = Brief | HeadsUp | Reputation | Barrier


def put_in_outbox(
    kind: Delivery.Kind,
    messages: Sequence[tuple[Subject, Person]],
    *,
    now: datetime,
    turn: str = "",
) -> list[Delivery]:
    """A delivery for each subject and its reader, by the channel that reaches them.

    `turn` tells one message about a subject from the next one about the same. What is in the
    outbox already is left as it is. Three queries, however many.
    """
    channels = routes([reader for _, reader in messages], kind)
    deliveries = [
        Delivery(
            **{kind.value: subject},
            recipient=reader,
            channel=channels[reader.pk],
            next_attempt_at=now,
            message_id=message_id(kind, subject, turn),
        )
        for subject, reader in messages
    ]
    return Delivery.objects.bulk_create(deliveries, ignore_conflicts=True)


def message_id(kind: Delivery.Kind, subject: Subject, turn: str = "") -> str:
    """An RFC 5322 ``msg-id``, the same however often it is made."""
    parts = [kind.value.replace("_", "-"), str(subject.uid), *([turn] if turn else [])]
    return f"<{'.'.join(parts)}@{connection.schema_name}.throughline>"
