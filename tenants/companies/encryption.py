"""Text that is stored encrypted: secrets of a company, and notes that are one person's own.

Each company has keys of its own, derived (HKDF, RFC 5869) from the installation's, so that what
was copied from one schema into another cannot be read there. The first of ``ENCRYPTION_KEYS``
encrypts, all of them decrypt: a new key goes in front, ``manage.py encryption rotate`` writes
everything anew, and the old one can go.
"""

from base64 import urlsafe_b64encode
from functools import lru_cache
from typing import Any

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.db import models

from tenants.companies.connections import connection


class Unreadable(ValueError):
    """Encrypted for another company, with a key that is gone, or damaged."""


def encrypt(text: str) -> str:
    """`text` as a Fernet token of the current company; the same text differs each time."""
    return _keys().encrypt(text.encode()).decode()


def decrypt(token: str) -> str:
    """What `encrypt` was given in this company. Raises `Unreadable`."""
    try:
        return _keys().decrypt(token.encode()).decode()
    except InvalidToken as error:
        raise Unreadable(
            "A stored secret cannot be decrypted: the key that encrypted it is not among "
            "ENCRYPTION_KEYS, or it belongs to another company."
        ) from error


def renewed(token: str) -> str:
    """The same text, encrypted with the first key: as it is, where it was. Raises `Unreadable`."""
    first = _derived(tuple(settings.ENCRYPTION_KEYS[:1]), connection.schema_name)
    try:
        first.decrypt(token.encode())
    except InvalidToken:
        return encrypt(decrypt(token))
    return token


def _keys() -> MultiFernet:
    return _derived(tuple(settings.ENCRYPTION_KEYS), connection.schema_name)


@lru_cache(maxsize=256)
def _derived(keys: tuple[str, ...], schema: str) -> MultiFernet:
    def derive(key: str) -> Fernet:
        hkdf = HKDF(SHA256(), length=32, salt=None, info=f"throughline.{schema}".encode())
        return Fernet(urlsafe_b64encode(hkdf.derive(key.encode())))

    return MultiFernet([derive(key) for key in keys])


class EncryptedTextField(models.TextField):  # type: ignore[type-arg]
    """Text in Python, a Fernet token in the database; nothing can be looked up by it.

    Empty stays empty. Reading raises `Unreadable` where no key of ours fits.
    """

    def get_prep_value(self, value: Any) -> Any:
        return encrypt(value) if value else value

    def from_db_value(self, value: Any, *_: Any) -> Any:
        return decrypt(value) if value else value
