"""From the feed into the outbox: each record once, none left out, whatever happens meanwhile."""

import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import psycopg
import pytest
from django.db import connections, transaction
from django.test.utils import CaptureQueriesContext

from api import tasks
from api.models import WebhookDelivery, WebhookEndpoint
from api.webhooks import pump as pumping
from api.webhooks.pump import pump
from learning.models import Assignment
from learning.signals import Announcement, announce_records
from tenants.companies.connections import connection
from tenants.companies.context import working_for
from tenants.companies.models import Company
from tenants.people.models import Person
from tests.api.commits import wait_until_shown
from tests.api.webhooks.cast import INSERT, hook, write
from tests.companies.webserver import WebServer

Written = Callable[..., list[str]]


def records(endpoint: WebhookEndpoint | None = None) -> list[str]:
    found = WebhookDelivery.objects.order_by("pk")
    if endpoint:
        found = found.filter(endpoint=endpoint)
    return [str(uid) for uid in found.values_list("record", flat=True)]


def test_each_record_from_then_on_is_put_in_once(written: Written, server: WebServer) -> None:
    written(3)
    endpoint, _ = hook(server)
    uids = written(2)
    assert pump() == 2
    assert pump() == 0
    uids += written(1, "first_win")
    assert pump() == 1
    assert records(endpoint) == uids


def test_body_is_the_record_as_the_feed_gives_it(written: Written, server: WebServer) -> None:
    hook(server)
    [uid] = written(1)
    pump()
    body = json.loads(WebhookDelivery.objects.get().body)
    assert body == {
        "type": "step.done",
        "timestamp": "2026-11-18T08:30:00.000000Z",
        "data": {
            "uid": uid,
            "kind": "step.done",
            "occurred_at": "2026-11-18T08:30:00.000000Z",
            "step": 1,
        },
    }


def test_only_the_chosen_kinds_are_put_in(written: Written, server: WebServer) -> None:
    some, _ = hook(server, kinds=["first_win", "assignment.completed"])
    everything, _ = hook(server)
    done, won = written(1), written(1, "first_win")
    assert pump() == 3
    assert records(some) == won
    assert records(everything) == done + won


def test_record_that_commits_late_is_not_skipped(
    written: Written, server: WebServer, hooks: Company
) -> None:
    hook(server)
    written(1)
    pump()
    parameters = {**connection.get_connection_params(), "cursor_factory": psycopg.Cursor}
    with psycopg.connect(**parameters) as slow:
        slow.execute(f"SET search_path = {hooks.schema_name}")
        slow.commit()
        [late] = [uid for (uid,) in slow.execute(INSERT, ["first_win", 1]).fetchall()]
        early = write(1)
        assert pump() == 0
        slow.commit()
        wait_until_shown(slow)
    assert pump() == 2
    assert records()[1:] == [late, *early]


def test_many_pages_are_read_to_the_end(
    written: Written, server: WebServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    hook(server)
    monkeypatch.setattr(pumping, "PAGE", 4)
    uids = written(10)
    assert pump() == 10
    assert records() == uids


def test_two_at_once_make_no_doubles(
    written: Written, server: WebServer, hooks: Company, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, _ = hook(server)
    second, _ = hook(server)
    monkeypatch.setattr(pumping, "PAGE", 7)
    uids = written(60)

    def work(_: int) -> int:
        try:
            with working_for(hooks):
                return pump()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(work, range(4))) == 120
    assert records(first) == uids
    assert records(second) == uids


def test_killed_before_the_commit_nothing_is_lost_and_nothing_doubled(
    written: Written, server: WebServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    hook(server)
    uids = written(3)
    real = WebhookEndpoint.objects.filter

    def die(**given: Any) -> Any:
        if WebhookDelivery.objects.exists():
            raise KeyboardInterrupt  # between the deliveries and the place
        return real(**given)

    with monkeypatch.context() as patch:
        patch.setattr(WebhookEndpoint.objects, "filter", die)
        with pytest.raises(KeyboardInterrupt):
            pumping._take_page(WebhookEndpoint.objects.get().pk)
    assert records() == []
    pump()
    assert records() == uids


def test_a_page_costs_the_same_for_few_records_and_for_many(
    written: Written, server: WebServer
) -> None:
    hook(server)
    costs = []
    for count in (1, 50):
        written(count)
        with CaptureQueriesContext(connection) as queries:
            pump()
        costs.append(len(queries))
    assert costs[0] == costs[1] <= 8


def test_after_a_restore_it_goes_on_from_now_and_says_so(
    written: Written, server: WebServer, hooks: Company
) -> None:
    endpoint, _ = hook(server)
    written(2)
    hooks.feed_epoch += 1
    assert pump() == 0
    endpoint.refresh_from_db()
    assert endpoint.restarted_at is not None
    uids = written(1)
    pump()
    assert records() == uids


def test_what_learning_writes_wakes_the_pump_once_per_transaction(
    hooks: Company, server: WebServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    woken: list[str] = []
    monkeypatch.setattr(
        tasks.pump_webhooks,
        "delay",
        lambda: woken.append(connection.schema_name),
    )
    with transaction.atomic():
        announce_records()
    assert woken == []  # there is no webhook
    hook(server)
    with transaction.atomic():
        announce_records()
        with transaction.atomic():
            announce_records()
        assert woken == []
    assert woken == ["c_hooks"]
    with transaction.atomic():
        announce_records()
        transaction.set_rollback(True)
    assert woken == ["c_hooks"]
    WebhookEndpoint.objects.update(state="paused")
    with transaction.atomic():
        announce_records()
    assert woken == ["c_hooks"]


def test_giving_a_path_announces_its_records_once(
    acme: Company, lee: Person, assign: Callable[[Person], Assignment],
    django_capture_on_commit_callbacks: Any,
) -> None:  # fmt: skip
    with django_capture_on_commit_callbacks() as callbacks:
        assign(lee)
    assert [each for each in callbacks if isinstance(each, Announcement)] == [Announcement(acme)]


def test_the_tick_pumps_where_there_are_webhooks(
    written: Written, server: WebServer, hooks: Company, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent: list[tuple[str, str]] = []
    for name in ("pump_webhooks", "keep_webhooks"):
        monkeypatch.setattr(
            getattr(tasks, name), "delay",
            lambda name=name: sent.append((connection.schema_name, name)),
        )  # fmt: skip
    hook(server)
    connection.set_schema_to_public()
    tasks.tick()
    assert sent == [("c_hooks", "pump_webhooks"), ("c_hooks", "keep_webhooks")]
