"""scim2-tester, somebody else's reading of RFC 7643 and 7644, on a real server."""

from collections import Counter

import httpx2
from scim2_client.engines.httpx2 import SyncSCIMClient
from scim2_tester import Status, check_server

from tests.api.scim.conftest import Service
from tests.api.scim.provider import OURS

DAYS = {"hire_date": "2024-03-01", "rehire_date": "2025-03-01", "end_date": "2031-03-01"}
"""The tester invents texts; of these it has to know that they are days."""


def connected(http: httpx2.Client) -> SyncSCIMClient:
    """A client that knows the service by what it publishes about itself."""
    client = SyncSCIMClient(http)
    client.discover()
    ours = client.provider.model_for(OURS)
    assert ours is not None
    for name, day in DAYS.items():
        ours.model_fields[name].examples = [day]
    return client


def test_scim_tester_finds_nothing(service: Service) -> None:
    headers = {"host": service.host, "authorization": f"Bearer {service.token}"}
    with httpx2.Client(base_url=f"{service.address}/scim/v2", headers=headers) as http:
        results = check_server(connected(http))

    good = {Status.SUCCESS, Status.COMPLIANT, Status.ACCEPTABLE}
    found = [f"{each.title}: {each.reason}" for each in results if each.status not in good]
    assert not found, "\n".join(found)
    checked = Counter(result.title for result in results)
    assert checked["check_add_attribute"] >= 20
    assert checked["check_replace_attribute"] >= 20
    assert checked["check_remove_attribute"] >= 18
    assert checked["search_with_attributes"] == 4
    assert len(checked) >= 20
    assert len(results) >= 100
