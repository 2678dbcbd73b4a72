"""What a chat does not take goes by mail: the same message, once."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any, ClassVar

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from time_machine import Traveller

from reinforcement.actions import replay, send_due, write_due_briefs
from reinforcement.actions.rerouting import move_waiting
from reinforcement.channels import (
    AddressRefused,
    Channel,
    ConnectionRevoked,
    PermanentFailure,
    Unreachable,
    channels,
)
from reinforcement.models import ChannelAddress, ChannelConnection, ChannelPreference, Delivery
from tenants.companies.models import Company
from tenants.people.models import Person
from tests.reinforcement.cast import DUE, Assign, MakePerson

MINUTE = timedelta(minutes=1)


class Pigeon(Channel):
    """Somebody else's chat, as far as the outbox knows: it takes a message, or says why not."""

    name: ClassVar = "pigeon"
    label: ClassVar = "pigeon"
    needs_connection: ClassVar = True
    needs_address: ClassVar = True
    tried: ClassVar[list[str]]
    refuse: ClassVar[Callable[[Delivery], Exception | None]]

    def send(self, delivery: Delivery) -> str:
        self.tried.append(delivery.recipient.given_name)
        if failure := type(self).refuse(delivery):
            raise failure
        return f"pigeon-{delivery.pk}"


@pytest.fixture
def pigeon(acme: Company, monkeypatch: pytest.MonkeyPatch, monday: Traveller) -> type[Pigeon]:
    monkeypatch.setitem(channels, "pigeon", Pigeon)
    monkeypatch.setattr(Pigeon, "tried", [], raising=False)
    monkeypatch.setattr(Pigeon, "refuse", staticmethod(lambda delivery: None), raising=False)
    ChannelConnection.objects.create(
        channel="pigeon", workspace="Loft", token="t", signing_secret="s", connected_at=DUE
    )
    return Pigeon


Fail = Callable[[Exception], None]


@pytest.fixture
def fails(pigeon: type[Pigeon], monkeypatch: pytest.MonkeyPatch) -> Fail:
    """``fails(AddressRefused("gone"))``: from now on, with everything."""
    return lambda failure: monkeypatch.setattr(
        pigeon, "refuse", staticmethod(lambda delivery: failure)
    )


@pytest.fixture
def waiting(
    pigeon: type[Pigeon], assign: Assign, person: MakePerson
) -> Callable[[int], list[Delivery]]:
    """``waiting(3)``: the briefs of so many managers, each for the pigeon."""

    def write(count: int) -> list[Delivery]:
        for number in range(count):
            boss = person(f"Bo{number}", "Ek")
            chooses(boss)
            assign(person(f"Cy{number}", "Oh", manager=boss))
        write_due_briefs(now=DUE)
        return list(Delivery.objects.order_by("pk"))

    return write


def chooses(boss: Person) -> None:
    ChannelPreference.objects.create(person=boss, channel="pigeon")
    ChannelAddress.objects.create(person=boss, channel="pigeon", address="roof")


def outbox() -> list[tuple[str, str, str]]:
    """Whose, by which channel, in which state."""
    rows = Delivery.objects.order_by("pk")
    return list(rows.values_list("recipient__given_name", "channel", "state"))


def test_what_a_chat_takes_is_sent_by_it_alone(waiting: Any, pigeon: type[Pigeon]) -> None:
    [delivery] = waiting(1)
    assert send_due() == 1
    delivery.refresh_from_db()
    assert (delivery.state, delivery.provider_id) == ("sent", f"pigeon-{delivery.pk}")
    assert (outbox(), mail.outbox) == ([("Bo0", "pigeon", "sent")], [])


def test_what_a_chat_refuses_for_good_goes_by_mail_under_the_same_id(
    waiting: Any, fails: Fail
) -> None:
    [delivery] = waiting(1)
    fails(PermanentFailure("too long"))
    assert send_due() == 2
    assert outbox() == [("Bo0", "pigeon", "failed"), ("Bo0", "mail", "sent")]
    assert [message.extra_headers["Message-ID"] for message in mail.outbox] == [delivery.message_id]
    delivery.refresh_from_db()
    assert delivery.last_error == "too long"
    assert ChannelAddress.objects.get().stopped_at is None


def test_an_address_that_is_refused_is_stopped_for_that_one_reader(
    waiting: Any, pigeon: type[Pigeon], monkeypatch: pytest.MonkeyPatch
) -> None:
    first, _ = waiting(2)
    monkeypatch.setattr(
        pigeon,
        "refuse",
        staticmethod(lambda each: AddressRefused("gone") if each.pk == first.pk else None),
    )
    Delivery.objects.create(  # the week before, which was to be tried again later
        brief=first.brief,
        recipient=first.recipient,
        channel="pigeon",
        next_attempt_at=DUE + 5 * MINUTE,
        message_id="<before@acme.example>",
    )
    send_due()
    assert pigeon.tried == ["Bo0", "Bo1"]
    assert outbox() == [
        ("Bo0", "pigeon", "failed"),
        ("Bo1", "pigeon", "sent"),
        ("Bo0", "mail", "sent"),
        ("Bo0", "mail", "sent"),
    ]
    stopped = ChannelAddress.objects.exclude(stopped_at=None).get()
    assert (stopped.person, stopped.stopped_at, stopped.error) == (first.recipient, DUE, "gone")


def test_a_key_that_is_revoked_costs_one_attempt_and_everything_goes_by_mail(
    waiting: Any, pigeon: type[Pigeon], fails: Fail
) -> None:
    waiting(3)
    fails(ConnectionRevoked("token_revoked"))
    assert send_due() == 4  # the one that found out, and three mails
    assert pigeon.tried == ["Bo0"]
    assert sorted(outbox()) == [
        ("Bo0", "mail", "sent"),
        ("Bo0", "pigeon", "failed"),
        ("Bo1", "mail", "sent"),
        ("Bo2", "mail", "sent"),
    ]
    assert len(mail.outbox) == 3
    stopped = ChannelConnection.objects.get()
    assert (stopped.stopped_at, stopped.error) == (DUE, "token_revoked")


def test_moving_twelve_costs_no_more_queries_than_two(waiting: Any) -> None:
    def cost(count: int) -> int:
        Delivery.objects.update(state="sent")
        Delivery.objects.filter(pk__in=keys[:count]).update(channel="pigeon", state="waiting")
        with CaptureQueriesContext(connection) as queries:
            assert len(move_waiting(channel="pigeon", error="gone", now=DUE)) == count
        return len(queries)

    keys = [delivery.pk for delivery in waiting(12)]
    assert cost(2) == cost(12)


def test_what_went_by_mail_already_is_not_sent_again_when_the_chat_is_shut(
    waiting: Any, fails: Fail
) -> None:
    delivery, _ = waiting(2)
    fails(PermanentFailure("too long"))
    send_due()
    replay(deliveries=[delivery])
    fails(ConnectionRevoked("token_revoked"))
    Delivery.objects.filter(recipient__given_name="Bo1", channel="pigeon").update(
        state="waiting", next_attempt_at=DUE - MINUTE
    )
    send_due()
    assert len(mail.outbox) == 2
    assert sorted(outbox()) == [
        ("Bo0", "mail", "sent"),
        ("Bo0", "pigeon", "failed"),
        ("Bo1", "mail", "sent"),
        ("Bo1", "pigeon", "failed"),
    ]


def test_a_chat_that_says_when_to_come_back_is_left_alone_until_then(
    waiting: Any, pigeon: type[Pigeon], fails: Fail, monday: Traveller, monkeypatch: Any
) -> None:
    waiting(2)
    fails(Unreachable("too many requests", retry_after=30 * MINUTE))
    assert send_due() == 1
    assert ChannelConnection.objects.get().not_before == DUE + 30 * MINUTE
    monkeypatch.setattr(pigeon, "refuse", staticmethod(lambda delivery: None))
    monday.shift(29 * MINUTE)
    assert (send_due(), pigeon.tried) == (0, ["Bo0"])
    monday.shift(MINUTE)
    assert send_due() == 1
    monday.shift(MINUTE)  # what was told to wait adds jitter to that
    assert send_due() == 1
    assert pigeon.tried == ["Bo0", "Bo1", "Bo0"]
    assert mail.outbox == []


def test_whoever_is_away_gets_it_by_no_other_channel(waiting: Any) -> None:
    [delivery] = waiting(1)
    Person.objects.filter(pk=delivery.recipient_id).update(employment_status="leave")
    assert send_due() == 1
    assert (outbox(), mail.outbox) == ([("Bo0", "pigeon", "failed")], [])
