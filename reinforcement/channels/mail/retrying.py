"""Tasks whose work is one mail."""

from typing import Any

from reinforcement.channels.base import TemporaryFailure


class Retried:
    """Tried again later where the mail server asks for it, or cannot be reached.

    To be put before a kind of task; `CompanyTask` or `PublicTask`.
    """

    abstract = True
    autoretry_for: tuple[Any, ...] = (TemporaryFailure,)
    retry_backoff = 5  # seconds, doubled each time, with jitter
    retry_backoff_max = 300
    max_retries = 8
