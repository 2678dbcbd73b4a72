"""Many processes that publish for the first time, all at once."""

import subprocess
import sys
from pathlib import Path

import pytest
from pytest_django import DjangoDbBlocker

from config import postgres
from config.queue import database_conninfo

pytestmark = pytest.mark.faults
ROOT = Path(__file__).parents[2]
DECLARE = """
import sys
import django
django.setup()
from config.celery import app
print("ready", flush=True)
sys.stdin.readline()
with app.connection_for_write() as connection:
    for number in range(12):
        connection.SimpleQueue(f"race{number}").put("hello")
"""


def test_queues_declared_at_once_by_several_processes_are_there_for_all(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, monkeypatch: pytest.MonkeyPatch
) -> None:
    with django_db_blocker.unblock():
        monkeypatch.setenv("DATABASE_URL", postgres.url_of(database_conninfo()))
    monkeypatch.setenv("DJANGO_SETTINGS_MODULE", "config.settings")
    command = [sys.executable, "-c", DECLARE]
    pipe = subprocess.PIPE
    together = [
        subprocess.Popen(command, cwd=ROOT, stdin=pipe, stdout=pipe, stderr=pipe, text=True)
        for _ in range(4)
    ]
    for process in together:
        assert process.stdout
        assert process.stdout.readline() == "ready\n"
    for process in together:
        assert process.stdin
        process.stdin.write("go\n")
        process.stdin.flush()
    for process in together:
        _, said = process.communicate(timeout=120)
        assert process.returncode == 0, said
