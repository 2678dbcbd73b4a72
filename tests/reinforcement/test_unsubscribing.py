"""The way out of the mails: one click, by a mail client or by a person."""

from datetime import timedelta

import pytest
from django.test import Client
from time_machine import Traveller

from reinforcement.actions import send_due, set_preference, stop_mail, write_due_briefs
from reinforcement.channels.mail.messages import compose
from reinforcement.links import unsubscribe_path
from reinforcement.models import Brief, ChannelAddress, ChannelPreference, Delivery
from reinforcement.routes import routes
from tenants.companies.models import Company
from tenants.people.models import EmploymentStatus, Person
from tests.reinforcement.cast import DUE
from tests.reinforcement.smtp import Postbox

WEEK = timedelta(days=7)
ONE_CLICK = {"List-Unsubscribe": "One-Click"}


@pytest.fixture
def link(brief: Brief, acme: Company) -> str:
    """The path in the header of Ada's mail."""
    header = str(compose(brief.deliveries.get()).extra_headers["List-Unsubscribe"])
    start = acme.url("")
    assert header.startswith(f"<{start}/u/")
    assert header.endswith(">")
    return header[1 + len(start) : -1]


def from_a_mail_client(host: str = "acme.localhost") -> Client:
    return Client(headers={"host": host}, enforce_csrf_checks=True)


def test_the_headers_survive_the_way_through_a_mail_server(brief: Brief, postbox: Postbox) -> None:
    send_due()
    [message] = postbox.messages
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    way_out = "".join(message["List-Unsubscribe"].split())
    assert way_out.startswith("<http")
    assert from_a_mail_client().get(way_out[1:-1].split(":8000")[-1]).status_code == 200
    assert message["X-Auto-Response-Suppress"] == "OOF, AutoReply"
    assert message["Feedback-ID"] == "brief:c_acme:throughline"
    assert way_out[1:-1] in message.get_payload(0).get_payload(decode=True).decode()  # type: ignore[union-attr]


def test_one_click_needs_no_cookie_no_token_and_no_confirmation(link: str, ada: Person) -> None:
    response = from_a_mail_client().post(link, ONE_CLICK)
    assert response.status_code == 200
    assert not response.cookies
    assert ChannelPreference.objects.get(person=ada).channel == "portal"
    page = response.content.decode()
    assert "These mails have stopped." in page
    assert "under This week" in page
    assert 'href="/settings/"' in page


@pytest.mark.parametrize("body", [b"", b"List-Unsubscribe=One-Click", b"\xff{"])
def test_what_the_body_says_and_how_is_not_asked(link: str, ada: Person, body: bytes) -> None:
    for kind in ("application/x-www-form-urlencoded", "text/plain", "multipart/form-data"):
        assert from_a_mail_client().post(link, body, content_type=kind).status_code == 200
    assert ChannelPreference.objects.get().channel == "portal"


def test_twice_is_once(link: str) -> None:
    for _ in range(2):
        assert from_a_mail_client().post(link, ONE_CLICK).status_code == 200
    assert ChannelPreference.objects.count() == 1


@pytest.mark.parametrize("method", ["get", "head", "options", "put"])
def test_nothing_but_post_writes(link: str, method: str) -> None:
    client = from_a_mail_client()
    response = getattr(client, method)(link, headers={"Sec-Purpose": "prefetch"})
    assert response.status_code == (200 if method in ("get", "head") else 405)
    assert not ChannelPreference.objects.exists()


def test_the_page_has_one_button_and_no_cookie(link: str) -> None:
    response = from_a_mail_client().get(link)
    page = response.content.decode()
    assert page.count("<button") == page.count("<form") == 1
    assert "ada.lindqvist@acme.example" in page
    assert not response.cookies
    assert response["Referrer-Policy"] == "no-referrer"
    assert response["Cache-Control"] == "no-store"


def test_the_next_brief_is_on_the_portal_and_mail_can_be_chosen_again(
    link: str, ada: Person, monday: Traveller
) -> None:
    from_a_mail_client().post(link)
    monday.shift(WEEK)
    [second] = write_due_briefs(now=DUE + WEEK)
    assert second.deliveries.get().channel == "portal"
    set_preference(person=ada, channel="mail", day=None, hour=None, paused_until=None)
    monday.shift(WEEK)
    [third] = write_due_briefs(now=DUE + 2 * WEEK)
    assert third.deliveries.get().channel == "mail"


def test_what_waits_in_the_outbox_does_not_go_out_by_mail(
    brief: Brief, ada: Person, postbox: Postbox
) -> None:
    stop_mail(person=ada)
    send_due()
    assert postbox.messages == []
    delivery = brief.deliveries.get()
    assert (delivery.channel, delivery.state) == ("portal", "sent")


def test_what_was_sent_stays_as_it_is(brief: Brief, ada: Person, postbox: Postbox) -> None:
    send_due()
    stop_mail(person=ada)
    assert brief.deliveries.get().channel == "mail"


def test_a_learner_gets_no_more_of_any_kind_by_mail(acme: Company, lee: Person) -> None:
    link = unsubscribe_path(lee, Delivery.Kind.HEADS_UP)
    page = from_a_mail_client().post(link).content.decode()
    assert "before your manager is asked to talk with you" in page
    lee = Person.objects.get(pk=lee.pk)
    for kind in Delivery.Kind:
        assert routes([lee], kind) == {lee.pk: "portal"}


@pytest.mark.parametrize(
    ("kind", "told"), [("reputation", "waits on My path"), ("barrier", "under Barriers")]
)
def test_each_kind_says_where_it_is_found_afterwards(
    acme: Company, olive: Person, kind: str, told: str
) -> None:
    link = unsubscribe_path(olive, Delivery.Kind(kind))
    assert told in from_a_mail_client().get(link).content.decode()


def test_who_chose_a_chat_keeps_it_and_has_no_more_mail(acme: Company, ada: Person) -> None:
    ChannelPreference.objects.create(person=ada, channel="slack")
    stop_mail(person=ada)
    assert ChannelPreference.objects.get().channel == "slack"
    stopped = ChannelAddress.objects.get()
    assert (stopped.channel, stopped.address) == ("mail", ada.email)
    assert stopped.error == "They unsubscribed by the link in a mail."
    ada = Person.objects.get(pk=ada.pk)
    assert routes([ada], Delivery.Kind.HEADS_UP) == {ada.pk: "portal"}


def test_a_tampered_link_and_another_companys_are_unknown(
    link: str, acme: Company, globex: Company, gus: Person
) -> None:
    for client, path in (
        (from_a_mail_client(), link[:-1] + ("A" if link[-1] != "A" else "B")),
        (from_a_mail_client("globex.localhost"), link),
    ):
        for response in (client.get(path), client.post(path, ONE_CLICK)):
            assert response.status_code == 404
            assert "We do not know this link." in response.content.decode()
    assert not ChannelPreference.objects.exists()


def test_a_link_of_somebody_who_left_or_of_last_year_is_over(
    link: str, ada: Person, monday: Traveller
) -> None:
    monday.shift(timedelta(days=366))
    assert from_a_mail_client().post(link).status_code == 410
    monday.shift(timedelta(days=-366))
    Person.objects.filter(pk=ada.pk).update(employment_status=EmploymentStatus.TERMINATED)
    assert from_a_mail_client().post(link).status_code == 410
    assert not ChannelPreference.objects.exists()


def test_the_address_never_reaches_a_log(link: str, caplog: pytest.LogCaptureFixture) -> None:
    from_a_mail_client().post(link)
    from_a_mail_client().get("/u/somethingsecret")
    from_a_mail_client().put(link)
    many = {str(n): "x" for n in range(2000)}  # more fields than Django reads
    assert from_a_mail_client().post(link, many).status_code == 200
    assert "/u/" not in caplog.text


def test_it_costs_no_more_than_it_must(ada: Person, django_assert_num_queries) -> None:
    # the transaction's ends, what they chose, and what waits; a savepoint, insert and release first
    with django_assert_num_queries(7):
        stop_mail(person=ada)
    with django_assert_num_queries(4):
        stop_mail(person=ada)
