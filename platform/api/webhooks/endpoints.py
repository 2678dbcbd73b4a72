"""What is done to an endpoint: added, changed, paused, resumed, given a new secret, removed."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Final

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from api.webhooks.models import WebhookDelivery, WebhookEndpoint
from api.webhooks.signing import new_secret
from learning.feed import count_after, read_end
from learning.models import LearningRecord
from tenants.companies.context import current_company
from tenants.companies.outbound import Refused, check_address
from tenants.people.auditing import record_event
from tenants.people.models import Person

MOST: Final = 20
"""Endpoints of one company."""
OVERLAP: Final = timedelta(hours=24)
"""How long an old secret goes on signing."""
State = WebhookEndpoint.State


def add_endpoint(
    *, url: str, kinds: Sequence[str] = (), description: str = "", actor: Person | None
) -> tuple[WebhookEndpoint, str]:
    """A new endpoint, on from this moment of the feed on, and its secret, to be shown once.

    Raises `ValidationError` by field; may ask DNS for ten seconds.
    """
    check_room()
    url, secret, end = check_url(url), new_secret(), read_end()
    endpoint = WebhookEndpoint(
        url=url,
        description=description,
        kinds=in_order(kinds),
        created_by=actor,
        secret=secret,
        feed_epoch=current_company().feed_epoch,
        feed_transaction=end.transaction,
        feed_row=end.id,
    )
    endpoint.full_clean(exclude=["created_by", "secret"])
    endpoint.save()
    return endpoint, secret


def change_endpoint(
    *,
    endpoint: WebhookEndpoint,
    url: str | None = None,
    kinds: Sequence[str] | None = None,
    description: str | None = None,
) -> None:
    """What is None stays. What waits goes to the new address, too. Raises as `add_endpoint`."""
    changed = []
    if url is not None and url.strip() != endpoint.url:
        endpoint.url = check_url(url)
        endpoint.failing_since = endpoint.not_before = None
        changed += ["url", "failing_since", "not_before"]
    if kinds is not None:
        endpoint.kinds = in_order(kinds)
        changed.append("kinds")
    if description is not None:
        endpoint.description = description
        changed.append("description")
    if changed:
        endpoint.clean_fields(exclude=["created_by", "secret"])
        endpoint.save(update_fields=changed)


def check_room() -> None:
    """Raises `ValidationError` where there are as many as there may be. One query."""
    if WebhookEndpoint.objects.count() >= MOST:
        raise ValidationError(
            f"There are {MOST} webhooks, which is the limit: delete one that is not needed."
        )


def check_url(url: str) -> str:
    """It without blanks around it; raises `ValidationError` where nothing may be sent to it."""
    url = url.strip()
    longest = WebhookEndpoint._meta.get_field("url").max_length or 0
    if len(url) > longest:
        raise ValidationError({"url": f"An address may have {longest:,} characters."})
    try:
        check_address(url)
    except Refused as error:
        raise ValidationError({"url": str(error)}) from error
    return url


def in_order(kinds: Sequence[str]) -> list[str]:
    """Each once, as the feed lists them; what is no kind stays, and is refused later."""
    known = LearningRecord.Kind.values
    return [kind for kind in known if kind in kinds] + [kind for kind in kinds if kind not in known]


@transaction.atomic
def renew_secret(*, endpoint: WebhookEndpoint, overlap: bool = True) -> str:
    """A new secret, to be shown once. With `overlap` the one before goes on signing for a day."""
    locked = WebhookEndpoint.objects.select_for_update().get(pk=endpoint.pk)
    secret = new_secret()
    endpoint.old_secret = locked.secret if overlap else ""
    endpoint.old_secret_until = timezone.now() + OVERLAP if overlap else None
    endpoint.secret = secret
    endpoint.save(update_fields=["secret", "old_secret", "old_secret_until"])
    old = "the old one signs for 24 hours more" if overlap else "the old one ended at once"
    record_event(action="secret", about=endpoint, words=f"New secret for “{endpoint}”: {old}")
    return secret


def forget_old_secrets() -> None:
    """Those whose time is over. One query."""
    WebhookEndpoint.objects.filter(old_secret_until__lte=timezone.now()).update(
        old_secret="", old_secret_until=None
    )


def pause(*, endpoint: WebhookEndpoint) -> None:
    """By hand: nothing is sent, and records wait. Twice is once."""
    if endpoint.is_on:
        _stand(endpoint, State.PAUSED, "")


def stop(*, endpoint: WebhookEndpoint, reason: str) -> None:
    """By itself, of what nobody takes: the owners are told. `reason` is a sentence."""
    from api.tasks import tell_owners

    if endpoint.is_on:
        endpoint.owners_to_be_told = True
        _stand(endpoint, State.STOPPED, reason)
        transaction.on_commit(tell_owners.delay, robust=True)


@transaction.atomic
def resume(*, endpoint: WebhookEndpoint, missed: bool) -> None:
    """On again. With `missed` goes out what waits, what failed in the meantime, and the records
    since; without it, only what is recorded from now on. What is on stays as it is."""
    from api.tasks import pump_webhooks

    endpoint.refresh_from_db(from_queryset=WebhookEndpoint.objects.select_for_update())
    if endpoint.is_on:
        return
    now, waiting = timezone.now(), _missed(endpoint)
    if missed:
        waiting.update(
            state=WebhookDelivery.State.WAITING,
            tries=0,
            next_attempt_at=now,
            finished_at=None,
            last_error="",
        )
    else:
        waiting.filter(state=WebhookDelivery.State.WAITING).update(
            state=WebhookDelivery.State.SKIPPED, finished_at=now
        )
        end = read_end()
        endpoint.feed_epoch = current_company().feed_epoch
        endpoint.feed_transaction, endpoint.feed_row = end.transaction, end.id
        endpoint.save(update_fields=["feed_epoch", "feed_transaction", "feed_row"])
    endpoint.failing_since = endpoint.not_before = None
    endpoint.owners_to_be_told = False
    _stand(endpoint, State.ON, "")
    transaction.on_commit(pump_webhooks.delay, robust=True)


def remove(*, endpoint: WebhookEndpoint) -> None:
    """With what waits for it and the log of what was delivered."""
    endpoint.delete()


def count_missed(endpoint: WebhookEndpoint) -> int:
    """How much `resume` would send with `missed`. Two queries."""
    if endpoint.feed_epoch != current_company().feed_epoch:
        return _missed(endpoint).count()
    return _missed(endpoint).count() + count_after(endpoint.cursor, endpoint.kinds)


def _missed(endpoint: WebhookEndpoint) -> QuerySet[WebhookDelivery]:
    """What waits, and what failed for good since nothing arrives any more. No tests."""
    since = endpoint.failing_since or endpoint.state_since
    failed = Q(state=WebhookDelivery.State.FAILED, finished_at__gte=since)
    return WebhookDelivery.objects.filter(
        Q(state=WebhookDelivery.State.WAITING) | failed, endpoint=endpoint, record__isnull=False
    )


def _stand(endpoint: WebhookEndpoint, state: State, reason: str) -> None:
    endpoint.state, endpoint.state_reason, endpoint.state_since = state, reason, timezone.now()
    endpoint.save(
        update_fields=[
            *("state", "state_reason", "state_since", "owners_to_be_told"),
            *("failing_since", "not_before"),
        ]
    )
