"""An identity provider that creates its users, one request each."""

import json
from itertools import count
from statistics import median

from config.queue import database_conninfo
from tenants.companies.context import working_for
from tenants.people.models import Person
from tests.benchmarks.requests import post_all
from tests.benchmarks.results import Result
from tests.benchmarks.stage import Stage

AT_LEAST = 400  # users a second; django-scim2 does 328
SHARE = 10  # of the company come in one round: every tenth person
CORE = "urn:ietf:params:scim:schemas:core:2.0:User"
ENTERPRISE = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"
NUMBERS = count()


def measure(stage: Stage) -> Result:
    stage.fill()
    with working_for(stage.company):
        manager = str(Person.objects.get(external_id="hris-3").uid)
    ours = _rate(stage, stage.port, "/scim/v2/Users", manager)
    reach = {"BARE_CONNINFO": database_conninfo(), "BARE_SCHEMA": stage.schema}
    with stage.serving("tests.benchmarks.bare", **reach) as port:
        floor = _rate(stage, port, "/", manager)
    return Result(
        name="scim-create",
        what=f"POST /scim/v2/Users in a company of {stage.people:,}",
        ours=ours,
        floor=floor,
        unit="users/s",
        target=f"at least {AT_LEAST} users/s",
        met=ours >= AT_LEAST,
    )


def _rate(stage: Stage, port: int, path: str, manager: str) -> float:
    """Users a second: the median of the rounds, after one that warms the workers up."""
    users = max(stage.people // SHARE, 1)
    rates = []
    for _ in range(1 + stage.rounds):
        bodies = [_user(next(NUMBERS), manager) for _ in range(users)]
        rates.append(users / post_all(port, path, bodies, stage.headers, expect=201))
    return median(rates[1:])


def _user(number: int, manager: str) -> bytes:
    """As Entra sends one."""
    address = f"new.{number}@benchmark.example"
    user = {
        "schemas": [CORE, ENTERPRISE],
        "externalId": f"new-{number}",
        "userName": address,
        "active": True,
        "displayName": f"New {number}",
        "emails": [{"primary": True, "type": "work", "value": address}],
        "name": {"givenName": "New", "familyName": str(number)},
        "title": "Account Executive",
        ENTERPRISE: {"department": "Department 3", "manager": {"value": manager}},
    }
    return json.dumps(user).encode()
