"""Empties the outbox. At least once, and with one message id however often.

A delivery is claimed in a short transaction, sent outside of any, and marked in another. Killed
in between, it counts as lost when its lease ends, and is taken up again. What a channel refuses
for good goes out by the next one that reaches the same reader.
"""

import logging
import random
from collections.abc import Iterable, Set
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from reinforcement.actions.rerouting import move_waiting, send_by_another
from reinforcement.actions.stopping import stop_address, stop_connection
from reinforcement.channels import (
    AddressRefused,
    Channel,
    ConnectionRevoked,
    PermanentFailure,
    TemporaryFailure,
    Unreachable,
    channels,
)
from reinforcement.models import ChannelConnection, Delivery
from reinforcement.models.channels import MAIL, PORTAL
from tenants.people.models import EmploymentStatus

logger = logging.getLogger(__name__)

LEASE = timedelta(seconds=60)
FIRST_WAIT = timedelta(minutes=1)
LONGEST_WAIT = timedelta(hours=6)
MOST_ATTEMPTS = 12
BATCH = 50

OPEN = (Delivery.State.WAITING, Delivery.State.SENDING)


class Away(PermanentFailure):
    """Whoever it was for is not at work: no other channel would be right either."""


def send_due(*, now: datetime | None = None) -> int:
    """Send at most BATCH deliveries whose time has come; returns how many it took up.

    Any number of workers may do so at once: each delivery is claimed by one. A channel that
    cannot be reached is left alone until the next call, so that it costs one attempt; one that
    said when to come back, until then.
    """
    _give_up(now or timezone.now())
    taken = 0
    open_channels: dict[str, Channel] = {}
    shut = _asked_to_wait(now or timezone.now())
    try:
        while taken < BATCH and (delivery := _claim(now or timezone.now(), shut)):
            taken += 1
            channel = open_channels.get(delivery.channel)
            if channel is None:
                channel = open_channels[delivery.channel] = channels[delivery.channel]()
            try:
                _send(delivery, channel, now)
            except (Unreachable, ConnectionRevoked):
                shut.add(delivery.channel)
    finally:
        for channel in open_channels.values():
            channel.close()
    return taken


@transaction.atomic
def replay(*, deliveries: Iterable[Delivery], now: datetime | None = None) -> list[Delivery]:
    """Let what failed for good go out again, from the first attempt on, under the same id.

    Returns those that were taken up: what is on its way or has arrived stays as it is.
    """
    failed = list(
        Delivery.objects.filter(
            pk__in=[each.pk for each in deliveries], state=Delivery.State.FAILED
        ).select_for_update()
    )
    Delivery.objects.filter(pk__in=[each.pk for each in failed]).update(
        state=Delivery.State.WAITING,
        attempts=0,
        next_attempt_at=now or timezone.now(),
        last_error="",
    )
    return failed


def _give_up(now: datetime) -> None:
    """Those whose last attempt died with its worker: nobody else would mark them."""
    Delivery.objects.filter(
        state=Delivery.State.SENDING, next_attempt_at__lte=now, attempts__gte=MOST_ATTEMPTS
    ).update(state=Delivery.State.FAILED, last_error="The last attempt never came back.")


def _asked_to_wait(now: datetime) -> set[str]:
    """Channels whose other side said when to come back, and it is not then yet."""
    return set(
        ChannelConnection.objects.filter(not_before__gt=now).values_list("channel", flat=True)
    )


@transaction.atomic
def _claim(now: datetime, shut: Set[str]) -> Delivery | None:
    delivery = (
        Delivery.objects.filter(state__in=OPEN, next_attempt_at__lte=now)
        .exclude(channel__in=shut)
        .select_related("recipient", "brief__manager", "heads_up", "reputation", "barrier")
        .select_for_update(skip_locked=True, of=("self",))
        .order_by("next_attempt_at", "id")
        .first()
    )
    if delivery is None:
        return None
    delivery.state = Delivery.State.SENDING
    delivery.attempts += 1
    delivery.next_attempt_at = now + LEASE
    delivery.save(update_fields=["state", "attempts", "next_attempt_at"])
    return delivery


def _send(delivery: Delivery, channel: Channel, now: datetime | None) -> None:
    """Raises `Unreachable` and `ConnectionRevoked`, once that is noted."""
    try:
        _refuse_who_is_away(delivery)
        provider_id = channel.send(delivery)
    except TemporaryFailure as failure:
        _postpone(delivery, failure, now or timezone.now(), failure.retry_after)
        if isinstance(failure, Unreachable):
            raise
    except PermanentFailure as failure:
        _give_over(delivery, failure, now or timezone.now())
        if isinstance(failure, ConnectionRevoked):
            raise
    except Exception as error:
        logger.exception("Delivery %s cannot be sent", delivery.uid)  # must not stop the others
        _postpone(delivery, error, now or timezone.now())
    else:
        _mark(
            delivery,
            state=Delivery.State.SENT,
            sent_at=now or timezone.now(),
            provider_id=provider_id[:200],
            last_error="",
        )


def _refuse_who_is_away(delivery: Delivery) -> None:
    """Whoever left or went on leave since it was written is not written to."""
    reader = delivery.recipient
    if reader.employment_status != EmploymentStatus.ACTIVE:
        raise Away(f"{reader.name} is not at work: nothing is sent.")
    if delivery.channel == MAIL and not reader.email:
        raise PermanentFailure(f"{reader.name} has no e-mail address.")


@transaction.atomic
def _give_over(delivery: Delivery, failure: PermanentFailure, now: datetime) -> None:
    """It failed for good; where another channel reaches the same reader, it goes out by that.

    So does, where the channel itself or this reader's address is shut, whatever waits for it.
    """
    if not _mark(delivery, state=Delivery.State.FAILED, last_error=str(failure)[:300]):
        return
    reader, channel = delivery.recipient, delivery.channel
    if isinstance(failure, AddressRefused):
        stop_address(person=reader, channel=channel, error=failure, now=now)
        move_waiting(channel=channel, person=reader, error=failure, now=now)
    if isinstance(failure, ConnectionRevoked):
        stop_connection(channel=channel, error=failure, now=now)
        move_waiting(channel=channel, error=failure, now=now)
    if channel not in (MAIL, PORTAL) and not isinstance(failure, Away):
        send_by_another(delivery=delivery, now=now)


def _postpone(
    delivery: Delivery, failure: Exception, now: datetime, retry_after: timedelta | None = None
) -> None:
    """Try again later: twice as long each time, with jitter; after the last try it is failed.

    Where the other side said when, not before that; an unreachable one is left alone altogether.
    """
    if delivery.attempts >= MOST_ATTEMPTS:
        _mark(delivery, state=Delivery.State.FAILED, last_error=str(failure)[:300])
        return
    wait = min(FIRST_WAIT * 2 ** (delivery.attempts - 1), LONGEST_WAIT)
    jitter = wait * random.uniform(0, 0.25)  # noqa: S311  # spreads load, hides nothing
    _mark(
        delivery,
        state=Delivery.State.WAITING,
        next_attempt_at=now + max(wait, retry_after or wait) + jitter,
        last_error=str(failure)[:300],
    )
    if retry_after and isinstance(failure, Unreachable):
        ChannelConnection.objects.filter(channel=delivery.channel).update(
            not_before=now + retry_after
        )


def _mark(delivery: Delivery, **values: object) -> bool:
    """Only while the claim is still ours: an attempt that outlived its lease changes nothing."""
    return bool(
        Delivery.objects.filter(
            pk=delivery.pk, state=Delivery.State.SENDING, attempts=delivery.attempts
        ).update(**values)
    )
