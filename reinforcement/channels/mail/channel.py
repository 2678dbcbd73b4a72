import smtplib

from django.core.mail import get_connection

from reinforcement.channels.base import PermanentFailure, TemporaryFailure
from reinforcement.channels.mail.message import compose
from reinforcement.models import Delivery

PERMANENT = 500  # SMTP replies from here on are final (RFC 5321, section 4.2.1)


class MailChannel:
    """Django's mail connection, one for a batch. A hanging server costs EMAIL_TIMEOUT seconds."""

    def __init__(self) -> None:
        self.connection = get_connection()

    def send(self, delivery: Delivery) -> None:
        message = compose(delivery)
        message.connection = self.connection
        try:
            message.send()
        except smtplib.SMTPRecipientsRefused as error:
            code, _ = next(iter(error.recipients.values()))
            raise _failure(code, error) from error
        except smtplib.SMTPResponseException as error:
            raise _failure(error.smtp_code, error) from error
        except (smtplib.SMTPException, OSError) as error:
            self.connection = get_connection()
            raise TemporaryFailure(f"{type(error).__name__}: {error}") from error

    def close(self) -> None:
        self.connection.close()


def _failure(code: int, error: Exception) -> PermanentFailure | TemporaryFailure:
    kind = PermanentFailure if code >= PERMANENT else TemporaryFailure
    return kind(f"{type(error).__name__}: {error}")
