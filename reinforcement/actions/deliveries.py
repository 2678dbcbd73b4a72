"""Empties the outbox. At least once, and with one message id however often.

A delivery is claimed in a short transaction, sent outside of any, and marked in another. Killed
in between, it counts as lost when its lease ends, and is taken up again.
"""

import logging
import random
from collections.abc import Set
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from reinforcement.channels import (
    Channel,
    PermanentFailure,
    TemporaryFailure,
    Unreachable,
    channels,
)
from reinforcement.models import Delivery
from tenants.people.models import EmploymentStatus

logger = logging.getLogger(__name__)

LEASE = timedelta(seconds=60)
FIRST_WAIT = timedelta(minutes=1)
LONGEST_WAIT = timedelta(hours=6)
MOST_ATTEMPTS = 12
BATCH = 50

OPEN = (Delivery.State.WAITING, Delivery.State.SENDING)


def send_due(*, now: datetime | None = None) -> int:
    """Send at most BATCH deliveries whose time has come; returns how many it took up.

    Any number of workers may do so at once: each delivery is claimed by one. A channel that
    cannot be reached is left alone until the next call, so that it costs one attempt.
    """
    _give_up(now or timezone.now())
    taken = 0
    open_channels: dict[str, Channel] = {}
    shut: set[str] = set()
    try:
        while taken < BATCH and (delivery := _claim(now or timezone.now(), shut)):
            taken += 1
            channel = open_channels.get(delivery.channel)
            if channel is None:
                channel = open_channels[delivery.channel] = channels[delivery.channel]()
            try:
                _send(delivery, channel, now)
            except Unreachable:
                shut.add(delivery.channel)
    finally:
        for channel in open_channels.values():
            channel.close()
    return taken


def _give_up(now: datetime) -> None:
    """Those whose last attempt died with its worker: nobody else would mark them."""
    Delivery.objects.filter(
        state=Delivery.State.SENDING, next_attempt_at__lte=now, attempts__gte=MOST_ATTEMPTS
    ).update(state=Delivery.State.FAILED, last_error="The last attempt never came back.")


@transaction.atomic
def _claim(now: datetime, shut: Set[str]) -> Delivery | None:
    delivery = (
        Delivery.objects.filter(state__in=OPEN, next_attempt_at__lte=now)
        .exclude(channel__in=shut)
        .select_related("brief__manager")
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
    """Raises `Unreachable`, once that is noted."""
    try:
        _refuse_who_is_away(delivery)
        channel.send(delivery)
    except TemporaryFailure as failure:
        _postpone(delivery, failure, now or timezone.now())
        if isinstance(failure, Unreachable):
            raise
    except PermanentFailure as failure:
        _mark(delivery, state=Delivery.State.FAILED, last_error=str(failure)[:300])
    except Exception as error:
        logger.exception("Delivery %s cannot be sent", delivery.uid)  # must not stop the others
        _postpone(delivery, error, now or timezone.now())
    else:
        _mark(delivery, state=Delivery.State.SENT, sent_at=now or timezone.now(), last_error="")


def _refuse_who_is_away(delivery: Delivery) -> None:
    """Whoever left or went on leave since the brief was written is not written to."""
    manager = delivery.brief.manager
    if manager.employment_status != EmploymentStatus.ACTIVE:
        raise PermanentFailure(f"{manager.name} is not at work: nothing is sent.")
    if not manager.email:
        raise PermanentFailure(f"{manager.name} has no e-mail address.")


def _postpone(delivery: Delivery, failure: Exception, now: datetime) -> None:
    """Try again later: twice as long each time, with jitter; after the last try it is failed."""
    if delivery.attempts >= MOST_ATTEMPTS:
        _mark(delivery, state=Delivery.State.FAILED, last_error=str(failure)[:300])
        return
    wait = min(FIRST_WAIT * 2 ** (delivery.attempts - 1), LONGEST_WAIT)
    jitter = wait * random.uniform(0, 0.25)  # noqa: S311  # spreads load, hides nothing
    _mark(
        delivery,
        state=Delivery.State.WAITING,
        next_attempt_at=now + wait + jitter,
        last_error=str(failure)[:300],
    )


def _mark(delivery: Delivery, **values: object) -> None:
    """Only while the claim is still ours: an attempt that outlived its lease changes nothing."""
    Delivery.objects.filter(
        pk=delivery.pk, state=Delivery.State.SENDING, attempts=delivery.attempts
    ).update(**values)
