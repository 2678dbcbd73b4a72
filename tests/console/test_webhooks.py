"""Webhooks in the admin site: added, tested, rotated, paused, and what was sent, again."""

from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.timezone import localtime

from api.models import WebhookDelivery, WebhookEndpoint
from api.webhooks.endpoints import MOST
from tenants.companies.models import Company
from tenants.people.access import Access
from tenants.people.actions import give_access
from tenants.people.auditing.models import AuditEntry
from tenants.people.models import Person
from tests.api.webhooks.cast import delete_while_it_is_sent, hook, send, state_of, verified, waiting
from tests.api.webhooks.conftest import server as server
from tests.companies.webserver import Reply, WebServer
from tests.console.cast import MakePerson, Visit

LIST = "/admin/api/webhookendpoint/"
LOG = "/admin/api/webhookdelivery/"
State, Standing = WebhookDelivery.State, WebhookEndpoint.State


@pytest.fixture
def client(acme: Company, olive: Person, visit: Visit) -> Client:
    return visit(acme, olive)


def form(server: WebServer, **changes: Any) -> dict[str, Any]:
    return {"url": server.url("/hook"), "description": "HRIS", "kinds": ["first_win"]} | changes


def page_of(row: WebhookEndpoint | WebhookDelivery, name: str = "change") -> str:
    start = LIST if isinstance(row, WebhookEndpoint) else LOG
    return f"{start}{row.pk}/{name}/"


def test_it_is_added_and_its_secret_shown_once(
    client: Client, olive: Person, server: WebServer
) -> None:
    page = client.post(f"{LIST}add/", form(server))
    secret = page.context["secret"]
    assert secret in page.text
    assert "no-store" in page.headers["Cache-Control"]
    endpoint = WebhookEndpoint.objects.get()
    assert (endpoint.created_by, endpoint.kinds, endpoint.secret) == (olive, ["first_win"], secret)
    assert all(secret not in str(each.get_decoded()) for each in Session.objects.all())
    assert secret not in str(list(AuditEntry.objects.values()))
    waiting(endpoint)
    send(endpoint)
    verified(server.requests[0], secret)
    for path in (LIST, page_of(endpoint), f"{LIST}export/csv/"):
        later = client.get(path)
        assert later.status_code == 200
        assert secret not in later.content.decode()


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"url": "https://10.0.0.1/"}, "not on the public internet"),
        ({"url": "http://8.8.8.8/"}, "https://"),
        ({"url": "whatever"}, "https://"),
        ({"url": ""}, "required"),
        ({"kinds": ["everything"]}, "valid choice"),
    ],
)
def test_what_cannot_be_is_told_at_its_field(
    client: Client, server: WebServer, changes: dict[str, Any], said: str
) -> None:
    page = client.post(f"{LIST}add/", form(server, **changes))
    assert page.status_code == 200
    [field] = changes
    assert said in str(page.context["adminform"].form.errors[field])
    assert not WebhookEndpoint.objects.exists()


def test_the_limit_is_told(client: Client, server: WebServer) -> None:
    for _ in range(MOST):
        hook(server)
    page = client.post(f"{LIST}add/", form(server))
    assert f"There are {MOST} webhooks" in page.text


def test_it_is_changed_and_what_is_left_out_is_all(client: Client, server: WebServer) -> None:
    endpoint, secret = hook(server, kinds=["first_win"])
    sent = form(server, url=server.url("/new"), kinds=[], description="BI")
    assert client.post(page_of(endpoint), sent).status_code == 302
    endpoint.refresh_from_db()
    assert (endpoint.url, endpoint.kinds, endpoint.description, endpoint.secret) == (
        server.url("/new"), [], "BI", secret,
    )  # fmt: skip
    assert ">all<" in client.get(LIST).text
    entry = AuditEntry.objects.order_by("pk").last()
    assert entry is not None
    assert "/new" in str(entry.changes)


def test_a_test_shows_what_was_answered(client: Client, server: WebServer) -> None:
    endpoint, secret = hook(server)
    assert client.get(page_of(endpoint, "test")).status_code == 200
    assert server.requests == []
    server.replies = [Reply(200), Reply(500, body=b"<script>alert(1)</script>")]
    page = client.post(page_of(endpoint, "test"), follow=True)
    assert "The test arrived" in page.text
    assert verified(server.requests[0], secret)["type"] == "webhook.test"
    page = client.post(page_of(endpoint, "test"), follow=True)
    assert "It answered 500 Internal Server Error" in page.text
    assert "&lt;script&gt;alert(1)" in page.text
    assert "<script>alert(1)" not in page.text


def test_a_test_whose_webhook_is_deleted_meanwhile_says_so(
    client: Client, server: WebServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    endpoint, _ = hook(server)
    delete_while_it_is_sent(monkeypatch)
    page = client.post(page_of(endpoint, "test"), follow=True)
    assert page.request["PATH_INFO"] == LIST
    assert "It was deleted while the test was sent." in page.text


def test_a_new_secret_is_shown_once_and_the_old_one_kept_where_that_is_chosen(
    client: Client, server: WebServer
) -> None:
    endpoint, old = hook(server)
    assert "goes on for 24 hours" in client.get(page_of(endpoint, "secret")).text
    page = client.post(page_of(endpoint, "secret"), {"old": "keep"})
    new = page.context["secret"]
    assert new in page.text
    endpoint.refresh_from_db()
    assert endpoint.secrets() == [new, old]
    assert "The old secret signs until" in client.get(page_of(endpoint)).text
    last = client.post(page_of(endpoint, "secret"), {"old": "end"}).context["secret"]
    endpoint.refresh_from_db()
    assert endpoint.secrets() == [last]
    told = str(list(AuditEntry.objects.values()))
    assert "New secret for" in told
    assert not any(secret in told for secret in (old, new, last))


def test_it_is_paused_and_resumed_with_or_without_what_was_missed(
    client: Client, server: WebServer
) -> None:
    endpoint, _ = hook(server)
    assert client.get(page_of(endpoint, "pause")).status_code == 200
    assert state_of(endpoint) == Standing.ON
    client.post(page_of(endpoint, "pause"))
    assert state_of(endpoint) == Standing.PAUSED
    [first] = waiting(endpoint)
    page = client.get(page_of(endpoint, "resume"))
    assert "1 message waits. Send it?" in page.text
    client.post(page_of(endpoint, "resume"), {"missed": "send"})
    assert (state_of(endpoint), state_of(first)) == (Standing.ON, State.WAITING)
    client.post(page_of(endpoint, "pause"))
    client.post(page_of(endpoint, "resume"), {"missed": "leave_out"})
    assert (state_of(endpoint), state_of(first)) == (Standing.ON, State.SKIPPED)
    assert client.get(page_of(endpoint, "resume")).status_code == 302


def test_one_that_paused_itself_says_why(client: Client, server: WebServer) -> None:
    endpoint, _ = hook(server)
    waiting(endpoint)
    server.replies = [Reply(410)]
    send(endpoint)
    page = client.get(page_of(endpoint))
    assert "410 Gone" in page.text
    assert page_of(endpoint, "resume") in page.text
    listed = client.get(LIST).text
    assert "paused by itself" in listed


def test_a_delivery_shows_its_attempts_and_its_body(client: Client, server: WebServer) -> None:
    endpoint, _ = hook(server)
    [delivery] = waiting(endpoint)
    server.replies = [Reply(503, body=b"come back")]
    send(endpoint)
    page = client.get(page_of(delivery))
    for told in ("&quot;type&quot;: &quot;step.done&quot;", "Zoë 0", "come back", "503"):
        assert told in page.text
    assert client.post(page_of(delivery), {"state": "delivered"}).status_code == 403


def test_one_is_sent_again_after_being_asked(client: Client, server: WebServer) -> None:
    endpoint, _ = hook(server)
    [delivery] = waiting(endpoint)
    assert "cannot be sent again" in client.get(page_of(delivery, "replay")).text
    send(endpoint)
    assert "again?" in client.get(page_of(delivery, "replay")).text
    assert state_of(delivery) == State.DELIVERED
    client.post(page_of(delivery, "replay"))
    assert state_of(delivery) == State.WAITING
    send(endpoint)
    assert len(server.requests) == 2


def test_chosen_rows_are_sent_again_after_their_number_is_told(
    client: Client, server: WebServer
) -> None:
    endpoint, _ = hook(server)
    failed = waiting(endpoint, 3, state=State.FAILED, finished_at=timezone.now())
    [waits] = waiting(endpoint)
    chosen = {"action": "send_again", "_selected_action": [each.pk for each in (*failed, waits)]}
    page = client.post(LOG, chosen)
    assert "Send 3 deliveries again?" in page.text
    assert "1 is left as it is" in page.text
    assert state_of(failed[0]) == State.FAILED
    client.post(LOG, {**chosen, "count": "3"})
    assert {state_of(each) for each in failed} == {State.WAITING}


def test_a_range_is_counted_before_it_is_sent_again(
    client: Client, server: WebServer, acme: Company
) -> None:
    endpoint, _ = hook(server)
    waiting(endpoint, 2, state=State.FAILED, finished_at=timezone.now())
    done = waiting(endpoint, 3, state=State.DELIVERED, finished_at=timezone.now())
    now = localtime(timezone.now())
    chosen = {
        "since": f"{now:%Y-%m-%d}T00:00",
        "until": f"{now.replace(year=now.year + 1):%Y-%m-%d}T00:00",
        "which": "all",
    }
    where = page_of(endpoint, "replay")
    assert client.get(where).status_code == 200
    assert "Send 5 deliveries again?" in client.get(where, chosen).text
    assert state_of(done[0]) == State.DELIVERED
    other = client.post(where, {**chosen, "count": "4"})
    assert "another number by now" in other.text
    client.post(where, {**chosen, "which": "failed", "count": "2"})
    assert state_of(done[0]) == State.DELIVERED
    assert WebhookDelivery.objects.filter(state=State.WAITING).count() == 2
    backwards = client.get(where, {**chosen, "until": chosen["since"]})
    assert "after the beginning" in backwards.text


def test_deleting_tells_how_much_of_the_log_goes(client: Client, server: WebServer) -> None:
    endpoint, _ = hook(server)
    waiting(endpoint, 12, state=State.FAILED, finished_at=timezone.now())
    page = client.get(page_of(endpoint, "delete"))
    assert "The log of 12 deliveries goes with it." in page.text
    waiting(endpoint)
    page = client.get(page_of(endpoint, "delete"))
    assert "The log of 13 deliveries goes with it, and 1 that still waits" in page.text
    assert client.post(page_of(endpoint, "delete"), {"post": "yes"}).status_code == 302
    assert not WebhookDelivery.objects.exists()
    entry = AuditEntry.objects.order_by("pk").last()
    assert entry is not None
    assert "secret" not in str(entry.changes)


def test_failures_of_a_day_are_counted(client: Client, server: WebServer) -> None:
    endpoint, _ = hook(server)
    waiting(endpoint, 7, state=State.FAILED, finished_at=timezone.now())
    cell = '<td class="field-failed_lately'
    assert ">7<" in client.get(LIST).text.split(cell)[1].split("</td>")[0] + "<"


def test_hris_administrators_set_it_up_and_learning_does_not_see_it(
    acme: Company, olive: Person, person: MakePerson, visit: Visit, server: WebServer
) -> None:
    hris, lead = person("Ida", "Hris"), person("Lin", "Lead")
    give_access(person=hris, access=Access.HRIS, actor=olive)
    give_access(person=lead, access=Access.LEARNING, actor=olive)
    theirs = visit(acme, hris)
    assert "secret" in theirs.post(f"{LIST}add/", form(server)).context
    endpoint = WebhookEndpoint.objects.get()
    assert theirs.get(page_of(endpoint)).status_code == 200
    assert f'href="{LIST}"' in theirs.get("/admin/").text
    other = visit(acme, lead)
    assert other.get(LIST).status_code == 403
    assert f'href="{LIST}"' not in other.get("/admin/").text
    for name in ("test", "secret", "pause", "resume", "replay"):
        assert other.post(page_of(endpoint, name)).status_code == 403


def test_an_hris_administrator_reads_that_it_was_sent_and_not_who_learns_what(
    acme: Company, olive: Person, person: MakePerson, visit: Visit, server: WebServer
) -> None:
    hris = person("Ida", "Hris")
    give_access(person=hris, access=Access.HRIS, actor=olive)
    endpoint, _ = hook(server)
    [delivery] = waiting(endpoint, 1)
    page = f"{LOG}{delivery.pk}/change/"
    assert visit(acme, olive).get(page).context["body"].count("uid")
    told = visit(acme, hris).get(page).context["body"]
    assert "Who learned what" in told
    assert "uid" not in told


def test_a_page_of_a_delivery_costs_the_same_however_large_the_log(
    client: Client, server: WebServer
) -> None:
    endpoint, _ = hook(server)
    costs = []
    for count in (1, 20):
        waiting(endpoint, count)
        for where in (LOG, LIST, page_of(endpoint)):
            client.get(where)
            with CaptureQueriesContext(connection) as queries:
                assert client.get(where).status_code == 200
            costs.append(len(queries))
    assert costs[:3] == costs[3:]
    assert max(costs) <= 20
