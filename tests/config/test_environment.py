"""The environment is read strictly: one sentence that says what to set, and no start."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from config import environment

ROOT = Path(__file__).parents[2]
PRODUCTION = {
    "ENVIRONMENT": "production",
    "SECRET_KEY": "k" * 64,
    "ENCRYPTION_KEYS": "e" * 43,
    "ALLOWED_ROOT_DOMAIN": "throughline.example",
    "DATABASE_URL": "postgresql://nobody@127.0.0.1:1/none",
    "MAIL_URL": "submission://user:secret@mail.example:587",
}


def start(**variables: str) -> subprocess.CompletedProcess[str]:
    """``manage.py check`` with just these variables."""
    clean = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    return subprocess.run(
        [sys.executable, "manage.py", "check"],
        cwd=ROOT, env=clean | variables, capture_output=True, text=True, check=False,
    )  # fmt: skip


def test_production_starts_with_everything_set():
    assert start(**PRODUCTION).returncode == 0


@pytest.mark.parametrize(
    "missing", ["SECRET_KEY", "ENCRYPTION_KEYS", "ALLOWED_ROOT_DOMAIN", "DATABASE_URL", "MAIL_URL"]
)
def test_production_without_a_secret_does_not_start(missing):
    started = start(**{name: value for name, value in PRODUCTION.items() if name != missing})
    assert started.returncode != 0
    (line,) = started.stderr.strip().splitlines()
    assert line.startswith(f"Cannot start: {missing} is not set: set {missing} (or {missing}_FILE)")


def test_production_does_not_start_with_a_switch_for_development():
    started = start(**PRODUCTION, OUTBOUND_ALLOW_LOOPBACK="true")
    assert started.returncode != 0
    assert "OUTBOUND_ALLOW_LOOPBACK is on: production does not run with it" in started.stderr
    assert start(OUTBOUND_ALLOW_LOOPBACK="true").returncode == 0


def test_nothing_set_is_a_development_machine():
    assert start().returncode == 0


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("DATABASE_URL", "mysql://somewhere/db", "has to start with one of postgres://"),
        ("DATABASE_URL", "postgresql://user@host:port/db", "Set it like postgresql://"),
        ("DATABASE_URL", "postgresql://user@host", "names no database"),
        ("CELERY_BROKER_URL", "sqs://queue", "has to start with one of pgmq://"),
        ("CACHE_URL", "memcached://host", "has to start with one of redis://"),
        ("MAIL_URL", "http://mail", "has to start with one of smtp://"),
        ("PORT", "eight thousand", "Give a whole number"),
        ("DEBUG", "perhaps", "Say 'true' or 'false'"),
        ("ENVIRONMENT", "staging", "'development' or 'production'"),
    ],
)
def test_what_is_malformed_is_named_with_what_to_set(name, value, told):
    started = start(**{name: value})
    assert started.returncode != 0
    (line,) = started.stderr.strip().splitlines()
    assert line.startswith("Cannot start: ")
    assert name in line
    assert told in line


def test_unreachable_database_is_one_sentence():
    started = subprocess.run(
        [sys.executable, "manage.py", "migrate"],
        cwd=ROOT, env={**os.environ, "DATABASE_URL": "postgresql://nobody@127.0.0.1:1/none"},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert started.returncode != 0
    (line,) = started.stderr.strip().splitlines()
    assert line.startswith("Cannot reach the database, check DATABASE_URL: ")


def test_a_secret_may_be_a_file(tmp_path, monkeypatch):
    (tmp_path / "key").write_text("from a file\n")
    monkeypatch.setenv("SECRET_KEY_FILE", str(tmp_path / "key"))
    assert environment.secret("SECRET_KEY", development="", hint="") == "from a file"


def test_a_secret_file_that_is_not_there_is_named(monkeypatch):
    monkeypatch.setenv("SECRET_KEY_FILE", "/nowhere/key")
    with pytest.raises(ImproperlyConfigured, match="SECRET_KEY_FILE"):
        environment.secret("SECRET_KEY", development="", hint="")
