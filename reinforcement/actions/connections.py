"""A company's own key to a chat: taken in, renewed, given back."""

from datetime import datetime
from typing import cast

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from reinforcement.channels import Channel, PermanentFailure, TemporaryFailure, channels
from reinforcement.models import ChannelAddress, ChannelConnection
from tenants.people.auditing import record_event
from tenants.people.models import Person

SECRETS = ("token", "signing_secret")  # not read where they may be unreadable: replacing must work


def connect(
    *,
    channel: str,
    token: str,
    signing_secret: str,
    actor: Person,
    now: datetime | None = None,
) -> ChannelConnection:
    """Ask the other side whether it takes the token, and keep both from then on.

    In place of an earlier connection, which may have been stopped. Whom the channel found in
    another workspace, or found gone, it looks for anew. Raises `ValidationError` at the field the
    other side refuses, or where it cannot be reached; nothing is stored then. Takes as long as the
    channel waits for an answer, outside of any transaction.
    """
    kind, token, signing_secret = channels[channel], token.strip(), signing_secret.strip()
    _require(token=token, signing_secret=signing_secret)
    workspace = _identify(kind, token)[:200]
    return _keep(
        channel,
        {"workspace": workspace, "token": token, "signing_secret": signing_secret},
        {"connected_by": actor, "connected_at": now or timezone.now()},
    )


@transaction.atomic
def disconnect(*, channel: str) -> bool:
    """Forget the key, and whom it found; what waits goes by other channels.

    Returns whether there was one.
    """
    ChannelAddress.objects.filter(channel=channel).defer("address").delete()
    kept = ChannelConnection.objects.filter(channel=channel)
    deleted, _by_model = kept.defer(*SECRETS).delete()
    if deleted:
        record_event(action="connection", words=f"Disconnected {channels[channel].label}")
    return bool(deleted)


def _require(**given: str) -> None:
    if missing := [field for field, value in given.items() if not value]:
        raise ValidationError({field: _("Paste it here: both are needed.") for field in missing})


def _identify(channel: type[Channel], token: str) -> str:
    try:
        return channel.identify(token)
    except (PermanentFailure, TemporaryFailure) as failure:
        raise ValidationError({"token": str(failure)}) from failure


@transaction.atomic
def _keep(channel: str, secrets: dict[str, str], origin: dict[str, object]) -> ChannelConnection:
    earlier = ChannelConnection.objects.filter(channel=channel).defer(*SECRETS)
    found = ChannelAddress.objects.filter(channel=channel).defer("address")
    if earlier.filter(workspace=secrets["workspace"]).exists():
        found = found.exclude(stopped_at=None)
    found.delete()
    connection, _new = earlier.update_or_create(
        channel=channel,
        defaults={**secrets, **origin, "stopped_at": None, "error": "", "not_before": None},
    )
    told = f"Connected {channels[channel].label}: {secrets['workspace']}"
    record_event(action="connection", words=told, actor=cast(Person, origin["connected_by"]))
    return connection
