from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from time_machine import Traveller

from reinforcement.actions import stop_mail
from reinforcement.models import (
    Brief,
    ChannelAddress,
    ChannelConnection,
    ChannelPreference,
    Delivery,
)
from reinforcement.routes import routes
from tenants.companies.context import working_for
from tenants.companies.models import Company
from tenants.people.models import Person
from tests.conftest import NOW
from tests.portal.cast import MakePerson, Visit, WriteBrief

# an address of a public network, so that no name is looked up
WEBHOOK = "https://20.50.2.7/workflows/77/triggers/manual/paths/invoke?api-version=1&sig=s3cret"

FORM = {"channel": "mail", "day": "", "hour": "", "paused_until": ""}


def save(client: Client, **changes: str) -> tuple[int, str]:
    """The status of the answer, and the page that follows it."""
    response = client.post("/settings/", FORM | changes)
    page = client.get("/settings/") if response.status_code == 302 else response
    return response.status_code, page.content.decode()


@pytest.fixture
def browser(visit: Visit, acme: Company, ada: Person, lee: Person, clock: Traveller) -> Client:
    """Ada's, on a Wednesday; Lee reports to her."""
    return visit(acme, ada)


def test_a_manager_chooses_where_and_when(browser: Client, ada: Person) -> None:
    status, page = save(browser, channel="portal", day="4", hour="15")
    assert status == 302
    kept = ChannelPreference.objects.get(person=ada)
    assert (kept.channel, kept.day, kept.hour) == ("portal", 4, 15)
    assert "Saved. Your next week comes on Thursday 19 November at 15:00." in page
    assert '<option value="4" selected>Thursday</option>' in page
    assert '<option value="15" selected>15:00</option>' in page
    assert "On your clock, Europe/Berlin." in page


def test_before_anything_is_chosen_it_is_mail_when_the_company_says(browser: Client) -> None:
    page = browser.get("/settings/").content.decode()
    assert page.count(" checked") == 1
    assert page.index('value="mail"') < page.index(" checked") < page.index('value="slack"')
    assert "As usual here: Monday" in page
    assert "As usual here: 09:00" in page
    assert "Your next week comes on Monday 23 November at 09:00." in page


def test_the_clock_is_the_managers_own(browser: Client, ada: Person) -> None:
    ada.time_zone = "Asia/Kolkata"
    ada.save()
    page = browser.get("/settings/").content.decode()
    assert "On your clock, Asia/Kolkata." in page
    assert "Monday 23 November at 09:00" in page


def test_a_week_that_is_due_by_a_change_comes_in_a_few_minutes(browser: Client) -> None:
    _status, page = save(browser, day="2", hour="9")
    assert "Saved. Your week comes in a few minutes." in page
    assert "It comes in a few minutes." in browser.get("/week/").content.decode()


def test_a_channel_that_is_not_connected_says_whom_to_ask(browser: Client) -> None:
    page = browser.get("/settings/").content.decode()
    assert "Ask L&amp;D to connect Slack." in page
    assert page.count("disabled") == 1
    status, page = save(browser, channel="slack", day="3")
    assert status == 400
    assert "Slack is not connected: ask L&amp;D to connect it, or choose another." in page
    assert 'aria-describedby="channel-wrong"' in page
    assert '<option value="3" selected>Wednesday</option>' in page
    assert not ChannelPreference.objects.exists()


def test_a_connection_that_was_lost_says_so_and_the_choice_stays(
    browser: Client, ada: Person
) -> None:
    slack = ChannelConnection.objects.create(
        channel="slack", workspace="Acme", token="x", signing_secret="y", connected_at=NOW
    )
    assert save(browser, channel="slack")[0] == 302
    slack.stopped_at = NOW
    slack.save()
    page = browser.get("/settings/").content.decode()
    assert "Slack is not connected any more: ask L&amp;D" in page
    assert save(browser, channel="slack", hour="7")[0] == 302
    assert ChannelPreference.objects.get().channel == "slack"


def test_an_address_is_stored_and_never_shown_again(browser: Client, ada: Person) -> None:
    status, page = save(browser, channel="teams", address_teams=WEBHOOK)
    assert status == 302
    assert ChannelAddress.objects.get(person=ada).address == WEBHOOK
    assert "An address is stored." in page
    assert "s3cret" not in page
    assert save(browser, channel="teams")[0] == 302
    assert ChannelAddress.objects.get(person=ada).address == WEBHOOK


@pytest.mark.parametrize(
    ("typed", "field", "told"),
    [
        ({"channel": "teams"}, "address_teams", "Paste the address"),
        (
            {"channel": "teams", "address_teams": "https://192.168.0.7/hook?sig=1"},
            "address_teams",
            "not on the public internet",
        ),
        ({"paused_until": "2026-11-18"}, "paused_until", "still to come"),
        ({"paused_until": "24.12.2026"}, "paused_until", "Write the date as in 2026-12-24."),
        ({"paused_until": "2028-01-01"}, "paused_until", "within a year"),
        ({"day": "9"}, "day", "Choose one of the list."),
        ({"hour": "24"}, "hour", "Choose one of the list."),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_the_rest_stays_as_typed(
    browser: Client, typed: dict[str, str], field: str, told: str
) -> None:
    status, page = save(browser, **{"hour": "16", **typed})
    assert status == 400
    assert "Not saved yet" in page
    said = page[page.index(f'id="id_{field}_error"') :]
    assert told in said[: said.index("</div>")]
    assert f'id="id_{field}_error' in page[page.index("aria-describedby") :]
    assert 'aria-invalid="true"' in page
    if field != "hour":
        assert '<option value="16" selected>16:00</option>' in page
    if field not in ("day", "hour"):
        assert f'value="{typed.get(field, "")}"' in page
    assert not ChannelPreference.objects.exists()


@pytest.mark.parametrize("channel", ["", "pigeon"])
def test_no_channel_or_an_unknown_one_is_asked_for_again(browser: Client, channel: str) -> None:
    status, page = save(browser, channel=channel)
    assert status == 400
    assert "Choose one of these." in page


def test_an_address_that_stopped_says_what_happened_and_what_to_do(
    browser: Client, ada: Person
) -> None:
    save(browser, channel="teams", address_teams=WEBHOOK)
    ChannelAddress.objects.update(stopped_at=NOW, error="Teams answered 404.")
    page = browser.get("/settings/").content.decode()
    assert "The address we have stopped working on 18 November. Paste a new one" in page
    assert "Teams answered 404." in page


def test_mail_that_came_back_says_so_and_saving_tries_again(browser: Client, ada: Person) -> None:
    ChannelAddress.objects.create(
        person=ada, channel="mail", address=ada.email or "", stopped_at=NOW, error="550 gone"
    )
    page = browser.get("/settings/").content.decode()
    assert "Mail to ada.lindqvist@acme.example came back on 18 November" in page
    _status, page = save(browser, channel="mail")
    assert "came back" not in page
    assert routes([ada], Delivery.Kind.BRIEF)[ada.pk] == "mail"


def test_another_mail_address_is_not_blamed_for_the_old_one(browser: Client, ada: Person) -> None:
    ChannelAddress.objects.create(
        person=ada, channel="mail", address="old@acme.example", stopped_at=NOW, error="550 gone"
    )
    assert "came back" not in browser.get("/settings/").content.decode()


def test_a_pause_is_shown_and_ended(browser: Client, ada: Person) -> None:
    _status, page = save(browser, channel="portal", day="5", paused_until="2026-12-10")
    assert "You paused until Thursday 10 December." in page
    assert 'value="2026-12-10"' in page
    assert "Your next week comes on Friday 11 December at 09:00." in page
    response = browser.post("/settings/resume", follow=True)
    page = response.content.decode()
    assert "Welcome back. Your next week comes on Friday 20 November at 09:00." in page
    assert "You paused" not in page
    kept = ChannelPreference.objects.get(person=ada)
    assert (kept.channel, kept.day, kept.paused_until) == ("portal", 5, None)


def test_a_pause_that_is_over_is_not_in_the_way(browser: Client, ada: Person) -> None:
    ChannelPreference.objects.create(person=ada, paused_until=date(2026, 11, 2))
    page = browser.get("/settings/").content.decode()
    assert "You paused" not in page
    assert "2026-11-02" not in page
    assert save(browser, hour="8")[0] == 302


def test_a_paused_week_says_so_and_leads_to_settings(
    browser: Client, ada: Person, write_brief: WriteBrief
) -> None:
    write_brief(ada, state=Brief.State.SKIPPED, reason=Brief.Reason.PAUSED)
    ChannelPreference.objects.create(person=ada, paused_until=date(2026, 12, 10))
    page = browser.get("/week/").content.decode()
    assert "You paused until Thursday 10 December." in page
    assert '<a href="/settings/">Settings</a>' in page
    assert "Next time: Monday 14 December at 09:00." in page
    browser.post("/settings/resume")
    page = browser.get("/week/").content.decode()
    assert "You paused this week." in page
    assert "Next time: Monday 23 November at 09:00." in page


def test_somebody_who_leads_nobody_has_only_mail_to_switch(
    visit: Visit, acme: Company, lee: Person, clock: Traveller
) -> None:
    client = visit(acme, lee)
    page = client.get("/settings/").content.decode()
    for absent in ("Slack", 'name="day"', 'name="hour"', "calendar", 'name="paused_until"'):
        assert absent not in page
    assert page.index('value="on"') < page.index(" checked") < page.index('value="off"')
    client.post("/settings/", {"mail": "off"})
    assert routes([lee], Delivery.Kind.HEADS_UP)[lee.pk] == "portal"
    page = client.get("/settings/").content.decode()
    assert "Saved." in page
    assert page.index('value="off"') < page.index(" checked")
    client.post("/settings/", {"mail": "on"})
    lee = Person.objects.get(pk=lee.pk)
    assert routes([lee], Delivery.Kind.HEADS_UP)[lee.pk] == "mail"


def test_their_day_and_pause_stay_for_when_they_lead_again(
    visit: Visit, acme: Company, lee: Person, clock: Traveller
) -> None:
    ChannelPreference.objects.create(person=lee, day=4, hour=7, paused_until=date(2026, 12, 1))
    visit(acme, lee).post("/settings/", {"mail": "off", "day": "1", "hour": "1"})
    kept = ChannelPreference.objects.get(person=lee)
    assert (kept.channel, kept.day, kept.hour) == ("portal", 4, 7)
    assert kept.paused_until == date(2026, 12, 1)


@pytest.mark.parametrize("mail", ["", "perhaps"])
def test_neither_on_nor_off_is_asked_for_again(
    visit: Visit, acme: Company, lee: Person, mail: str
) -> None:
    response = visit(acme, lee).post("/settings/", {"mail": mail})
    assert response.status_code == 400
    assert "Choose one of these." in response.content.decode()
    assert not ChannelPreference.objects.exists()


def test_whoever_unsubscribed_sees_it_and_can_come_back(
    visit: Visit, acme: Company, ada: Person, lee: Person, clock: Traveller
) -> None:
    ChannelConnection.objects.create(
        channel="slack", workspace="Acme", token="x", signing_secret="y", connected_at=NOW
    )
    ChannelPreference.objects.create(person=lee, channel="slack")
    stop_mail(person=lee)
    client = visit(acme, lee)
    page = client.get("/settings/").content.decode()
    assert "You unsubscribed on 18 November." in page
    assert page.index('value="off"') < page.index(" checked")
    client.post("/settings/", {"mail": "on"})
    assert "You unsubscribed" not in client.get("/settings/").content.decode()


def test_nobody_signed_out_gets_in(visit: Visit, acme: Company) -> None:
    client = visit(acme)
    for response in (
        client.get("/settings/"),
        client.post("/settings/", FORM),
        client.post("/settings/resume"),
        client.post("/settings/calendar", {"do": "open"}),
    ):
        assert response.status_code == 302
        assert "/accounts/login/" in response["Location"]


def test_a_forged_form_changes_nothing(visit: Visit, acme: Company, ada: Person) -> None:
    client = Client(headers={"host": "acme.localhost"}, enforce_csrf_checks=True)
    client.force_login(ada, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert client.post("/settings/", FORM).status_code == 403
    assert client.get("/settings/resume").status_code == 405
    assert client.get("/settings/calendar").status_code == 405
    assert not ChannelPreference.objects.exists()


def test_equal_keys_in_another_company_are_somebody_else(
    browser: Client,
    visit: Visit,
    globex: Company,
    ada: Person,
    lee: Person,
    person: MakePerson,
) -> None:
    save(browser, channel="teams", day="5", address_teams=WEBHOOK)
    with working_for(globex):
        twin = person("Ada", "Lindqvist", pk=ada.pk)
        person("Lee", "Tanaka", pk=lee.pk, manager=twin)
    page = visit(globex, twin).get("/settings/").content.decode()
    assert "An address is stored." not in page
    assert "As usual here: Monday" in page
    assert page.index('value="mail"') < page.index(" checked") < page.index('value="slack"')


def test_the_page_costs_the_same_however_much_there_is(
    browser: Client, ada: Person, person: MakePerson, write_brief: WriteBrief
) -> None:
    save(browser, channel="teams", address_teams=WEBHOOK)
    browser.get("/settings/")
    costs = []
    for turn in range(2):
        with CaptureQueriesContext(connection) as queries:
            assert browser.get("/settings/").status_code == 200
        costs.append(len(queries))
        for number in range(4):
            person(f"Report{turn}{number}", "Ek", manager=ada)
        write_brief(ada, due_at=NOW - timedelta(days=9 + turn), iso_week=46 - turn)
    assert costs[0] == costs[1] <= 10
