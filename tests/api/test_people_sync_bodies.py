"""Bodies whose form is wrong: told where, with nothing written, and never read without end."""

import gzip
import io
import json
from typing import Any

import pytest
from django.test import Client

from api.bodies import CHUNK, MIB
from api.models import Scope
from api.people import sync_bodies
from tenants.companies.models import Company
from tenants.people.models import Person, SyncRun
from tests.api.asking import Visit, issue, send
from tests.people.hris import row

SYNCS = "/api/v1/people-syncs"
JSON, NDJSON, CSV = "application/json", "application/x-ndjson", "text/csv"
GOOD = json.dumps(row(1))


@pytest.fixture
def client(acme: Company, visit: Visit) -> Client:
    return visit(acme)


@pytest.fixture
def token(acme: Company) -> str:
    return issue([Scope.PEOPLE_WRITE])


def of_rows(*rows: str) -> str:
    return f'{{"rows": [{", ".join(rows)}]}}'


MALFORMED: list[tuple[str, str | bytes, str, str, int | None]] = [
    (JSON, "", "#", "line 1, column 1", 1),
    (JSON, f'{{"rows": [\n{GOOD},\n}}', "#", "line 3, column 1", 3),
    (JSON, of_rows(GOOD)[:-20], "#", "This is not JSON", 1),
    (JSON, "[]", "#", "object", None),
    (JSON, "null", "#", "object", None),
    (JSON, "NaN", "#", "NaN", None),
    (JSON, "{}", "#/rows", "list of rows", None),
    (JSON, '{"rows": {}}', "#/rows", "list of rows", None),
    (JSON, '{"rows": [], "rows": []}', "#/rows", "more than once", None),
    (JSON, '{"rows": [], "dryrun": true}', "#/dryrun", "Did you mean dry_run?", None),
    (JSON, '{"rows": [], "dry_run": "yes"}', "#/dry_run", "true or false", None),
    (JSON, '{"rows": [], "confirm": 1}', "#/confirm", "true or false", None),
    (JSON, '{"rows": [], "mode": "all"}', "#/mode", "partial or complete", None),
    (JSON, '{"rows": [], "mode": ["partial"]}', "#/mode", "partial or complete", None),
    (JSON, '{"rows": [], "mode": NaN}', "#/mode", "partial or complete", None),
    (JSON, of_rows(GOOD, "7"), "#/rows/1", "object of named fields", None),
    (JSON, of_rows(GOOD, "[]"), "#/rows/1", "object of named fields", None),
    (JSON, of_rows(GOOD, "null"), "#/rows/1", "object of named fields", None),
    (JSON, of_rows(GOOD, '{"email": "a", "email": "b"}'), "#/rows/1/email", "more than once", None),
    (JSON, of_rows('{"hired_on": NaN}'), "#/rows/0/hired_on", "NaN is no JSON value", None),
    (JSON, of_rows('{"a/b~": -Infinity}'), "#/rows/0/a~1b~0", "-Infinity is no JSON", None),
    (JSON, of_rows('{"attributes": {"x": [1, NaN]}}'), "#/rows/0/attributes/x/1", "NaN", None),
    (
        JSON,
        of_rows('{"attributes": {"x": {"y": 1, "y": 2}}}'),
        "#/rows/0/attributes/x/y",
        "more than once",
        None,
    ),
    (
        JSON,
        of_rows(f'{{"employee_number": {"9" * 5000}}}'),
        "#/rows/0/employee_number",
        "200",
        None,
    ),
    (JSON, of_rows(f'{{"line": 3, {GOOD[1:]}'), "#/rows/0/line", "leave it out", None),
    (
        JSON,
        of_rows(json.dumps({f"field{n}": n for n in range(41)})),
        "#/rows/0",
        "at most 40 fields",
        None,
    ),
    (JSON, of_rows(f'{{"attributes": {"[" * 100_000}'), "#", "nested deeper", None),
    (
        JSON,
        of_rows(f'{{"attributes": {"[" * 30}{"]" * 30}}}'),
        f"#/rows/0/attributes{'/0' * 19}",
        "nested deeper",
        None,
    ),
    (JSON, of_rows(GOOD).encode("utf-16"), "#", "not UTF-8", 1),
    (JSON, b'{"rows": [\n{"given_name": "Zo\xeb"}]}', "#", "byte 29 is 0xeb", 2),
    (NDJSON, f'{GOOD}\n{{"email": \n', "#/1", "line 2, column 11", 2),
    (NDJSON, f"{GOOD}\n\n[]\n", "#/1", "object of named fields", 3),
    (NDJSON, f'{GOOD}\n{{"email": "a", "email": "b"}}', "#/1/email", "more than once", 2),
    (NDJSON, f"{GOOD}{GOOD}", "#/0", "Extra data", 1),
    (NDJSON, f"{GOOD}\n{'[' * 100_000}", "#/1", "nested deeper", 2),
    (NDJSON, GOOD.encode() + b"\n\xff", "#", "not UTF-8", 2),
    (CSV, "", "#", "has to name the fields", 1),
    (CSV, ",,\n1,2,3\n", "#", "has to name the fields", 1),
    (CSV, "external_id;email\n1;2\n", "#", "by commas", 1),
    (CSV, "external_id,emial\n1,2\n", "#/emial", "Did you mean email?", 1),
    (CSV, "Email\na@b.example\n", "#/Email", "Did you mean email?", 1),
    (CSV, "email,line\na@b.example,3\n", "#/line", "is no field", 1),
    (CSV, "email,email\na,b\n", "#/email", "there already", 1),
    (CSV, "email,given_name\na,b\n\nc\n", "#/1", "1 cells, and there are 2 headings", 4),
    (CSV, "email,given_name\na,b,c\n", "#/0", "3 cells", 2),
    (CSV, 'email,given_name\na,"b\n', "#/0", "not CSV", 2),
    (CSV, f"email,given_name\na,{'b' * 200_000}\n", "#/0", "field larger", 2),
    (CSV, 'email,attributes\na,"{""x"": NaN}"\n', "#/0/attributes/x", "NaN", 2),
    (CSV, "email,attributes\na,{x}\n", "#/0/attributes", "not JSON", 2),
]


@pytest.mark.parametrize(
    ("content_type", "body", "pointer", "said", "line"),
    MALFORMED,
    ids=[f"{each[0].split('/')[1]}-{n}" for n, each in enumerate(MALFORMED)],
)
def test_malformed_body_is_told_where_and_writes_nothing(
    client: Client,
    token: str,
    content_type: str,
    body: str | bytes,
    pointer: str,
    said: str,
    line: int | None,
) -> None:
    answer = send(client, "post", SYNCS, token, body, content_type=content_type)

    assert answer.status_code == 400, answer.content
    assert answer["Content-Type"] == "application/problem+json"
    error = answer.json()["errors"][0]
    assert error["pointer"] == pointer
    assert said in error["detail"]
    assert error.get("line") == line
    assert not Person.objects.exists()
    assert not SyncRun.objects.exists()


def test_many_flaws_are_told_a_hundred_at_a_time(client: Client, token: str) -> None:
    answer = send(client, "post", SYNCS, token, {"rows": [7] * 500})
    assert len(answer.json()["errors"]) == 100


@pytest.mark.parametrize(
    ("headers", "said", "hint"),
    [
        ({"content-type": "text/plain"}, "'text/plain'", "Accept-Post"),
        ({"content-type": "application/xml"}, "'application/xml'", "Accept-Post"),
        ({"content-type": ""}, "'nothing'", "Accept-Post"),
        ({"content-type": "application/json; charset=latin-1"}, "as UTF-8", "Accept-Post"),
        ({"content-encoding": "gzip"}, "'gzip'", "Accept-Encoding"),
        ({"content-encoding": "br"}, "'br'", "Accept-Encoding"),
    ],
)
def test_other_kinds_of_content_are_told_what_to_send(
    client: Client, token: str, headers: dict[str, str], said: str, hint: str
) -> None:
    content_type = headers.pop("content-type", JSON)
    body = gzip.compress(of_rows(GOOD).encode()) if headers else of_rows(GOOD)
    answer = send(client, "post", SYNCS, token, body, content_type=content_type, headers=headers)
    assert answer.status_code == 415
    assert said in answer.json()["detail"]
    assert answer[hint] in (
        "application/json, application/x-ndjson, application/ndjson, application/jsonl, text/csv",
        "identity",
    )
    assert not Person.objects.exists()


@pytest.mark.parametrize("options", ["dry_run=true", "mode=complete", "zzz=1"])
def test_json_with_options_in_the_address_writes_nothing(
    client: Client, token: str, options: str
) -> None:
    answer = send(client, "post", f"{SYNCS}?{options}", token, of_rows(GOOD))
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["pointer"] == f"?{options.split('=')[0]}"
    assert not Person.objects.exists()


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ("dryrun=true", "Did you mean dry_run?"),
        ("dry_run=perhaps", "valid boolean"),
        ("mode=everything", "not a valid choice"),
        ("dry_run=true&dry_run=false", "more than once"),
    ],
)
def test_bad_option_beside_ndjson_writes_nothing(
    client: Client, token: str, options: str, said: str
) -> None:
    path = f"{SYNCS}?{options}"
    answer = send(client, "post", path, token, GOOD, content_type=NDJSON)
    assert answer.status_code == 400
    assert said in answer.json()["errors"][0]["detail"]
    assert not Person.objects.exists()


class Stream:
    """A body as a server hands it over; counts what is read. Without `size` it never ends."""

    def __init__(self, content: bytes = b"", size: int | None = None) -> None:
        self._rest = io.BytesIO(content)
        self.left, self.read_so_far = size, 0

    def read(self, size: int = -1) -> bytes:
        assert size > 0
        chunk = self._rest.read(size) or (b" " * size if self.left is None else b"")
        self.read_so_far += len(chunk)
        return chunk

    def readline(self, size: int = -1) -> bytes:
        return self._rest.readline(size)


def stream_in(client: Client, token: str, stream: Stream, **environ: Any) -> Any:
    return send(client, "post", SYNCS, token, "x", **{"wsgi.input": stream, **environ})


@pytest.mark.parametrize("length", [str(32 * MIB + 1), "9" * 30])
def test_body_that_says_it_is_too_large_is_not_read(
    client: Client, token: str, length: str
) -> None:
    stream = Stream()
    answer = stream_in(
        client, token, stream, CONTENT_LENGTH=length, **{"wsgi.input_terminated": True}
    )
    assert answer.status_code == 413
    assert "32 MiB" in answer.json()["detail"]
    assert stream.read_so_far == 0


@pytest.mark.parametrize("length", ["", "12"])
def test_body_without_an_end_is_read_up_to_the_limit(
    client: Client, token: str, monkeypatch: pytest.MonkeyPatch, length: str
) -> None:
    monkeypatch.setattr(sync_bodies, "MAX_BYTES", MIB)
    stream = Stream()
    answer = stream_in(
        client,
        token,
        stream,
        CONTENT_LENGTH=length,
        HTTP_TRANSFER_ENCODING="chunked",
        **{"wsgi.input_terminated": True},
    )
    assert answer.status_code == 413
    assert "1 MiB" in answer.json()["detail"]
    assert MIB < stream.read_so_far <= MIB + CHUNK


def test_chunked_body_is_read_to_its_end(client: Client, token: str) -> None:
    answer = stream_in(
        client,
        token,
        Stream(of_rows(GOOD).encode(), size=0),
        CONTENT_LENGTH="",
        **{"wsgi.input_terminated": True},
    )
    assert answer.status_code == 200
    assert Person.objects.count() == 1


def test_body_without_a_length_is_refused_where_its_end_is_not_known(
    client: Client, token: str
) -> None:
    stream = Stream()
    assert stream_in(client, token, stream, CONTENT_LENGTH="").status_code == 411
    assert stream.read_so_far == 0


def test_body_that_ends_early_writes_nothing(client: Client, token: str) -> None:
    body = f"{GOOD}\n".encode()
    answer = stream_in(
        client, token, Stream(body, size=0), CONTENT_LENGTH="999", CONTENT_TYPE=NDJSON
    )
    assert answer.status_code == 400
    assert f"ended after {len(body)} of 999 bytes" in answer.json()["errors"][0]["detail"]
    assert not Person.objects.exists()


class InvalidChunkSize(Exception):
    """As gunicorn has it: of no kind that Python knows."""


@pytest.mark.parametrize(
    ("error", "length"), [(OSError("reset"), "999"), (InvalidChunkSize("zz"), "")]
)
def test_body_that_breaks_off_writes_nothing(
    client: Client, token: str, monkeypatch: pytest.MonkeyPatch, error: Exception, length: str
) -> None:
    stream = Stream()
    monkeypatch.setattr(stream, "read", lambda size: (_ for _ in ()).throw(error))
    answer = stream_in(
        client, token, stream, CONTENT_LENGTH=length, **{"wsgi.input_terminated": True}
    )
    assert answer.status_code == 400
    assert "broke off" in answer.json()["errors"][0]["detail"]


@pytest.mark.parametrize(
    ("content_type", "body"),
    [
        (JSON, of_rows(*["{}"] * 4)),
        (NDJSON, "{}\n" * 4),
        (CSV, "email\n" + "a@b.example\n" * 4),
    ],
)
def test_too_many_rows_are_refused_with_the_limit(
    client: Client, token: str, monkeypatch: pytest.MonkeyPatch, content_type: str, body: str
) -> None:
    monkeypatch.setattr(sync_bodies, "MAX_ROWS", 3)
    answer = send(client, "post", SYNCS, token, body, content_type=content_type)
    assert answer.status_code == 413
    assert "more than 3 rows" in answer.json()["detail"]
    assert not SyncRun.objects.exists()


@pytest.mark.parametrize("body", [of_rows("[" + "[]," * 50 + "[]]"), of_rows(*["{}"] * 60)])
def test_body_of_endless_brackets_is_refused_before_they_take_memory(
    client: Client, token: str, monkeypatch: pytest.MonkeyPatch, body: str
) -> None:
    monkeypatch.setattr("api.strict_json.MAX_VALUES", 50)
    answer = send(client, "post", SYNCS, token, body)
    assert answer.status_code == 413
    assert "more than 50 values" in answer.json()["detail"]
