import time
from collections import Counter
from typing import ClassVar
from urllib.parse import parse_qs, urlsplit

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop

from reinforcement.channels.base import (
    AddressRefused,
    Channel,
    PermanentFailure,
    TemporaryFailure,
    Unreachable,
)
from reinforcement.channels.teams.card import compose
from reinforcement.models import ChannelAddress, Delivery
from tenants.companies import outbound

JSON = {"Content-Type": "application/json; charset=utf-8"}
RUN = "x-ms-workflow-run-id"  # what the workflow calls this message
OFF = b"WorkflowTriggerIsNotEnabled"

# why an address is stopped; kept in English, told in its person's language
SWITCHED_OFF = gettext_noop("The workflow behind this webhook is turned off: turn it on in Teams.")
NOT_LET_IN = gettext_noop(
    "The address is not right, or the workflow does not let anyone trigger it."
)
NOT_THERE = gettext_noop("In Teams the workflow is not there any more.")
LEADS_ELSEWHERE = gettext_noop("The address only leads on to another one.")

PATIENCE = 25.0  # seconds a batch waits for webhooks in vain, all of them together
SILENT = 2  # after that many requests in vain a host is not asked again in the same batch
LONGEST = 2000  # characters of an address


class TeamsChannel(Channel):
    """Posts to a Workflows webhook of each person's own; its address is a secret.

    One that hangs is no verdict on anybody else's: only on its host, from the second time on. What
    a batch may wait in vain is bounded all the same; what is left of it then comes later.
    """

    name: ClassVar = "teams"
    label: ClassVar = "Microsoft Teams"
    needs_address: ClassVar = True
    about: ClassVar = gettext_lazy("A card in a chat of your own; its buttons open Throughline.")
    address_label: ClassVar = gettext_lazy("Your webhook in Teams")
    address_help: ClassVar = gettext_lazy(
        "In Teams, open Workflows and choose “Send webhook alerts to a chat”. Choose a chat that "
        "only you read, and paste the address it gives you here."
    )

    def __init__(self) -> None:
        self._in_vain: Counter[str] = Counter()  # by host
        self._waited = 0.0

    @classmethod
    def check_address(cls, address: str) -> None:
        """Asks DNS, so it may take seconds; nothing is posted."""
        try:
            outbound.check_address(address)
        except outbound.Refused as refusal:
            raise ValidationError(str(refusal), code="refused") from None
        if len(address) > LONGEST or "sig" not in parse_qs(urlsplit(address).query):
            raise ValidationError(
                _(
                    "This is not the whole address of a workflow that anyone may trigger: such a "
                    "one has “sig=” in it. Copy it again from Teams."
                ),
                code="unsigned",
            )

    def send(self, delivery: Delivery) -> str:
        url = _webhook_of(delivery)
        answer = self._post(url, compose(delivery))
        if not 200 <= answer.status < 300:
            raise _failure(answer)
        return answer.headers.get(RUN, "")

    def _post(self, url: str, message: bytes) -> outbound.Answer:
        host = urlsplit(url).netloc
        if self._in_vain[host] >= SILENT:
            raise TemporaryFailure("The webhook's host did not answer a moment ago.")
        started = time.monotonic()
        try:
            return outbound.post(url, data=message, headers=JSON)
        except outbound.Refused as refusal:
            raise AddressRefused(str(refusal)) from None
        except outbound.Unreached as failure:
            self._in_vain[host] += 1
            self._waited += time.monotonic() - started
            kind = Unreachable if self._waited > PATIENCE else TemporaryFailure
            raise kind(f"The webhook cannot be reached. {failure}") from None


def _webhook_of(delivery: Delivery) -> str:
    """One query. Raises `PermanentFailure` where there is none, or it was stopped meanwhile."""
    address = ChannelAddress.objects.filter(
        person=delivery.recipient, channel=TeamsChannel.name, stopped_at=None
    ).first()
    if address is None:
        raise PermanentFailure(f"{delivery.recipient.name} has no webhook in Teams.")
    url: str = address.address
    return url


def _failure(answer: outbound.Answer) -> TemporaryFailure | PermanentFailure:
    status = answer.status
    if status in (408, 429) or status >= 500:
        return TemporaryFailure(f"Teams answered {status}.", retry_after=answer.retry_after())
    if OFF in answer.body:
        return AddressRefused(SWITCHED_OFF)
    if status in (401, 403):
        return AddressRefused(NOT_LET_IN)
    if status in (404, 410):
        return AddressRefused(NOT_THERE)
    if 300 <= status < 400:
        return AddressRefused(LEADS_ELSEWHERE)
    return PermanentFailure(f"Teams answered {status} and did not take the message.")
