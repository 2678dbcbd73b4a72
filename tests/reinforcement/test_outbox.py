"""The outbox against a real mail server: what is sent, kept, tried again and given up."""

import socket
from datetime import timedelta

import pytest
from django.utils import timezone
from pytest_django.fixtures import Settings
from time_machine import Traveller

from reinforcement.actions import deliveries, send_due, write_due_briefs
from reinforcement.channels.mail.channel import MailChannel
from reinforcement.models import Brief, Delivery
from tenants.companies.context import working_for
from tenants.companies.models import Company
from tenants.people.models import Person
from tests.reinforcement.cast import DUE, Assign, MakePerson
from tests.reinforcement.smtp import Postbox, free_port

MINUTE = timedelta(minutes=1)


@pytest.fixture
def delivery(brief: Brief) -> Delivery:
    return brief.deliveries.get()


def later(delivery: Delivery) -> timedelta:
    """How long until the next attempt."""
    delivery.refresh_from_db()
    return delivery.next_attempt_at - DUE


def again(delivery: Delivery, clock: Traveller) -> int:
    """Let the next attempt come, and make it."""
    delivery.refresh_from_db()
    clock.move_to(delivery.next_attempt_at)
    return send_due()


def test_a_brief_is_sent_once_under_an_id_of_its_own(
    delivery: Delivery, postbox: Postbox, monday: Traveller
) -> None:
    assert [send_due(), send_due()] == [1, 0]
    monday.shift(timedelta(days=30))
    assert send_due() == 0
    delivery.refresh_from_db()
    assert (delivery.state, delivery.sent_at, delivery.attempts) == ("sent", DUE, 1)
    assert postbox.ids == [f"<brief.{Brief.objects.get().uid}@c_acme.throughline>"]
    assert postbox.messages[0]["To"] == "Ada Lindqvist <ada.lindqvist@acme.example>"


def test_two_mails_share_one_connection(
    delivery: Delivery, postbox: Postbox, assign: Assign, person: MakePerson
) -> None:
    assign(person("Cy", "Oh", manager=person("Bo", "Ek")))
    write_due_briefs(now=DUE)
    assert send_due() == 2
    assert (len(postbox.messages), postbox.connections) == (2, 1)


@pytest.mark.parametrize("reply", ["451 try again later", "421 too busy, closing"])
def test_not_now_waits_and_tries_again_under_the_same_id(
    delivery: Delivery, postbox: Postbox, monday: Traveller, reply: str
) -> None:
    postbox.at_data = [reply]
    send_due()
    assert MINUTE <= later(delivery) <= 1.25 * MINUTE
    assert (delivery.state, delivery.attempts) == ("waiting", 1)
    assert reply[:3] in delivery.last_error
    assert send_due() == 0
    again(delivery, monday)
    delivery.refresh_from_db()
    assert (delivery.state, delivery.attempts, delivery.last_error) == ("sent", 2, "")
    assert len(postbox.ids) == 2
    assert len(set(postbox.ids)) == 1


def test_it_waits_twice_as_long_each_time_up_to_six_hours(
    delivery: Delivery, postbox: Postbox, monday: Traveller
) -> None:
    postbox.at_rcpt = {"ada.lindqvist@acme.example": "450 mailbox busy"}
    waits = []
    for _ in range(11):
        again(delivery, monday)
        delivery.refresh_from_db()
        waits.append((delivery.next_attempt_at - timezone.now()) / MINUTE)
    for minutes, wait in zip([1, 2, 4, 8, 16, 32, 64, 128, 256, 360, 360], waits, strict=True):
        assert minutes <= wait <= minutes * 1.25


def test_after_the_last_attempt_it_has_failed_for_all_to_see(
    delivery: Delivery, postbox: Postbox, monday: Traveller
) -> None:
    postbox.at_rcpt = {"ada.lindqvist@acme.example": "450 mailbox busy"}
    for _ in range(deliveries.MOST_ATTEMPTS):
        assert again(delivery, monday) == 1
    assert again(delivery, monday) == 0
    delivery.refresh_from_db()
    assert (delivery.state, delivery.attempts) == ("failed", 12)
    assert "mailbox busy" in delivery.last_error


@pytest.mark.parametrize("where", ["rcpt", "data"])
def test_never_is_failed_at_once_and_holds_up_nobody(
    delivery: Delivery, postbox: Postbox, assign: Assign, person: MakePerson, where: str
) -> None:
    assign(person("Cy", "Oh", manager=person("Bo", "Ek")))
    write_due_briefs(now=DUE)
    if where == "rcpt":
        postbox.at_rcpt = {"ada.lindqvist@acme.example": "550 no such mailbox"}
    else:
        postbox.at_data = ["554 not wanted here"]
    assert send_due() == 2
    delivery.refresh_from_db()
    assert (delivery.state, delivery.attempts) == ("failed", 1)
    assert "no such mailbox" in delivery.last_error or "not wanted" in delivery.last_error
    assert Delivery.objects.get(brief__manager__given_name="Bo").state == "sent"


def test_a_server_that_is_down_costs_one_attempt_and_everything_is_sent_after(
    delivery: Delivery,
    postbox: Postbox,
    assign: Assign,
    person: MakePerson,
    settings: Settings,
    monday: Traveller,
) -> None:
    assign(person("Cy", "Oh", manager=person("Bo", "Ek")))
    write_due_briefs(now=DUE)
    works, settings.EMAIL_PORT = settings.EMAIL_PORT, free_port()
    assert send_due() == 1
    delivery.refresh_from_db()
    assert (delivery.state, delivery.attempts) == ("waiting", 1)
    assert "ConnectionRefusedError" in delivery.last_error
    settings.EMAIL_PORT = works
    monday.shift(2 * MINUTE)
    assert send_due() == 2
    assert set(Delivery.objects.values_list("state", flat=True)) == {"sent"}


def test_a_server_that_hangs_costs_one_timeout(
    delivery: Delivery, assign: Assign, person: MakePerson, settings: Settings
) -> None:
    assign(person("Cy", "Oh", manager=person("Bo", "Ek")))
    write_due_briefs(now=DUE)
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_TIMEOUT = "127.0.0.1", 0.3
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        settings.EMAIL_PORT = silent.getsockname()[1]
        assert send_due() == 1
    delivery.refresh_from_db()
    assert (delivery.state, delivery.attempts) == ("waiting", 1)


def test_a_password_that_is_refused_is_no_verdict_on_the_address(
    delivery: Delivery, postbox: Postbox, settings: Settings
) -> None:
    settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD = "throughline", "expired"
    send_due()
    delivery.refresh_from_db()
    assert (delivery.state, postbox.messages) == ("waiting", [])


def test_one_that_cannot_be_composed_holds_up_nobody(
    delivery: Delivery, postbox: Postbox, ada: Person, assign: Assign, person: MakePerson, caplog
) -> None:
    assign(person("Cy", "Oh", manager=person("Bo", "Ek")))
    write_due_briefs(now=DUE)
    Person.objects.filter(pk=ada.pk).update(time_zone="Mars/Olympus_Mons")
    assert send_due() == 2
    delivery.refresh_from_db()
    assert (delivery.state, delivery.attempts) == ("waiting", 1)
    assert "Mars/Olympus_Mons" in delivery.last_error
    assert str(delivery.uid) in caplog.text
    assert [message["To"] for message in postbox.messages] == ["Bo Ek <bo.ek@acme.example>"]


def test_while_one_worker_sends_it_no_other_takes_it_up(
    delivery: Delivery, postbox: Postbox, monday: Traveller, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent = MailChannel.send
    others: list[int] = []

    def send_and_look_around(self, mine: Delivery) -> str:
        monday.shift(deliveries.LEASE - timedelta(seconds=1))
        others.append(send_due())
        return sent(self, mine)

    monkeypatch.setattr(MailChannel, "send", send_and_look_around)
    assert send_due() == 1
    assert others == [0]
    assert len(postbox.messages) == 1


def claimed_by_a_worker_that_died(delivery: Delivery, attempts: int = 1) -> None:
    delivery.state, delivery.attempts = Delivery.State.SENDING, attempts
    delivery.next_attempt_at = DUE + deliveries.LEASE
    delivery.save()


def test_what_a_dead_worker_had_claimed_is_taken_up_when_its_lease_ends(
    delivery: Delivery, postbox: Postbox, monday: Traveller
) -> None:
    claimed_by_a_worker_that_died(delivery)
    monday.shift(deliveries.LEASE - timedelta(seconds=1))
    assert send_due() == 0
    monday.shift(timedelta(seconds=1))
    assert send_due() == 1
    delivery.refresh_from_db()
    assert (delivery.state, delivery.attempts) == ("sent", 2)
    assert postbox.ids == [delivery.message_id]


def test_what_kills_every_worker_is_given_up_too(
    delivery: Delivery, postbox: Postbox, monday: Traveller
) -> None:
    claimed_by_a_worker_that_died(delivery, attempts=deliveries.MOST_ATTEMPTS)
    assert send_due() == 0
    delivery.refresh_from_db()
    assert delivery.state == "sending"
    monday.shift(deliveries.LEASE)
    assert send_due() == 0
    delivery.refresh_from_db()
    assert (delivery.state, delivery.last_error) == ("failed", "The last attempt never came back.")


@pytest.mark.parametrize("reply", ["250 OK", "451 later", "554 never"])
def test_an_attempt_that_outlived_its_lease_changes_nothing(
    delivery: Delivery, postbox: Postbox, monkeypatch: pytest.MonkeyPatch, reply: str
) -> None:
    postbox.at_data = [reply]
    sent = MailChannel.send

    def send_slowly(self, mine: Delivery) -> str:
        later = DUE + 2 * deliveries.LEASE  # meanwhile somebody else has taken it up
        Delivery.objects.filter(pk=mine.pk).update(attempts=2, next_attempt_at=later)
        return sent(self, mine)

    monkeypatch.setattr(MailChannel, "send", send_slowly)
    send_due()
    assert later(delivery) == 2 * deliveries.LEASE
    assert (delivery.state, delivery.attempts, delivery.last_error) == ("sending", 2, "")
    assert delivery.sent_at is None


@pytest.mark.parametrize("status", ["leave", "terminated"])
def test_who_went_away_since_is_not_written_to(
    delivery: Delivery, postbox: Postbox, ada: Person, status: str
) -> None:
    Person.objects.filter(pk=ada.pk).update(employment_status=status)
    send_due()
    delivery.refresh_from_db()
    assert (delivery.state, postbox.messages) == ("failed", [])
    assert delivery.last_error == "Ada Lindqvist is not at work: nothing is sent."


def test_nothing_of_another_company_is_sent(
    delivery: Delivery, postbox: Postbox, globex: Company, gus: Person
) -> None:
    with working_for(globex):
        week = {"iso_year": 2026, "iso_week": 47, "due_at": DUE, "written_at": DUE}
        theirs = Brief.objects.create(manager=gus, state="written", **week)
        Delivery.objects.create(
            brief=theirs,
            recipient=gus,
            channel="mail",
            next_attempt_at=DUE,
            message_id="<a@b.example>",
        )
    assert send_due() == 1
    assert [message["To"] for message in postbox.messages] == [
        "Ada Lindqvist <ada.lindqvist@acme.example>"
    ]
    with working_for(globex):
        assert Delivery.objects.get().state == "waiting"
