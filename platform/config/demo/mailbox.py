"""Mail that is captured instead of sent: a file per message, in a folder per company.

Like a mail server that suppresses duplicates, it shows a Message-ID once; that it came again is
noted beside it, and told on the page.
"""

import email
import email.policy
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import EmailMessage, Message
from pathlib import Path
from uuid import NAMESPACE_URL, uuid5

from django.conf import settings
from django.core.mail import EmailMessage as OutgoingMessage
from django.core.mail.backends.base import BaseEmailBackend

from tenants.companies.connections import connection


def _folder(schema: str) -> Path:
    folder: Path = settings.VAR / "mail" / schema
    return folder


class CapturingBackend(BaseEmailBackend):
    """Django's mail backend where MAIL_URL is ``captured://``."""

    def send_messages(self, email_messages: Sequence[OutgoingMessage]) -> int:
        folder = _folder(connection.schema_name)
        folder.mkdir(parents=True, exist_ok=True)
        for outgoing in email_messages:
            _keep(folder, outgoing.message())
        return len(email_messages)


def _keep(folder: Path, message: Message) -> None:
    file = folder / f"{uuid5(NAMESPACE_URL, message['Message-ID'])}.eml"
    if file.exists():
        file.with_suffix(".again").touch()
        return
    unfinished = file.with_suffix(".part")
    unfinished.write_bytes(message.as_bytes())
    unfinished.rename(file)


@dataclass(frozen=True)
class Captured:
    """A captured message; `key` names it within its company's folder."""

    key: str
    schema: str
    at: datetime
    came_again: bool
    message: EmailMessage

    @property
    def subject(self) -> str:
        return str(self.message["subject"]).strip()  # folded, it begins with a space

    @property
    def to(self) -> str:
        return str(self.message["to"])

    @property
    def plain(self) -> str:
        return self._body("plain")

    @property
    def html(self) -> str:
        return self._body("html")

    def _body(self, kind: str) -> str:
        part = self.message.get_body((kind,))
        return str(part.get_content()) if part else ""


def captured(schemas: Sequence[str], *, most: int = 200) -> list[Captured]:
    """The latest messages of these companies, newest first."""
    files = [file for schema in schemas for file in _folder(schema).glob("*.eml")]
    newest = sorted(files, key=lambda file: file.stat().st_mtime_ns, reverse=True)[:most]
    return [_read(file) for file in newest]


def find(schemas: Sequence[str], key: str) -> Captured | None:
    for schema in schemas:
        for file in _folder(schema).glob("*.eml"):
            if file.stem == key:
                return _read(file)
    return None


def _read(file: Path) -> Captured:
    message = email.message_from_bytes(file.read_bytes(), policy=email.policy.default)
    at = datetime.fromtimestamp(file.stat().st_mtime, tz=UTC)
    assert isinstance(message, EmailMessage)  # noqa: S101  # what the default policy makes
    again = file.with_suffix(".again").exists()
    return Captured(file.stem, file.parent.name, at, again, message)
