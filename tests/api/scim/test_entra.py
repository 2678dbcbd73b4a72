"""Provisioning cycles of Microsoft Entra ID, without and with ``aadOptscim062020``."""

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from tenants.companies.models import Company
from tenants.people.models import DirectoryGroup, EmploymentStatus, Person
from tests.api.asking import Visit
from tests.api.scim import entra
from tests.api.scim.entra import COMPLIANT, DEFAULT, MANAGER, WORK_EMAIL, Dialect
from tests.api.scim.provider import ENTERPRISE, MESSAGES, OURS, Provider


@pytest.fixture(params=[DEFAULT, COMPLIANT], ids=["default", "aadOptscim062020"])
def say(request: pytest.FixtureRequest) -> Any:
    """How Entra writes a PATCH: both ways have to lead to the same."""
    return request.param


@pytest.fixture
def mia(provider: Provider) -> Person:
    """Created by Entra."""
    provider.post("/Users", entra.user("Mia Berg", "1001"))
    person: Person = Person.objects.get(employee_number="1001")
    return person


@pytest.fixture
def bo(provider: Provider) -> Person:
    """Mia's manager, likewise."""
    provider.post("/Users", entra.user("Bo Ek", "1002"))
    person: Person = Person.objects.get(employee_number="1002")
    return person


def fresh(person: Person) -> Person:
    read: Person = Person.objects.select_related("manager", "department").get(pk=person.pk)
    return read


def patch(provider: Provider, person: Person, *operations: Any, **options: Any) -> Any:
    return provider.patch(f"/Users/{person.uid}", *operations, **options)


def is_signed_in(client: Client) -> bool:
    return client.get("/path/").status_code == 200


def test_connection_is_tested_with_somebody_who_is_not_there(
    provider: Provider, lee: Person
) -> None:
    for path in (
        entra.find("Users", "userName eq {}", uuid4()),
        entra.find("Groups", "displayName eq {}", uuid4(), excludedAttributes="members"),
    ):
        answer = provider.get(path)
        assert answer["schemas"] == ["urn:ietf:params:scim:api:messages:2.0:ListResponse"]
        assert answer["Resources"] == []
        assert (answer["totalResults"], answer["itemsPerPage"]) == (0, 0)
        assert answer["startIndex"] == 1


@pytest.mark.parametrize("flag", ["aadOptscim062020", "aadOptscim062020="])
def test_flag_of_the_address_may_come_with_every_request(
    provider: Provider, mia: Person, flag: str
) -> None:
    change = COMPLIANT.set("title", "Team Lead")
    nobody = entra.find("Users", "userName eq {}", uuid4())
    assert provider.get(f"{nobody}&{flag}")["totalResults"] == 0
    assert provider.patch(f"/Users/{mia.uid}?{flag}", change)["title"] == "Team Lead"
    assert provider.get(f"/Users/{mia.uid}?{flag}")["title"] == "Team Lead"
    made = provider.post(f"/Users?{flag}", entra.user("Bo Ek", "1002"))
    assert provider.ask("DELETE", f"/Users/{made['id']}?{flag}").status_code == 204
    group = provider.post(f"/Groups?{flag}", entra.group("Sales", "g-1"))
    change = COMPLIANT.set("displayName", "Sales DACH")
    body = {"schemas": [f"{MESSAGES}:PatchOp"], "Operations": [change]}
    assert provider.ask("PATCH", f"/Groups/{group['id']}?{flag}", body).status_code == 204
    for path in ("/ServiceProviderConfig", "/Schemas", "/ResourceTypes"):
        assert provider.get(f"{path}?{flag}") == provider.get(path)
    provider.get("/Users?aadOptscim062021", status=400)


def test_user_is_looked_for_and_created(provider: Provider) -> None:
    sent = entra.user("Mia Berg", "1001")
    looked_for = entra.find("Users", "userName eq {}", sent["userName"])
    assert provider.get(looked_for)["totalResults"] == 0

    made = provider.post("/Users", sent)

    mia = Person.objects.get()
    assert made["id"] == str(mia.uid)
    assert (made["userName"], made["externalId"]) == (sent["userName"].lower(), sent["externalId"])
    assert made["active"] is True
    assert made["emails"] == [{"value": "mia.berg@acme.example", "type": "work", "primary": True}]
    assert (mia.name, mia.email) == ("Mia Berg", "mia.berg@acme.example")
    assert (mia.employee_number, mia.external_id) == ("1001", sent["externalId"])
    assert mia.department
    assert mia.department.name == "Sales"
    assert mia.job_title == "Account Executive"
    assert mia.employment_status == EmploymentStatus.ACTIVE
    (found,) = provider.get(looked_for)["Resources"]
    assert found == provider.get(f"/Users/{mia.uid}") == made
    by_email = entra.find("Users", f"{WORK_EMAIL} eq {{}}", "mia.berg@acme.example")
    assert provider.get(by_email)["totalResults"] == 1


def test_user_who_is_there_is_a_conflict(provider: Provider, mia: Person) -> None:
    refusal = provider.post("/Users", entra.user("Mia Berg", "1001"), status=409)
    assert refusal["scimType"] == "uniqueness"
    assert Person.objects.count() == 1


def test_attributes_are_changed(provider: Provider, mia: Person, say: Dialect) -> None:
    patch(
        provider,
        mia,
        *say.set_many(
            {
                "displayName": "Mia Stern",
                WORK_EMAIL: "Mia.Stern@acme.example",
                "name.givenName": "Mia",
                "name.familyName": "Stern",
                "title": "Sales Manager",
                'addresses[type eq "work"].formatted': "18/2112",
                'phoneNumbers[type eq "mobile"].value': "+49 30 901821",
                f"{ENTERPRISE}:department": "Support",
                f"{ENTERPRISE}:employeeNumber": "1009",
                f"{OURS}:hireDate": "2026-11-02T00:00:00Z",
            }
        ),
    )
    changed = fresh(mia)
    assert changed.uid == mia.uid
    assert (changed.name, changed.email) == ("Mia Stern", "mia.stern@acme.example")
    assert changed.job_title == "Sales Manager"
    assert changed.department
    assert changed.department.name == "Support"
    assert changed.employee_number == "1009"
    assert str(changed.hired_on) == "2026-11-02"
    assert Person.objects.count() == 1


def test_user_name_changes_and_the_person_stays(
    provider: Provider, mia: Person, say: Dialect
) -> None:
    shown = patch(provider, mia, say.set("userName", "mia.stern@acme.example"))
    assert (shown["id"], shown["userName"]) == (str(mia.uid), "mia.stern@acme.example")
    assert fresh(mia).user_name == "mia.stern@acme.example"
    old, new = ("mia.berg@acme.example", "mia.stern@acme.example")
    assert provider.get(entra.find("Users", "userName eq {}", old))["totalResults"] == 0
    assert provider.get(entra.find("Users", "userName eq {}", new))["totalResults"] == 1


def test_user_name_of_somebody_else_is_a_conflict(
    provider: Provider, mia: Person, bo: Person, say: Dialect
) -> None:
    refusal = patch(provider, mia, say.set("userName", "bo.ek@acme.example"), status=409)
    assert refusal["scimType"] == "uniqueness"
    assert fresh(mia).user_name == "mia.berg@acme.example"


def test_value_is_added_and_cleared(provider: Provider, mia: Person, say: Dialect) -> None:
    patch(provider, mia, say.set("nickName", "Babs", "Add"))
    assert fresh(mia).preferred_name == "Babs"
    patch(provider, mia, say.remove("nickName", "Babs"))
    assert fresh(mia).preferred_name == ""
    patch(provider, mia, say.set("title", ""))
    assert fresh(mia).job_title == ""


def test_manager_is_set_changed_and_removed(
    provider: Provider, mia: Person, bo: Person, ada: Person, say: Dialect
) -> None:
    shown = patch(provider, mia, say.manager(str(bo.uid)))
    assert fresh(mia).manager == bo
    assert shown[ENTERPRISE]["manager"]["value"] == str(bo.uid)
    is_manager = entra.find("Users", "id eq {} and manager eq {}", mia.uid, bo.uid, attributes="id")
    assert provider.get(is_manager)["totalResults"] == 1

    patch(provider, mia, say.manager(str(ada.uid), "Replace"))
    assert fresh(mia).manager == ada
    assert provider.get(is_manager)["totalResults"] == 0

    shown = patch(provider, mia, say.remove(MANAGER, str(ada.uid)))
    assert fresh(mia).manager is None
    assert "manager" not in shown[ENTERPRISE]


@pytest.mark.parametrize("wrap", [lambda uid: {"value": uid}, lambda uid: [{"value": uid}]])
def test_manager_may_come_wrapped(provider: Provider, mia: Person, bo: Person, wrap: Any) -> None:
    patch(provider, mia, {"op": "Add", "path": MANAGER, "value": wrap(str(bo.uid))})
    assert fresh(mia).manager == bo
    patch(provider, mia, {"op": "Replace", "path": MANAGER, "value": wrap("")})
    assert fresh(mia).manager is None


def test_manager_who_closes_a_loop_is_refused(
    provider: Provider, mia: Person, bo: Person, say: Dialect
) -> None:
    patch(provider, mia, say.manager(str(bo.uid)))
    refusal = patch(provider, bo, say.manager(str(mia.uid)), status=400)
    assert refusal["scimType"] == "invalidValue"
    assert fresh(bo).manager is None


def test_user_is_disabled_and_enabled(
    provider: Provider, mia: Person, acme: Company, visit: Visit, say: Dialect
) -> None:
    browser = visit(acme, mia)
    assert is_signed_in(browser)

    shown = patch(provider, mia, say.set("active", False))

    assert shown["active"] is False
    assert fresh(mia).employment_status == EmploymentStatus.TERMINATED
    assert not is_signed_in(browser)
    looked_for = entra.find("Users", "userName eq {}", "mia.berg@acme.example")
    (found,) = provider.get(looked_for)["Resources"]
    assert (found["id"], found["active"]) == (str(mia.uid), False)

    shown = patch(provider, mia, say.set("active", True))

    assert shown["active"] is True
    back = fresh(mia)
    assert (back.uid, back.employment_status) == (mia.uid, EmploymentStatus.ACTIVE)


def test_deleted_user_is_gone_and_comes_back_as_the_same(
    provider: Provider, mia: Person, acme: Company, visit: Visit
) -> None:
    browser = visit(acme, mia)
    provider.delete(f"/Users/{mia.uid}")
    provider.get(f"/Users/{mia.uid}", status=404)
    provider.delete(f"/Users/{mia.uid}", status=404)
    assert not is_signed_in(browser)
    left = fresh(mia)
    assert left.employment_status == EmploymentStatus.TERMINATED

    made = provider.post("/Users", entra.user("Mia Berg", "1001"))

    assert made["id"] == str(mia.uid)
    assert fresh(mia).employment_status == EmploymentStatus.ACTIVE


def test_group_lives_and_dies(provider: Provider, mia: Person, bo: Person, say: Dialect) -> None:
    by_name = entra.find("Groups", "displayName eq {}", "Sales", excludedAttributes="members")
    assert provider.get(by_name)["totalResults"] == 0
    made = provider.post("/Groups", entra.group("Sales", "8aa1a0c0-c4c3"))
    path = f"/Groups/{made['id']}"
    group = DirectoryGroup.objects.get()
    assert provider.get(by_name)["Resources"] == [
        provider.get(f"{path}?excludedAttributes=members")
    ]

    provider.patch(path, say.add_member(str(mia.uid)), status=204)
    provider.patch(path, say.add_member(str(bo.uid)), status=204)
    assert set(group.members.all()) == {mia, bo}
    for expression in (
        "id eq {1} and members eq {0}",
        "members[value eq {0}]",
        "members.value eq {0}",
    ):
        holding = entra.find(
            "Groups", expression, mia.uid, made["id"], excludedAttributes="members"
        )
        assert provider.get(holding)["totalResults"] == 1
    assert provider.get(f"/Users/{mia.uid}")["groups"][0]["value"] == made["id"]

    provider.patch(path, say.remove_member(str(mia.uid)), status=204)
    provider.patch(path, say.remove_member(str(mia.uid)), status=204)
    assert set(group.members.all()) == {bo}
    provider.patch(path, say.set("displayName", "Sales DACH"), status=204)
    group.refresh_from_db()
    assert group.name == "Sales DACH"
    assert set(group.members.all()) == {bo}

    provider.delete(path)
    assert not DirectoryGroup.objects.exists()
    assert fresh(bo).employment_status == EmploymentStatus.ACTIVE
