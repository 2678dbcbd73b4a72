"""What a mail server's refusal stops: an address, one message, or nothing but this attempt."""

from datetime import timedelta

import pytest
from pytest_django.fixtures import Settings
from time_machine import Traveller

from reinforcement.actions import send_due, write_due_briefs
from reinforcement.models import Brief, ChannelAddress, Delivery
from reinforcement.routes import routes
from tenants.people.models import Person
from tests.reinforcement.cast import DUE, Assign, MakePerson
from tests.reinforcement.smtp import Postbox

ADA = "ada.lindqvist@acme.example"
WEEK = timedelta(days=7)


@pytest.fixture
def delivery(brief: Brief) -> Delivery:
    return brief.deliveries.get()


def outcome(delivery: Delivery) -> tuple[str, bool]:
    """The delivery's state once it was tried, and whether Ada's address is stopped."""
    send_due()
    delivery.refresh_from_db()
    stopped = [(each.address, each.stopped_at) for each in ChannelAddress.objects.all()]
    return delivery.state, stopped == [(ADA, DUE)]


@pytest.mark.parametrize(
    "reply",
    [
        "550 5.1.1 no such user here",
        "550 no such mailbox",
        "551 user not local",
        "553 mailbox name not allowed",
        "550 5.1.2 no such domain",
        "554 5.1.10 recipient not found",
        "550 5.2.1 mailbox disabled",
        "501 5.1.3 bad recipient address syntax",
    ],
)
def test_no_such_mailbox_stops_the_address(
    delivery: Delivery, postbox: Postbox, reply: str
) -> None:
    postbox.at_rcpt = {ADA: reply}
    assert outcome(delivery) == ("failed", True)
    assert reply.split(maxsplit=1)[1] in ChannelAddress.objects.get().error
    assert reply[:3] in delivery.last_error


@pytest.mark.parametrize(
    "reply",
    [
        "550 5.7.1 blocked by policy",
        "554 5.7.1 relay access denied",
        "550 relaying denied",
        "550 your server is on a blacklist",
        "550 5.1.8 bad sender address",
        "552 5.2.2 mailbox full",
        "554 transaction failed",
    ],
)
def test_a_policy_or_a_full_mailbox_fails_this_message_alone(
    delivery: Delivery, postbox: Postbox, reply: str
) -> None:
    postbox.at_rcpt = {ADA: reply}
    assert outcome(delivery) == ("failed", False)


@pytest.mark.parametrize("reply", ["554 5.7.1 looks like spam", "550 not wanted", "552 too big"])
def test_what_is_said_about_the_content_stops_no_address(
    delivery: Delivery, postbox: Postbox, reply: str
) -> None:
    postbox.at_data = [reply]
    assert outcome(delivery) == ("failed", False)


def test_a_server_that_knows_its_mailboxes_late_stops_the_address(
    delivery: Delivery, postbox: Postbox
) -> None:
    postbox.at_data = ["550 5.1.1 unknown recipient"]
    assert outcome(delivery) == ("failed", True)


@pytest.mark.parametrize("reply", ["450 4.2.1 mailbox busy", "452 4.2.2 mailbox full", "451 5.1.1"])
def test_not_now_stops_nothing(delivery: Delivery, postbox: Postbox, reply: str) -> None:
    postbox.at_rcpt = {ADA: reply}
    assert outcome(delivery) == ("waiting", False)


@pytest.mark.parametrize(
    "reply", ["530 5.7.0 sign in first", "550 5.7.60 you may not send as this"]
)
def test_a_refused_sender_is_no_verdict_on_anybody(
    delivery: Delivery, postbox: Postbox, assign: Assign, person: MakePerson, reply: str
) -> None:
    assign(person("Cy", "Oh", manager=person("Bo", "Ek")))
    write_due_briefs(now=DUE)
    postbox.at_mail = [reply]
    assert send_due() == 1
    assert set(Delivery.objects.values_list("state", flat=True)) == {"waiting"}
    assert not ChannelAddress.objects.exists()


@pytest.mark.parametrize(
    "address", ["ada@@x", "ada", "ada@acme.example, bo@acme.example", "a b@c.d"]
)
def test_what_is_no_address_is_offered_to_no_server(
    delivery: Delivery, postbox: Postbox, ada: Person, address: str
) -> None:
    Person.objects.filter(pk=ada.pk).update(email=address)
    send_due()
    delivery.refresh_from_db()
    assert (delivery.state, postbox.connections) == ("failed", 0)
    assert "is no e-mail address: correct it on Ada Lindqvist's page" in delivery.last_error
    assert ChannelAddress.objects.get().address == address


def test_one_refused_address_costs_the_others_no_connection(
    delivery: Delivery, postbox: Postbox, assign: Assign, person: MakePerson
) -> None:
    assign(person("Cy", "Oh", manager=person("Bo", "Ek")))
    write_due_briefs(now=DUE)
    postbox.at_rcpt = {ADA: "550 5.1.1 no such user"}
    assert send_due() == 2
    assert (len(postbox.messages), postbox.connections) == (1, 1)


def test_a_stopped_address_gets_nothing_until_it_changes(
    delivery: Delivery, postbox: Postbox, monday: Traveller, ada: Person
) -> None:
    postbox.at_rcpt = {ADA: "550 5.1.1 no such user"}
    send_due()
    monday.shift(WEEK)
    [second] = write_due_briefs(now=DUE + WEEK)
    assert second.deliveries.get().channel == "portal"
    ada.email = "ada@new.example"
    ada.save()
    monday.shift(WEEK)
    [third] = write_due_briefs(now=DUE + 2 * WEEK)
    assert third.deliveries.get().channel == "mail"
    send_due()
    assert [message["To"] for message in postbox.messages] == ["Ada Lindqvist <ada@new.example>"]


def test_every_kind_of_message_goes_to_the_portal_instead(
    delivery: Delivery, postbox: Postbox, ada: Person
) -> None:
    postbox.at_rcpt = {ADA: "550 5.1.1 no such user"}
    send_due()
    for kind in Delivery.Kind:
        assert routes([ada], kind) == {ada.pk: "portal"}


def test_who_may_not_sign_in_to_the_mail_server_loses_no_brief(
    delivery: Delivery, postbox: Postbox, settings: Settings, monday: Traveller
) -> None:
    settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD = "throughline", "expired"
    assert outcome(delivery) == ("waiting", False)
    settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
    monday.move_to(delivery.next_attempt_at)
    send_due()
    delivery.refresh_from_db()
    assert delivery.state == "sent"
