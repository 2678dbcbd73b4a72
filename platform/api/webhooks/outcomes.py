"""One try to deliver, and what became of it, in words that say what to do."""

import logging
import time
from dataclasses import dataclass
from datetime import datetime, timedelta
from http import HTTPStatus
from typing import Final

from api.webhooks.models import WebhookDelivery
from api.webhooks.signing import headers
from tenants.companies.outbound import Answer, Refused, Unreached, post

KEPT: Final = 1_000
"""Characters of an answer."""
ASKS_TO_WAIT: Final = (HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE)

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Outcome:
    """`status` is None where nobody answered; `error` is empty where it was delivered."""

    at: datetime
    took_ms: int
    status: int | None = None
    answer: str = ""
    error: str = ""
    wait: timedelta | None = None
    """How long it asked to be left alone."""

    @property
    def is_delivered(self) -> bool:
        return not self.error

    @property
    def is_gone(self) -> bool:
        return self.status == HTTPStatus.GONE

    @property
    def ends_batch(self) -> bool:
        """Whether the next message would meet the same: nobody there, or asked to wait."""
        return self.status is None or self.is_gone or self.status in ASKS_TO_WAIT


def attempt(delivery: WebhookDelivery, now: datetime) -> Outcome:
    """Send it once, signed for this moment, in ten seconds at most. Raises nothing."""
    endpoint, began = delivery.endpoint, time.perf_counter()
    answer, error = None, ""
    try:
        answer = post(
            endpoint.url,
            data=delivery.body.encode(),
            headers={
                "Content-Type": "application/json",
                **headers(str(delivery.uid), delivery.body, at=now, by=endpoint.secrets()),
            },
        )
    except (Unreached, Refused) as failure:
        error = str(failure)
    except Exception:
        logger.exception("Webhook delivery %s cannot be sent", delivery.uid)
        error = "Something went wrong on our side; it is tried again."
    took = round((time.perf_counter() - began) * 1000)
    if answer is None:
        return Outcome(now, took, error=error)
    wait = answer.retry_after() if answer.status in ASKS_TO_WAIT else None
    return Outcome(now, took, answer.status, _text(answer), _why(answer.status), wait)


def _text(answer: Answer) -> str:
    return answer.body[: KEPT * 4].decode(errors="replace").replace("\0", "�")[:KEPT]


def _why(status: int) -> str:
    """Why it does not count as delivered; empty where it does."""
    if 200 <= status < 300:
        return ""
    told = f"It answered {status}{_phrase(status)}"
    if status == HTTPStatus.GONE:
        return f"{told}: nothing is to be sent there any more."
    if 300 <= status < 400:
        return f"{told}: redirects are not followed, so enter the address it leads to."
    if status in (401, 403):
        return f"{told}: it does not let us in. Signed messages need no other credentials."
    if status in (404, 405):
        return f"{told}: nothing takes messages at this address. Compare it with theirs."
    if status in ASKS_TO_WAIT:
        return f"{told}: it asks us to come back later."
    return f"{told}: anything but 2xx counts as not delivered."


def _phrase(status: int) -> str:
    try:
        return f" {HTTPStatus(status).phrase}"
    except ValueError:
        return ""
