"""Acme on the Monday morning its briefs are due."""

from collections.abc import Iterator

import pytest
from pytest_django.fixtures import Settings
from time_machine import Traveller

from reinforcement.actions import write_due_briefs
from reinforcement.models import Brief
from tenants.people.models import Person
from tests.reinforcement.cast import DUE, Assign
from tests.reinforcement.smtp import Postbox, serve


@pytest.fixture
def monday(clock: Traveller) -> Traveller:
    """Time stands still at the moment Acme's briefs are due."""
    clock.move_to(DUE)
    return clock


@pytest.fixture
def assign(monday: Traveller, assign: Assign) -> Assign:
    """The same as everywhere, from that Monday on."""
    return assign


@pytest.fixture
def brief(monday: Traveller, assign: Assign, ada: Person, lee: Person) -> Brief:
    """Ada's week: it is about Lee, and its mail waits in the outbox."""
    assign(lee)
    [written] = write_due_briefs(now=DUE)
    return written


@pytest.fixture
def postbox(settings: Settings) -> Iterator[Postbox]:
    """A mail server of our own, and settings that lead to it."""
    postbox = Postbox()
    controller = serve(postbox)
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = controller.hostname, controller.port
    settings.EMAIL_TIMEOUT = 5
    yield postbox
    controller.stop()
