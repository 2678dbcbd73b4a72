"""Reads the environment strictly: what is malformed or missing stops the start with one sentence.

Every variable may also be given as a file: ``SECRET_KEY_FILE=/run/secrets/key`` (as Docker and
Kubernetes mount secrets) is the same as ``SECRET_KEY`` with that file's text.
"""

from collections.abc import Callable
from typing import Any, TypeVar
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured
from environs import EnvError, FileAwareEnv

Value = TypeVar("Value")

DATABASE_SCHEMES = ("postgres", "postgresql")
BROKER_SCHEMES = ("pgmq", "redis", "rediss", "amqp", "amqps")
CACHE_SCHEMES = ("redis", "rediss")
MAIL_SCHEMES = ("smtp", "smtps", "submission", "captured")

_env = FileAwareEnv(strip_whitespace=True)


def _read(parse: Callable[..., Value], name: str, hint: str, **options: Any) -> Value:
    try:
        return parse(name, **options)
    except (EnvError, ValueError) as error:
        raise ImproperlyConfigured(f"{name} is not usable: {error}. {hint}") from error


def is_production() -> bool:
    """Whether ``ENVIRONMENT`` is ``production``; unset means ``development``."""
    value = _read(_env.str, "ENVIRONMENT", "", default="development")
    if value not in ("development", "production"):
        raise ImproperlyConfigured(
            f"ENVIRONMENT is {value!r}: set it to 'development' or 'production'."
        )
    return value == "production"


def secret(name: str, *, development: str, hint: str) -> str:
    """A value that production cannot start without; elsewhere `development` stands in."""
    value = _read(_env.str, name, hint, default="")
    if value:
        return value
    if is_production():
        raise ImproperlyConfigured(f"{name} is not set: set {name} (or {name}_FILE) to {hint}.")
    return development


def secrets(name: str, *, development: str, hint: str) -> list[str]:
    """Several secrets, separated by commas; like `secret` otherwise."""
    return [part for part in secret(name, development=development, hint=hint).split(",") if part]


def text(name: str, default: str) -> str:
    return _read(_env.str, name, "", default=default)


def integer(name: str, default: int) -> int:
    return _read(_env.int, name, "Give a whole number.", default=default)


def boolean(name: str, *, default: bool) -> bool:
    return _read(_env.bool, name, "Say 'true' or 'false'.", default=default)


def switch_for_development(name: str) -> bool:
    """Off unless it is switched on; production does not start with it."""
    on = boolean(name, default=False)
    if on and is_production():
        raise ImproperlyConfigured(f"{name} is on: production does not run with it. Unset it.")
    return on


def url(name: str, *, schemes: tuple[str, ...], default: str = "") -> str:
    """A URL whose scheme is one of `schemes`, or `default` where unset."""
    value = _read(_env.str, name, "", default=default)
    if value and urlsplit(value).scheme not in schemes:
        wanted = ", ".join(f"{scheme}://" for scheme in schemes)
        raise ImproperlyConfigured(
            f"{name} starts with {value.split(':')[0]!r}: it has to start with one of {wanted}."
        )
    return value


def database() -> dict[str, Any] | None:
    """Django's connection settings from ``DATABASE_URL``, or None where it is unset."""
    hint = "Set it like postgresql://user:password@host:5432/name."
    if not url("DATABASE_URL", schemes=DATABASE_SCHEMES):
        if is_production():
            raise ImproperlyConfigured(
                "DATABASE_URL is not set: set DATABASE_URL (or DATABASE_URL_FILE) to the "
                "PostgreSQL database, like postgresql://user:password@host:5432/name."
            )
        return None
    parsed: dict[str, Any] = dict(_read(_env.dj_db_url, "DATABASE_URL", hint))
    if not parsed.get("NAME"):
        raise ImproperlyConfigured(f"DATABASE_URL names no database. {hint}")
    return parsed


def mail() -> dict[str, Any]:
    """Django's mail settings from ``MAIL_URL``; ``captured://`` keeps messages in the data folder.

    ``submission://user:password@host:587`` speaks STARTTLS, ``smtps://`` TLS, ``smtp://`` neither.
    """
    value = url("MAIL_URL", schemes=MAIL_SCHEMES, default="captured://")
    if value.startswith("captured:"):
        if is_production():
            raise ImproperlyConfigured(
                "MAIL_URL is not set: set MAIL_URL (or MAIL_URL_FILE) to the mail server, like "
                "submission://user:password@host:587."
            )
        return {"EMAIL_BACKEND": "config.demo.mailbox.CapturingBackend"}
    parsed = _read(
        _env.dj_email_url, "MAIL_URL", "Set it like submission://user:password@host:587."
    )
    names = ("HOST", "PORT", "HOST_USER", "HOST_PASSWORD", "USE_TLS", "USE_SSL")
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        **{f"EMAIL_{name}": parsed[f"EMAIL_{name}"] for name in names},
    }
