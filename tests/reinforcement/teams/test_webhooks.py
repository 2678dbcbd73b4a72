"""A webhook as somebody types it in."""

import socket
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from reinforcement.channels import channels
from tests.reinforcement.teams.webhooks import SECRET, WORKFLOW

TEAMS = channels["teams"]


@pytest.fixture(autouse=True)
def public(monkeypatch: pytest.MonkeyPatch) -> None:
    real = socket.getaddrinfo

    def getaddrinfo(host: str, *args: Any, **options: Any) -> Any:
        return real("13.107.6.152" if host.endswith(".com") else host, *args, **options)

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)


def test_the_channel_is_found_by_its_folder_and_asks_for_a_webhook() -> None:
    assert TEAMS.label == "Microsoft Teams"
    assert TEAMS.needs_address
    assert not TEAMS.needs_connection
    assert TEAMS.carries == {"brief"}
    assert TEAMS.address_label
    assert "Workflows" in str(TEAMS.address_help)


@pytest.mark.parametrize(
    "address",
    [
        WORKFLOW,
        "https://prod-12.westeurope.logic.azure.com:443/workflows/6f1c/triggers/manual/paths"
        f"/invoke?api-version=2016-06-01&sp=%2Ftriggers%2Fmanual%2Frun&sv=1.0&sig={SECRET}",
    ],
)
def test_what_workflows_gives_is_taken(address: str) -> None:
    TEAMS.check_address(address)


@pytest.mark.parametrize(
    ("address", "told"),
    [
        (WORKFLOW.partition("&sig=")[0], "not the whole address"),
        (WORKFLOW.replace(SECRET, ""), "not the whole address"),
        (WORKFLOW + "x" * 2000, "not the whole address"),
        ("https://teams.microsoft.com/l/chat/0", "not the whole address"),
        (WORKFLOW.replace("https", "http"), "https://"),
        ("my webhook", "copy it whole"),
        (f"https://10.0.0.1/?sig={SECRET}", "not on the public internet"),
        (f"https://localhost/?sig={SECRET}", "not on the public internet"),
        (f"https://169.254.169.254/latest/?sig={SECRET}", "not on the public internet"),
        (f"https://nowhere.invalid/?sig={SECRET}", "check the spelling"),
    ],
)
def test_anything_else_is_refused_with_the_reason_and_without_the_secret(
    address: str, told: str
) -> None:
    with pytest.raises(ValidationError, match=told) as caught:
        TEAMS.check_address(address)
    assert SECRET not in str(caught.value)


def test_a_channel_without_addresses_of_its_own_takes_any() -> None:
    assert channels["mail"].check_address("anything") is None
    assert not channels["mail"].address_label
