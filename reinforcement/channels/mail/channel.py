import smtplib
from typing import ClassVar

from django.core.mail import get_connection

from reinforcement.channels.base import Channel, PermanentFailure, TemporaryFailure, Unreachable
from reinforcement.channels.mail.messages import compose
from reinforcement.models import Delivery

# SMTP replies (RFC 5321, section 4.2)
CLOSING = 421  # the server hangs up after saying so
PERMANENT = 500  # from here on final


class MailChannel(Channel):
    """Django's mail connection, one for a batch. A hanging server costs EMAIL_TIMEOUT seconds."""

    name: ClassVar = "mail"
    label: ClassVar = "mail"
    carries: ClassVar = frozenset(Delivery.Kind)

    def __init__(self) -> None:
        self.connection = get_connection()

    def send(self, delivery: Delivery) -> str:
        message = compose(delivery)
        message.connection = self.connection
        try:
            self.connection.open()
        except OSError as error:  # refused, no such host, wrong password: nothing about this mail
            raise Unreachable(_told(error)) from error
        try:
            message.send()
        except smtplib.SMTPRecipientsRefused as error:
            code, _ = next(iter(error.recipients.values()))
            raise self._failure(code, error) from error
        except smtplib.SMTPResponseException as error:
            raise self._failure(error.smtp_code, error) from error
        except OSError as error:
            self.connection = get_connection()
            raise Unreachable(_told(error)) from error
        return delivery.message_id

    def close(self) -> None:
        self.connection.close()

    def _failure(self, code: int, error: Exception) -> PermanentFailure | TemporaryFailure:
        if code == CLOSING:
            self.connection = get_connection()
        kind = PermanentFailure if code >= PERMANENT else TemporaryFailure
        return kind(_told(error))


def _told(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"
