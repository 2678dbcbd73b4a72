"""A WSGI application that does the least a request to create somebody can do: one INSERT."""

import json
import os
from collections.abc import Callable, Iterable
from functools import cache
from typing import Any

import psycopg

INSERT = """
INSERT INTO people_person (email, user_name, external_id, given_name, family_name, uid, password,
    is_superuser, is_staff, created_at, updated_at, employment_status, job_title, location,
    preferred_name, awaited_manager, time_zone, locale, attributes)
VALUES (%s, %s, %s, %s, %s, gen_random_uuid(), '!', false, false, now(), now(), 'active', '', '',
    '', '', '', '', '{}')
"""


@cache
def _connection() -> psycopg.Connection:
    """One per worker."""
    connection = psycopg.connect(os.environ["BARE_CONNINFO"], autocommit=True)
    connection.execute("SELECT set_config('search_path', %s, false)", [os.environ["BARE_SCHEMA"]])
    return connection


def application(
    environ: dict[str, Any], start_response: Callable[[str, list[tuple[str, str]]], object]
) -> Iterable[bytes]:
    if environ["REQUEST_METHOD"] == "POST":
        user = json.loads(environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"])))
        name = user["name"]
        values = [user["userName"]] * 2 + [
            user["externalId"],
            name["givenName"],
            name["familyName"],
        ]
        _connection().execute(INSERT, values, prepare=True)
    start_response("201 Created", [("Content-Length", "2"), ("Content-Type", "application/json")])
    return [b"{}"]
