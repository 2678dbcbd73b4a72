from typing import ClassVar

from django.core.exceptions import ValidationError
from django.core.mail import get_connection
from django.core.validators import validate_email
from django.utils.translation import gettext_lazy as _

from reinforcement.channels.base import AddressRefused, Channel
from reinforcement.channels.mail.messages import compose
from reinforcement.channels.mail.replies import failure_of, stays_open
from reinforcement.models import Delivery


class MailChannel(Channel):
    """Django's mail connection, one for a batch. A hanging server costs EMAIL_TIMEOUT seconds."""

    name: ClassVar = "mail"
    label: ClassVar = _("mail")
    carries: ClassVar = frozenset(Delivery.Kind)
    about: ClassVar = _("One mail a week. You answer with a click, without signing in.")

    def __init__(self) -> None:
        self.connection = get_connection()

    def send(self, delivery: Delivery) -> str:
        _check_address(delivery)
        message = compose(delivery)
        message.connection = self.connection
        try:
            self.connection.open()
        except OSError as error:  # refused, no such host, wrong password: nothing about this mail
            raise failure_of(error) from error
        try:
            message.send()
        except OSError as error:  # smtplib's own are OSErrors too
            failure = failure_of(error)
            if not stays_open(error):
                self.connection.close()
            raise failure from error
        return delivery.message_id

    def close(self) -> None:
        self.connection.close()


def _check_address(delivery: Delivery) -> None:
    """What no server would take is not offered to one."""
    reader = delivery.recipient
    try:
        validate_email(reader.email or "")
    except ValidationError as error:
        told = f"“{reader.email}” is no e-mail address: correct it on {reader.name}'s page."
        raise AddressRefused(told) from error
