"""A server that takes webhooks, and a company in which everything is really committed."""

from collections.abc import Callable, Iterator

import pytest
from pytest_django import DjangoDbBlocker
from pytest_django.fixtures import Settings

from tenants.companies.connections import connection
from tenants.companies.models import Company
from tests.api.commits import wait_until_shown
from tests.api.webhooks.cast import write
from tests.companies.committing import committing
from tests.companies.webserver import WebServer, serving


@pytest.fixture
def server(settings: Settings) -> Iterator[WebServer]:
    settings.OUTBOUND_ALLOW_LOOPBACK = True
    with serving() as server:
        yield server


@pytest.fixture
def hooks(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Company]:
    """A company of its own, whose transactions commit: the feed shows nothing else."""
    with committing(django_db_blocker, "Hooks") as company:
        yield company


@pytest.fixture
def written(hooks: Company) -> Callable[..., list[str]]:
    """``written(3)``: the uids of three new records that the feed shows."""

    def write_and_wait(count: int = 1, kind: str = "step.done") -> list[str]:
        uids = write(count, kind)
        connection.ensure_connection()
        link = connection.connection
        before = link.autocommit
        wait_until_shown(link)
        link.autocommit = before
        return uids

    return write_and_wait
