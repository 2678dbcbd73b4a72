from typing import Protocol

from reinforcement.models import Delivery


class TemporaryFailure(Exception):
    """It did not go now; the same may go later."""


class Unreachable(TemporaryFailure):
    """The way out itself is shut: whatever comes next would fail alike."""


class PermanentFailure(Exception):
    """It will never go: trying again would only annoy."""


class Channel(Protocol):
    """An open way out, used for a batch of deliveries and closed after."""

    def send(self, delivery: Delivery) -> None:
        """Hand one brief over. Raises `TemporaryFailure`, `Unreachable` or `PermanentFailure`."""

    def close(self) -> None: ...
