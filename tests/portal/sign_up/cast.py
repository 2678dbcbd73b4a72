"""Ines, who signs Initech up."""

import re
from typing import Any, cast

from django.core import mail
from django.http import HttpResponse
from django.test import Client

FILLED = {
    "company_name": "Initech & Söhne",
    "slug": "initech",
    "given_name": "Ines",
    "family_name": "Ito",
    "email": "Ines@initech.example",
    "locale": "en",
    "time_zone": "Europe/Berlin",
}


class Outsider:
    """A browser on the root domain. What a worker is left to do is done after each request."""

    def __init__(self, commit: Any, **headers: str) -> None:
        self.client = Client(headers={"host": "localhost", **headers})
        self.commit = commit

    def get(self, address: str, **headers: str) -> HttpResponse:
        return cast(HttpResponse, self.client.get(address, headers=headers))

    def post(self, address: str, **given: str) -> HttpResponse:
        with self.commit(execute=True):
            return cast(HttpResponse, self.client.post(address, given))

    def ask(self, **changed: str) -> HttpResponse:
        return self.post("/sign-up/", **{**FILLED, **changed})

    def asked(self, **changed: str) -> str:
        """The path of the page that asks for the code, which is in the latest mail."""
        return self.ask(**changed)["Location"]


def latest_code() -> str:
    found = re.search(r"^\d{6}$", str(mail.outbox[-1].body), re.MULTILINE)
    assert found
    return found[0]


def wrong_code() -> str:
    return f"{(int(latest_code()) + 1) % 1_000_000:06}"
