"""What can be chosen of the feed, and that waiting for something rare costs nothing."""

import json
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from learning.feed import Wanted
from learning.models import LearningRecord
from tenants.companies.models import Company
from tenants.people.models import Person
from tests.api.asking import FEED, Visit, ask, issue
from tests.api.commits import Outside, insert_records, wait_until_shown
from tests.api.test_reference import operations

PERSON = "0199a1b2-0000-7000-8000-000000000001"
PATH = "0199a1b2-0000-7000-8000-000000000002"


@pytest.fixture
def mixed(outside: Outside) -> dict[str, list[str]]:
    """Uids by what is special about them; one transaction each, in this order."""
    link, told = outside(), {}
    for name, of in (
        ("plain", {}),
        ("won", {"kind": "first_win"}),
        ("hers", {"person": PERSON}),
        ("of the path", {"path": PATH}),
        ("later", {"occurred_at": "2026-11-20T00:00:00Z"}),
        ("hers, won", {"person": PERSON, "kind": "first_win"}),
        ("plain again", {}),
    ):
        told[name] = insert_records(link, 2, **of)
        link.commit()
    wait_until_shown(link)
    return told


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"kind": "first_win"}, ["won", "hers, won"]),
        ({"kind": "first_win,person.erased"}, ["won", "hers, won"]),
        ({"kind": "person.erased"}, []),
        ({"person": PERSON}, ["hers", "hers, won"]),
        ({"person": PERSON.upper()}, ["hers", "hers, won"]),
        ({"person": PERSON, "kind": "first_win"}, ["hers, won"]),
        ({"path": PATH}, ["of the path"]),
        ({"since": "2026-11-20T00:00:00Z"}, ["later"]),
        ({"since": "2026-11-20T02:00:00.5+02:00"}, []),
        ({"since": "0273-12-30T09:30:08+17:09", "kind": "first_win"}, ["won", "hers, won"]),
        ({"since": "0001-01-01T00:00:00+14:00", "kind": "first_win"}, ["won", "hers, won"]),
    ],
)
@pytest.mark.parametrize("limit", [None, 1])
def test_filters_narrow_together(
    mixed: dict[str, list[str]],
    acme: Company,
    visit: Visit,
    query: dict[str, str],
    found: list[str],
    limit: int | None,
) -> None:
    client, token = visit(acme), issue()
    asked: dict[str, Any] = {**query, **({"limit": limit} if limit else {})}
    seen, more = [], True
    while more:
        page = ask(client, FEED, token, data=asked).json()
        seen += [record["uid"] for record in page["records"]]
        asked["after"], more = page["next"], page["more"]
    assert seen == [uid for name in found for uid in mixed[name]]


def test_person_is_found_by_the_key_of_the_hris(
    mixed: dict[str, list[str]], acme: Company, visit: Visit, lee: Person
) -> None:
    lee.uid, lee.external_id = UUID(PERSON), "HR/2041: ä"
    lee.save()

    answer = ask(visit(acme), FEED, issue(), data={"person": "external:HR/2041: ä"})

    told = [record["uid"] for record in answer.json()["records"]]
    assert told == mixed["hers"] + mixed["hers, won"]


def test_whoever_waits_for_something_rare_goes_on_from_the_end_of_the_feed(
    mixed: dict[str, list[str]],
    outside: Outside,
    acme: Company,
    visit: Visit,
    committed_token: str,
) -> None:
    client, token = visit(acme), committed_token
    last = ask(client, FEED, token).json()["next"]
    for query in ({"kind": "person.erased"}, {"person": PERSON}, {"path": PATH}):
        assert ask(client, FEED, token, data=query).json()["next"] == last

    link = outside()
    erased = insert_records(link, 1, kind="person.erased")
    link.commit()
    wait_until_shown(link)
    page = ask(client, FEED, token, data={"kind": "person.erased", "after": last}).json()
    assert [record["uid"] for record in page["records"]] == erased


def test_cursor_is_good_with_other_filters(
    mixed: dict[str, list[str]], acme: Company, visit: Visit
) -> None:
    client, token = visit(acme), issue()
    page = ask(client, FEED, token, data={"kind": "first_win", "limit": 1}).json()
    rest = ask(client, FEED, token, data={"person": PERSON, "after": page["next"]}).json()
    assert [record["uid"] for record in rest["records"]] == mixed["hers"] + mixed["hers, won"]


@pytest.mark.parametrize(
    ("query", "pointer", "said"),
    [
        ({"kind": "step.don"}, "?kind", "Did you mean step.done?"),
        ({"kind": "first_win,zzz"}, "?kind", "There is no kind “zzz”. Did you mean assignment."),
        ({"kind": "first_win,"}, "?kind", "There is no kind “”"),
        ({"kind": ""}, "?kind", "blank"),
        ({"person": "HR-2041"}, "?person", "external:HR-2041"),
        ({"person": "external:"}, "?person", "Nobody here"),
        ({"person": "external:nobody"}, "?person", "Nobody here has this external id"),
        ({"person": "external:\0"}, "?person", "Null characters"),
        ({"path": "selling"}, "?path", "path.uid"),
        ({"since": "2026-11-18"}, "?since", "2026-11-18T00:00:00Z"),
        ({"since": "2026-11-18T08:30:00"}, "?since", "2026-11-18T08:30:00Z"),
        ({"since": "2026-11-18T08:30:00 02:00"}, "?since", "%2B"),
        ({"since": "2026-02-30T08:30:00Z"}, "?since", "as 2026-11-18T08:30:00Z."),
        ({"since": "20261118T083000Z"}, "?since", "as 2026-11-18T08:30:00Z."),
        ({"since": "yesterday"}, "?since", "as 2026-11-18T08:30:00Z."),
        ({"knid": "first_win"}, "?knid", "Did you mean kind?"),
        ({"format": "ndjson"}, "?format", "There is no such parameter"),
    ],
)
def test_filter_that_cannot_be_used_says_what_to_write(
    acme: Company, visit: Visit, query: dict[str, str], pointer: str, said: str
) -> None:
    answer = ask(visit(acme), FEED, issue(), data=query)

    assert answer.status_code == 400
    (error,) = answer.json()["errors"]
    assert error["pointer"] == pointer
    assert said in error["detail"]


def test_each_example_of_a_parameter_can_be_asked_for(
    acme: Company, visit: Visit, lee: Person
) -> None:
    lee.external_id = "HR-2041"
    lee.save()
    [operation] = [told for path, _, told in operations() if path == FEED]
    asked = 0
    for parameter in operation["parameters"]:
        for example in parameter.get("examples", {}).values():
            value = example["value"]
            text = ",".join(value) if isinstance(value, list) else value
            answer = ask(visit(acme), FEED, issue(), data={parameter["name"]: text})
            assert answer.status_code == 200, answer.content
            asked += 1
    assert asked == 6


@pytest.mark.parametrize(
    ("wanted", "index"),
    [
        (Wanted(person=PERSON), "learning_record_of_person"),
        (Wanted(path=PATH), "learning_record_of_path"),
    ],
)
def test_filter_says_it_in_the_words_of_its_index(
    acme: Company, wanted: Wanted, index: str
) -> None:
    """An index over an expression is used for that very expression only."""
    [(condition, value)] = wanted.conditions().items()
    table = LearningRecord._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(f"EXPLAIN SELECT id FROM {table} WHERE {condition}", [value])  # noqa: S608
        plan = "\n".join(line for (line,) in cursor.fetchall())
    assert index in plan
    assert "Filter" not in plan


def test_poll_that_finds_nothing_new_is_one_query_and_304(
    mixed: dict[str, list[str]], acme: Company, visit: Visit
) -> None:
    client, token = visit(acme), issue()
    for query in ({}, {"kind": "first_win"}, {"person": PERSON, "path": PATH}):
        end = ask(client, FEED, token, data=query).json()["next"]
        first = ask(client, FEED, token, data={**query, "after": end})
        assert json.loads(first.content) == {"records": [], "next": end, "more": False}
        with CaptureQueriesContext(connection) as asked:
            again = ask(
                client,
                FEED,
                token,
                data={**query, "after": end},
                headers={"if-none-match": first["ETag"]},
            )
        assert again.status_code == 304
        assert again.content == b""
        assert again["ETag"] == first["ETag"]
        assert sum("learning_learningrecord" in query["sql"] for query in asked) == 1
        assert len([query for query in asked if "search_path" not in query["sql"]]) == 1


def test_page_has_another_tag_once_something_is_new(
    mixed: dict[str, list[str]],
    outside: Outside,
    acme: Company,
    visit: Visit,
    committed_token: str,
) -> None:
    client, token = visit(acme), committed_token
    first = ask(client, FEED, token)
    link = outside()
    insert_records(link, 1)
    link.commit()
    wait_until_shown(link)
    again = ask(client, FEED, token, headers={"if-none-match": first["ETag"]})
    assert again.status_code == 200
    assert len(again.json()["records"]) == len(first.json()["records"]) + 1
