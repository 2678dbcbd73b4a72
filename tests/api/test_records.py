import json
from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import connection

from api.models import Scope
from api.schemas import RECORD_EXAMPLE
from learning.actions import assign_path, finish_step
from learning.feed import Cursor
from learning.framing import Framing
from learning.models import LearningRecord, Path
from tenants.companies.context import working_for
from tenants.companies.models import Company
from tenants.people.models import Person
from tests.api.asking import FEED, Visit, ask, issue
from tests.api.commits import Outside, insert_records, wait_until_shown


def test_feed_gives_records_in_the_order_of_the_feed(
    committed_records: list[str], acme: Company, visit: Visit
) -> None:
    answer = ask(visit(acme), FEED, issue([Scope.RECORDS_READ]))

    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/json"
    body = answer.json()
    assert [record["uid"] for record in body["records"]] == committed_records
    assert body["more"] is False
    first = body["records"][0]
    assert first["kind"] == "step.done"
    assert datetime.fromisoformat(first["occurred_at"]) == datetime(2026, 11, 18, 8, 30, tzinfo=UTC)
    assert keys(first) == keys(RECORD_EXAMPLE)


@pytest.mark.parametrize("limit", [1, 7, 24, 25, 26, 1000])
def test_pages_end_without_gaps_or_duplicates(
    committed_records: list[str], acme: Company, visit: Visit, limit: int
) -> None:
    client, token = visit(acme), issue()
    seen: list[str] = []
    after, more = "", True
    while more:
        query = {"limit": limit, **({"after": after} if after else {})}
        page = ask(client, FEED, token, data=query).json()
        assert len(page["records"]) <= limit
        seen += [record["uid"] for record in page["records"]]
        after, more = page["next"], page["more"]

    assert seen == committed_records
    again = ask(client, FEED, token, data={"after": after}).json()
    assert again["records"] == []
    assert again["more"] is False


def test_page_has_100_records_where_nothing_is_said(
    outside: Outside, acme: Company, visit: Visit
) -> None:
    link = outside()
    insert_records(link, 101)
    wait_until_shown(link)

    page = ask(visit(acme), FEED, issue()).json()

    assert len(page["records"]) == 100
    assert page["more"] is True


def test_empty_feed_has_a_cursor_to_come_back_with(acme: Company, visit: Visit) -> None:
    client, token = visit(acme), issue()
    page = ask(client, FEED, token).json()
    assert page["records"] == []
    assert ask(client, FEED, token, data={"after": page["next"]}).status_code == 200


def test_feed_of_another_company_is_its_own(
    committed_records: list[str], globex: Company, visit: Visit
) -> None:
    with working_for(globex):
        token = issue()
    assert ask(visit(globex), FEED, token).json()["records"] == []


def test_page_costs_the_same_however_long(
    committed_records: list[str], acme: Company, visit: Visit, django_assert_max_num_queries: Any
) -> None:
    client, token = visit(acme), issue()
    ask(client, FEED, token)  # its use is noted now, not again
    for limit in (1, 25):
        with django_assert_max_num_queries(5):  # host, token, page, and two SET search_path
            ask(client, FEED, token, data={"limit": limit})


@pytest.mark.parametrize(
    ("query", "pointer", "said"),
    [
        ({"limit": "0"}, "?limit", "greater than or equal to 1"),
        ({"limit": "1001"}, "?limit", "less than or equal to 1000"),
        ({"limit": "many"}, "?limit", "integer"),
        ({"after": "WzEsMiwzXQ"}, "?after", "not a cursor"),
        ({"after": ""}, "?after", "blank"),
        ({"afer": "x"}, "?afer", "Did you mean after?"),
        ({"zzz": "x"}, "?zzz", "after or limit"),
    ],
)
def test_bad_parameter_is_named(
    acme: Company, visit: Visit, query: dict[str, str], pointer: str, said: str
) -> None:
    answer = ask(visit(acme), FEED, issue(), data=query)

    assert answer.status_code == 400
    assert answer["Content-Type"] == "application/problem+json"
    (error,) = answer.json()["errors"]
    assert error["pointer"] == pointer
    assert said in error["detail"]


def test_cursor_of_another_company_is_no_cursor(
    acme: Company, globex: Company, visit: Visit
) -> None:
    with working_for(globex):
        foreign = str(Cursor())
    answer = ask(visit(acme), FEED, issue(), data={"after": foreign})
    assert answer.status_code == 400


def test_cursor_of_before_a_restore_says_to_start_over(acme: Company, visit: Visit) -> None:
    before = str(Cursor())
    acme.feed_epoch += 1
    with connection.cursor() as cursor:
        cursor.execute("UPDATE public.companies_company SET feed_epoch = 2 WHERE slug = 'acme'")

    answer = ask(visit(acme), FEED, issue(), data={"after": before})

    assert answer.status_code == 410
    assert answer.json()["type"] == "urn:throughline:problem:cursor-expired"
    assert "without `after`" in answer.json()["detail"]


def test_record_is_what_the_reference_says_and_no_measure_of_people(
    acme: Company, sales_path: Path, lee: Person, framing: Framing
) -> None:
    outcome = sales_path.role.outcomes.all()[0]
    assigned = assign_path(
        path=sales_path, people=[lee], outcome=outcome, framing=framing, actor=None
    )
    finish_step(plan_step=assigned.assignments[0].plan_steps.all()[0])

    payloads = LearningRecord.objects.values_list("payload", flat=True)

    assert {len(payload) for payload in payloads} == {4}
    done = next(payload for payload in payloads if payload["step"])
    assert keys(done) == keys(RECORD_EXAMPLE) - {"uid", "kind", "occurred_at"} | {"uid"}
    for word in ("hour", "score", "level", "rating", "minutes", "seat"):
        assert word not in json.dumps(sorted(keys(done)))


def keys(thing: Any) -> set[str]:
    """Every key at any depth."""
    if not isinstance(thing, dict):
        return set()
    return set(thing).union(*(keys(inner) for inner in thing.values()))
