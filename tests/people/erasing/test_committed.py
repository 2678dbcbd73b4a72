"""Erasing somebody where it is really committed: the feed and webhooks tell it."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from pytest_django import DjangoDbBlocker

from api.models import WebhookDelivery, WebhookEndpoint
from api.webhooks.pump import pump
from learning.feed import Cursor, Wanted, read_end, read_page
from tenants.companies.connections import connection
from tenants.companies.models import Company
from tenants.people.actions import erase_person, welcome_owner
from tenants.people.models import Person
from tests.api.commits import insert_records, wait_until_shown
from tests.companies.committing import committing

NOW = datetime(2026, 11, 18, 8, 30, tzinfo=UTC)
NOBODY = {"external_id": None, "employee_number": None, "email": None}


@pytest.fixture
def forgetful(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Company]:
    with committing(django_db_blocker, "Forgetful") as company:
        yield company


def wait() -> None:
    connection.ensure_connection()
    link = connection.connection
    before = link.autocommit
    wait_until_shown(link)
    link.autocommit = before


def test_the_feed_and_webhooks_tell_it_in_their_order(forgetful: Company) -> None:
    owner = welcome_owner(email="olga@forgetful.example", given_name="Olga")
    lee = Person.objects.create(
        given_name="Lee", email="lee@acme.example", employment_status="terminated"
    )
    uid, end = str(lee.uid), read_end()
    WebhookEndpoint.objects.create(
        url="https://hooks.example/",
        secret="whsec_x",
        kinds=["person.erased"],
        feed_epoch=forgetful.feed_epoch,
        feed_transaction=end.transaction,
        feed_row=end.id,
    )
    connection.ensure_connection()
    insert_records(connection.connection, 2, person=uid)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE learning_learningrecord SET person_id = %s", [lee.pk])
    before = read_page(after=Cursor(), limit=10).cursor
    erase_person(person=lee, actor=owner, reason="By letter", now=NOW)
    wait()

    everything = read_page(after=Cursor(), limit=10, wanted=Wanted(person=uid))
    told = [json.loads(text) for text in everything.records]
    assert [each["kind"] for each in told] == ["step.done", "step.done", "person.erased"]
    assert {json.dumps(each["person"], sort_keys=True) for each in told} == {
        json.dumps({"uid": uid, **NOBODY}, sort_keys=True)
    }
    last = read_page(after=before, limit=10)
    assert json.loads(last.records[-1]) == {
        "uid": told[-1]["uid"],
        "kind": "person.erased",
        "occurred_at": "2026-11-18T08:30:00.000000Z",
        "person": {"uid": uid, **NOBODY},
        "path": None,
        "assignment": None,
        "step": None,
    }
    assert pump() == 1
    [delivery] = WebhookDelivery.objects.all()
    assert delivery.kind == "person.erased"
    assert json.loads(delivery.body)["data"]["person"]["uid"] == uid
