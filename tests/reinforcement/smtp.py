"""A real SMTP server on loopback that answers as it is told."""

import socket
from email import message_from_bytes
from email.message import Message
from typing import Any

from aiosmtpd.controller import Controller


class Postbox:
    """What arrived, and what to say to the next: ``at_rcpt`` by recipient, the others in turn."""

    def __init__(self) -> None:
        self.messages: list[Message] = []
        self.at_mail: list[str] = []
        self.at_rcpt: dict[str, str] = {}
        self.at_data: list[str] = []
        self.connections = 0

    async def handle_EHLO(  # noqa: N802  # aiosmtpd's name
        self, server: Any, session: Any, envelope: Any, hostname: str, responses: list[str]
    ) -> list[str]:
        self.connections += 1
        session.host_name = hostname
        return responses

    async def handle_MAIL(  # noqa: N802
        self, server: Any, session: Any, envelope: Any, address: str, options: list[str]
    ) -> str:
        if self.at_mail:
            return self.at_mail.pop(0)
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(  # noqa: N802
        self, server: Any, session: Any, envelope: Any, address: str, options: list[str]
    ) -> str:
        if address in self.at_rcpt:
            return self.at_rcpt[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        self.messages.append(message_from_bytes(envelope.content))
        return self.at_data.pop(0) if self.at_data else "250 OK"

    @property
    def ids(self) -> list[str | None]:
        return [message["Message-ID"] for message in self.messages]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def serve(postbox: Postbox) -> Controller:
    controller = Controller(postbox, hostname="127.0.0.1", port=free_port())
    controller.start()
    return controller
