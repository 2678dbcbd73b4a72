"""Ada reads her briefs in Teams, and Teams is a server of our own."""

from collections.abc import Callable, Iterator

import pytest
from pytest_django.fixtures import Settings
from time_machine import Traveller

from reinforcement.actions import write_due_briefs
from reinforcement.models import Brief, ChannelAddress, ChannelPreference, Delivery
from tenants.people.models import Person
from tests.companies.webserver import WebServer, serving
from tests.reinforcement.cast import DUE, Assign, MakePerson
from tests.reinforcement.teams.webhooks import SECRET

Join = Callable[..., Person]


@pytest.fixture
def teams(settings: Settings) -> Iterator[WebServer]:
    settings.OUTBOUND_ALLOW_LOOPBACK = True
    with serving() as server:
        yield server


@pytest.fixture
def join(teams: WebServer, monday: Traveller) -> Join:
    """``join(ada)``: she has a webhook, of her own where none is given, and wants briefs there."""

    def join(person: Person, webhook: str = "") -> Person:
        webhook = webhook or teams.url(f"/workflows/{person.given_name.lower()}?sig={SECRET}")
        ChannelPreference.objects.create(person=person, channel="teams")
        ChannelAddress.objects.create(person=person, channel="teams", address=webhook)
        return person

    return join


@pytest.fixture
def brief(join: Join, assign: Assign, ada: Person, lee: Person) -> Brief:
    """Ada's week: it is about Lee, and waits in the outbox for Teams."""
    join(ada)
    assign(lee)
    [written] = write_due_briefs(now=DUE)
    return written


@pytest.fixture
def delivery(brief: Brief) -> Delivery:
    return brief.deliveries.get()


@pytest.fixture
def more(join: Join, assign: Assign, person: MakePerson) -> Callable[..., list[Delivery]]:
    """``more("Bo", "Cy")``: as many managers more with a brief for Teams."""

    def more(*names: str, webhooks: list[str] | None = None) -> list[Delivery]:
        for name, webhook in zip(names, webhooks or [""] * len(names), strict=True):
            assign(person("Rae", f"Of{name}", manager=join(person(name, "Ek"), webhook)))
        return [brief.deliveries.get() for brief in write_due_briefs(now=DUE)]

    return more
