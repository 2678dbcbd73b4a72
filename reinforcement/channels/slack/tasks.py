"""What follows a press of a button, once Slack has been told that it arrived."""

import logging
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from celery import Task, shared_task

from reinforcement.channels.base import PermanentFailure, TemporaryFailure
from reinforcement.channels.slack.blocks import compose
from reinforcement.channels.slack.channel import client
from reinforcement.models import Brief

logger = logging.getLogger(__name__)

FIRST_WAIT = timedelta(seconds=5)
TRIES = 5


@shared_task(bind=True, max_retries=TRIES - 1)
def refresh(task: "Task[Any, None]", brief: int, channel: str, ts: str) -> None:
    """Show a message as the brief stands now."""
    message = compose(Brief.objects.select_related("manager").get(pk=brief))
    if message:
        _attempt(task, lambda: client().update(channel, ts, message))


@shared_task(bind=True, max_retries=TRIES - 1)
def whisper(task: "Task[Any, None]", channel: str, user: str, text: str) -> None:
    """Tell whoever pressed, and nobody else, what came of it. `text` is mrkdwn."""
    _attempt(task, lambda: client().whisper(channel, user, text))


def _attempt(task: "Task[Any, None]", work: Callable[[], None]) -> None:
    """Later, where that may help; what cannot be shown is recorded all the same."""
    try:
        work()
    except TemporaryFailure as failure:
        wait = failure.retry_after or FIRST_WAIT * 2**task.request.retries
        raise task.retry(exc=failure, countdown=wait.total_seconds()) from failure
    except PermanentFailure as failure:
        logger.warning("Slack does not show what a button did: %s", failure)
