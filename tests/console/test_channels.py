"""L&D connects the company's Slack, sees how it stands, and takes it away again."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
import yaml
from django.contrib.auth.models import Permission
from django.contrib.sessions.models import Session
from django.db import connection as database
from django.test.utils import CaptureQueriesContext
from pytest_django.fixtures import Settings
from time_machine import Traveller

from reinforcement.actions import connect
from reinforcement.channels.slack.scopes import SCOPES
from reinforcement.models import ChannelConnection, ChannelPreference
from tenants.companies.context import working_for
from tenants.companies.models import Company
from tenants.people.models import Person
from tests.conftest import NOW
from tests.console.cast import MakePerson, Visit
from tests.reinforcement.slack.slack_server import SECRET, TOKEN, Slack, serve

PAGE = "/admin/reinforcement/channelconnection/"
CONNECT, DISCONNECT = f"{PAGE}slack/connect/", f"{PAGE}slack/disconnect/"
KEYS = {"token": TOKEN, "signing_secret": SECRET}


@pytest.fixture
def slack(settings: Settings) -> Iterator[Slack]:
    with serve() as slack:
        settings.SLACK_API_URL = slack.url
        yield slack


@pytest.fixture
def connected(slack: Slack, olive: Person, clock: Traveller) -> ChannelConnection:
    return connect(channel="slack", token=TOKEN, signing_secret=SECRET, actor=olive)


def test_olive_connects_it(
    acme: Company, olive: Person, slack: Slack, visit: Visit, clock: Traveller
) -> None:
    client = visit(acme, olive)
    assert "not connected" in client.get(PAGE).text
    answer = client.post(CONNECT, KEYS, follow=True)
    assert "Slack is connected: Acme (acme.slack.com)." in answer.text
    assert "18 November 2026" in answer.text
    assert "by Olive Okafor" in answer.text
    stored = ChannelConnection.objects.get()
    assert (stored.token, stored.signing_secret) == (TOKEN, SECRET)
    assert (stored.connected_by, stored.connected_at) == (olive, NOW)


def test_the_keys_are_never_shown_again(
    acme: Company, olive: Person, slack: Slack, visit: Visit
) -> None:
    client = visit(acme, olive)
    pages = [client.post(CONNECT, KEYS, follow=True), client.get(PAGE), client.get("/admin/")]
    slack.tokens.clear()
    pages.append(client.post(CONNECT, KEYS))
    for page in pages:
        assert TOKEN not in page.text
        assert SECRET not in page.text
    assert pages[-1].status_code == 400
    assert all(TOKEN not in str(session.get_decoded()) for session in Session.objects.all())


def test_what_slack_refuses_is_told_at_its_field_and_nothing_is_stored(
    acme: Company, olive: Person, slack: Slack, visit: Visit
) -> None:
    page = visit(acme, olive).post(CONNECT, {**KEYS, "token": "xoxb-another"})
    assert page.status_code == 400
    assert "Slack does not know this token: copy the bot token again." in page.text
    assert 'aria-describedby="slack_token_error"' in page.text
    empty = visit(acme, olive).post(CONNECT, {"token": TOKEN, "signing_secret": ""})
    assert empty.text.count('role="alert"') == 1
    assert "Paste it here" in empty.text
    assert (
        "Ensure this value has at most"
        in visit(acme, olive).post(CONNECT, {**KEYS, "token": "x" * 501}).text
    )
    assert not ChannelConnection.objects.exists()


def test_the_page_has_the_manifest_of_an_app_that_works(
    acme: Company, olive: Person, slack: Slack, visit: Visit
) -> None:
    page = visit(acme, olive).get(PAGE).text
    text = page.partition('id="slack-manifest">')[2].partition("</pre>")[0]
    manifest = yaml.safe_load(text)
    assert set(manifest["oauth_config"]["scopes"]["bot"]) == SCOPES
    interactivity = manifest["settings"]["interactivity"]
    assert interactivity["request_url"] == "http://acme.localhost:8000/slack/actions"
    assert visit(acme).post("/slack/actions").status_code == 401
    assert len(manifest["display_information"]["description"]) <= 140


def test_a_connection_that_stopped_is_told_on_the_page_and_at_home(
    acme: Company, olive: Person, connected: ChannelConnection, visit: Visit
) -> None:
    client = visit(acme, olive)
    assert "Nothing is sent to Slack" not in client.get("/admin/").text
    ChannelConnection.objects.update(stopped_at=NOW, error="Somebody revoked the token.")
    page = client.get(PAGE).text
    assert "Nothing is sent to Slack since 18 November 2026, 09:30" in page
    assert "Somebody revoked the token." in page
    home = client.get("/admin/").text
    assert "Nothing is sent to Slack since 18 November" in home
    assert f'href="{PAGE}"' in home
    client.post(CONNECT, KEYS)
    assert "Nothing is sent to Slack" not in client.get(PAGE).text


def test_while_slack_asked_us_to_wait_the_page_says_so(
    acme: Company, olive: Person, connected: ChannelConnection, visit: Visit, clock: Traveller
) -> None:
    ChannelConnection.objects.update(not_before=NOW + timedelta(minutes=5))
    assert "asked us to wait until 18 November 2026, 09:35" in visit(acme, olive).get(PAGE).text
    clock.shift(timedelta(minutes=5))
    assert "asked us to wait" not in visit(acme, olive).get(PAGE).text


def test_disconnecting_asks_first_and_says_whom_it_concerns(
    acme: Company, olive: Person, ada: Person, connected: ChannelConnection, visit: Visit
) -> None:
    ChannelPreference.objects.create(person=ada, channel="slack")
    client = visit(acme, olive)
    page = client.get(DISCONNECT)
    assert "1 person chose Slack and gets mail instead." in page.text
    assert ChannelConnection.objects.exists()
    answer = client.post(DISCONNECT, follow=True)
    assert "Slack is disconnected." in answer.text
    assert "not connected" in answer.text
    assert not ChannelConnection.objects.exists()
    assert client.post(DISCONNECT).status_code == 302


@pytest.mark.parametrize("name", ["mail", "portal", "teams", "carrier-pigeon"])
def test_only_what_can_be_connected_has_an_address(
    acme: Company, olive: Person, slack: Slack, visit: Visit, name: str
) -> None:
    for what in ("connect", "disconnect"):
        assert visit(acme, olive).post(f"{PAGE}{name}/{what}/", KEYS).status_code == 404


def test_each_permission_opens_what_it_is_for(
    acme: Company, connected: ChannelConnection, person: MakePerson, lee: Person, visit: Visit
) -> None:
    helper = person("Hal", "Berg", is_staff=True)

    def statuses() -> list[int]:
        client = visit(acme, Person.objects.get(pk=helper.pk))
        return [
            client.get(PAGE).status_code,
            client.post(CONNECT, {}).status_code,
            client.get(DISCONNECT).status_code,
        ]

    assert statuses() == [403, 403, 403]
    assert PAGE not in visit(acme, helper).get("/admin/").text
    allow(helper, "view")
    assert statuses() == [200, 403, 403]
    page = visit(acme, Person.objects.get(pk=helper.pk)).get(PAGE).text
    assert "<form" not in page.partition('class="flow')[2].partition("</section>")[0]
    allow(helper, "change")
    assert statuses() == [200, 400, 403]
    allow(helper, "delete")
    assert statuses() == [200, 400, 200]
    assert visit(acme, lee).get(PAGE).status_code == 302
    assert visit(acme).post(DISCONNECT).status_code == 302
    assert ChannelConnection.objects.exists()


def allow(person: Person, what: str) -> None:
    person.user_permissions.add(Permission.objects.get(codename=f"{what}_channelconnection"))


def test_no_page_shows_a_row_with_its_keys(
    acme: Company, olive: Person, connected: ChannelConnection, visit: Visit
) -> None:
    for way in ("change", "history", "delete"):
        assert visit(acme, olive).get(f"{PAGE}{connected.pk}/{way}/").status_code == 404
    assert visit(acme, olive).get(f"{PAGE}add/").status_code == 404


def test_a_key_that_is_gone_leaves_the_page_open(
    acme: Company, olive: Person, connected: ChannelConnection, visit: Visit, settings: Settings
) -> None:
    settings.ENCRYPTION_KEYS = ["another key of thirty-two characters"]
    assert visit(acme, olive).get(PAGE).status_code == 200
    assert visit(acme, olive).post(CONNECT, KEYS).status_code == 302
    assert ChannelConnection.objects.get().token == TOKEN


def test_globex_has_its_own(
    acme: Company,
    globex: Company,
    olive: Person,
    gus: Person,
    connected: ChannelConnection,
    visit: Visit,
) -> None:
    theirs = visit(globex, gus)
    assert "acme.slack.com" not in theirs.get(PAGE).text
    assert theirs.post(DISCONNECT).status_code == 302
    with working_for(acme):
        assert ChannelConnection.objects.exists()
    at_acme = visit(acme)
    at_acme.cookies = theirs.cookies
    assert at_acme.post(DISCONNECT).status_code == 302
    with working_for(acme):
        assert ChannelConnection.objects.exists()


def test_the_page_costs_the_same_for_however_many_who_chose_it(
    acme: Company, olive: Person, connected: ChannelConnection, person: MakePerson, visit: Visit
) -> None:
    client, counts = visit(acme, olive), []
    client.get(PAGE)
    for number in range(2):
        chooser = person(f"Bo{number}", "Ek")
        ChannelPreference.objects.create(person=chooser, channel="slack")
        with CaptureQueriesContext(database) as queries:
            client.get(PAGE)
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 10
