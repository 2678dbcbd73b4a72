"""The feed in one answer: a record a line, and where to go on from in its `Link`."""

import json
import socket
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from api.records.streams import _one_of_few
from learning.feed import BATCH
from tenants.companies.context import current_company, working_for
from tenants.companies.models import Company
from tests.api.asking import FEED, Visit, ask, issue
from tests.api.commits import Outside, insert_records, wait_until_shown
from tests.api.streaming import NDJSON, next_of, read, stream


def test_stream_has_everything_in_the_order_of_the_feed(
    committed_records: list[str], acme: Company, visit: Visit
) -> None:
    client, token = visit(acme), issue()
    answer = stream(client, FEED, token)

    assert answer.status_code == 200
    assert answer["Content-Type"] == NDJSON
    assert answer["X-Accel-Buffering"] == "no"
    assert "Content-Length" not in answer
    assert read(answer) == ask(client, FEED, token).json()["records"]


def test_link_leads_on_with_the_same_filters(
    committed_records: list[str],
    outside: Outside,
    acme: Company,
    visit: Visit,
    committed_token: str,
) -> None:
    client, token = visit(acme), committed_token
    answer = stream(client, f"{FEED}?kind=first_win,step.done", token)
    assert len(read(answer)) == 25
    onward = next_of(answer)
    assert onward.startswith("http://acme.localhost/api/v1/learning-records?")
    assert "kind=first_win,step.done" in onward

    assert read(stream(client, onward, token)) == []
    assert next_of(stream(client, onward, token)) == onward
    link = outside()
    insert_records(link, 1, kind="step.started")
    new = insert_records(link, 1)
    link.commit()
    wait_until_shown(link)
    assert [record["uid"] for record in read(stream(client, onward, token))] == new


def test_cursor_of_a_stream_is_one_of_pages_and_the_other_way_round(
    committed_records: list[str], acme: Company, visit: Visit
) -> None:
    client, token = visit(acme), issue()
    page = ask(client, FEED, token, data={"limit": 10}).json()
    rest = stream(client, f"{FEED}?after={page['next']}", token)
    assert [record["uid"] for record in read(rest)] == committed_records[10:]
    assert ask(client, next_of(rest), token).json()["records"] == []


def test_stream_ends_where_the_feed_did_when_it_began(
    outside: Outside, acme: Company, visit: Visit, committed_token: str
) -> None:
    link = outside()
    insert_records(link, BATCH + 1)
    link.commit()
    wait_until_shown(link)
    client, token = visit(acme), committed_token

    answer = stream(client, FEED, token)
    chunks = iter(answer.streaming_content)
    first = next(chunks).count(b"\n")
    late = insert_records(link, 1)
    link.commit()
    wait_until_shown(link)
    assert first + sum(chunk.count(b"\n") for chunk in chunks) == BATCH + 1

    assert [record["uid"] for record in read(stream(client, next_of(answer), token))] == late


def test_stream_is_of_its_company_whatever_is_set_meanwhile(
    committed_records: list[str], acme: Company, globex: Company, visit: Visit
) -> None:
    answer = stream(visit(acme), FEED, issue())
    with working_for(globex):
        assert len(read(answer)) == 25
        assert current_company() == globex


def test_stream_costs_a_query_a_batch(outside: Outside, acme: Company, visit: Visit) -> None:
    link = outside()
    insert_records(link, 2 * BATCH + 1)
    link.commit()
    wait_until_shown(link)
    client, token = visit(acme), issue()
    ask(client, FEED, token)
    with CaptureQueriesContext(connection) as asked:
        sizes = [chunk.count(b"\n") for chunk in stream(client, FEED, token).streaming_content]
    assert sizes == [BATCH, BATCH, 1]
    assert sum("learning_learningrecord" in query["sql"] for query in asked) == 1 + 3


def test_head_tells_where_the_feed_ends_and_reads_no_record(
    committed_records: list[str], acme: Company, visit: Visit
) -> None:
    client, token = visit(acme), issue()
    headers = {"authorization": f"Bearer {token}", "accept": NDJSON}
    answer: Any = client.head(FEED, headers=headers)
    assert answer.status_code == 200
    assert b"".join(answer.streaming_content) == b""
    assert read(stream(client, next_of(answer), token)) == []


@pytest.mark.parametrize(
    ("query", "pointer"), [("limit=10", "?limit"), ("kind=zzz", "?kind"), ("after=x", "?after")]
)
def test_what_is_wrong_is_said_before_it_begins(
    acme: Company, visit: Visit, query: str, pointer: str
) -> None:
    answer = stream(visit(acme), f"{FEED}?{query}", issue())
    assert answer.status_code == 400
    assert answer["Content-Type"] == "application/problem+json"
    assert answer.json()["errors"][0]["pointer"] == pointer


def test_http_1_0_gets_no_stream_since_it_could_not_tell_a_break_from_the_end(
    acme: Company, visit: Visit
) -> None:
    old = {"SERVER_PROTOCOL": "HTTP/1.0"}
    answer = stream(visit(acme), FEED, issue(), **old)
    assert answer.status_code == 505
    assert "proxy_http_version 1.1" in answer.json()["detail"]
    assert ask(visit(acme), FEED, issue(), **old).status_code == 200


def test_reader_that_stops_reading_is_let_go(acme: Company, visit: Visit) -> None:
    ours, theirs = socket.socketpair()
    with ours, theirs:
        stream(visit(acme), FEED, issue(), **{"gunicorn.socket": ours})
        assert ours.gettimeout() == 30


ODD = st.text(
    alphabet=st.one_of(
        st.sampled_from(
            "\\\"'/\n\r\t\x01\x02\x0b\x0c\x1c\x1e\x7f\x85\u2028\u2029,{}[]% \ufeffä漢😀"
        ),
        st.characters(exclude_characters="\0", exclude_categories=["Cs"]),
    ),
    max_size=40,
)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(titles=st.lists(ODD, min_size=1, max_size=5))
def test_whatever_is_written_comes_out_as_it_was_a_record_a_line(
    outside: Outside, acme: Company, visit: Visit, committed_token: str, titles: list[str]
) -> None:
    with outside() as link:  # which closes it, too
        link.execute("DELETE FROM learning_learningrecord")
        for title in titles:
            insert_records(link, 1, title=title)
        link.commit()
        wait_until_shown(link)
    client = visit(acme)

    answer = stream(client, FEED, committed_token)
    text = b"".join(answer.streaming_content).decode()

    told = [json.loads(line) for line in text.splitlines()]  # by all that Unicode calls a line
    assert [record["step"]["title"] for record in told] == titles
    assert told == ask(client, FEED, committed_token).json()["records"]


def test_third_stream_of_a_company_waits_until_one_is_over(
    committed_records: list[str],
    acme: Company,
    globex: Company,
    visit: Visit,
    committed_token: str,
) -> None:
    client, token = visit(acme), committed_token
    first, second = stream(client, FEED, token), stream(client, FEED, token)
    third = stream(client, FEED, token)
    assert third.status_code == 429
    assert third["Retry-After"] == "5"
    assert third.json()["type"].endswith("#quota-exceeded")
    assert third.json()["detail"] == (
        "2 streams of your company are being sent, which is how many there may be at a time: "
        "let one end, or read pages."
    )
    assert ask(client, FEED, token).status_code == 200
    assert stream(client, next_of(first), token).status_code == 200  # nothing new: no wait

    assert len(read(first)) == 25
    third = stream(client, FEED, token)
    assert third.status_code == 200
    assert len(read(second)) == len(read(third)) == 25


def test_streams_of_another_company_take_no_place(
    committed_records: list[str], acme: Company, globex: Company, visit: Visit
) -> None:
    answers = [stream(visit(acme), FEED, issue()) for _ in range(2)]
    with working_for(globex):
        places = _one_of_few()
        places.close()
    assert [len(read(answer)) for answer in answers] == [25, 25]
