"""What a channel is, and how it says that something did not go."""

from abc import ABC, abstractmethod
from datetime import timedelta
from typing import ClassVar

from django.utils.functional import Promise

from reinforcement.models import Delivery

Kind = Delivery.Kind


class TemporaryFailure(Exception):
    """It did not go now; the same may go later: not before `retry_after`, where that is given."""

    def __init__(self, error: object, *, retry_after: timedelta | None = None) -> None:
        super().__init__(str(error))
        self.retry_after = retry_after


class Unreachable(TemporaryFailure):
    """The way out itself is shut: whatever comes next would fail alike."""


class PermanentFailure(Exception):
    """It will never go: trying again would only annoy."""


class AddressRefused(PermanentFailure):
    """Nothing will ever arrive at this address: it is not written to any more."""


class ConnectionRevoked(PermanentFailure):
    """The company's own key to the channel is good no more: nothing goes until it is renewed."""


class Channel(ABC):
    """An open way out, used for a batch of deliveries and closed after.

    `needs_connection`: only where the company has connected it (`ChannelConnection`); `guide` is
    the template that tells L&D how to come by what that takes.
    `needs_address`: only for whom we know where (`ChannelAddress`); mail has the person's own.
    Where people give that address themselves, `address_label` and `address_help` ask for it.
    `about` is a sentence for whoever chooses where to be reached.
    """

    do_not_call_in_templates: ClassVar = True  # a template that names the class reads it

    name: ClassVar[str]
    label: ClassVar[str | Promise]
    carries: ClassVar[frozenset[Delivery.Kind]] = frozenset({Kind.BRIEF})
    needs_connection: ClassVar[bool] = False
    needs_address: ClassVar[bool] = False
    about: ClassVar[str | Promise] = ""
    guide: ClassVar[str] = ""
    address_label: ClassVar[str | Promise] = ""
    address_help: ClassVar[str | Promise] = ""

    @classmethod  # noqa: B027  # anything will do unless a channel says so
    def check_address(cls, address: str) -> None:
        """What somebody typed; raises `ValidationError` where nothing could arrive there."""

    @classmethod
    def identify(cls, token: str) -> str:
        """What the other side calls itself, asked with a company's `token`; raises like `send`.

        Only for channels that need a connection.
        """
        raise NotImplementedError

    @abstractmethod
    def send(self, delivery: Delivery) -> str:
        """Hand one message over; returns what the other side calls it, if anything.

        Raises a `TemporaryFailure` or a `PermanentFailure`, of the narrowest kind that fits.
        """

    def close(self) -> None:  # noqa: B027  # nothing to close unless a channel says so
        """Let go of what is open."""
