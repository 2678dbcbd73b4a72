"""Provisioning cycles of Okta: integrations made with the wizard, and those of its catalogue."""

from typing import Any

import pytest

from tenants.companies.models import Company
from tenants.people.models import DirectoryGroup, EmploymentStatus, Person
from tests.api.asking import Visit
from tests.api.scim import okta
from tests.api.scim.provider import ENTERPRISE, Provider
from tests.api.scim.test_entra import fresh, is_signed_in


@pytest.fixture
def mia(provider: Provider) -> Person:
    """Created by Okta."""
    provider.post("/Users", okta.user("Mia Berg", "1001"))
    person: Person = Person.objects.get(employee_number="1001")
    return person


def put(provider: Provider, person: Person, **others: Any) -> Any:
    """As the wizard's integration does it: read, change, send everything back."""
    shown = provider.get(f"/Users/{person.uid}")
    return provider.put(f"/Users/{person.uid}", okta.changed(shown, **others))


def test_connection_is_tested_with_two_pages(provider: Provider, lee: Person, nia: Person) -> None:
    page = provider.get("/Users?startIndex=1&count=2")
    assert page["totalResults"] == 3
    assert [type(page[name]) for name in ("totalResults", "startIndex", "itemsPerPage")] == [
        int
    ] * 3
    assert len(page["Resources"]) == 2
    assert provider.get("/Groups?startIndex=1&count=100")["totalResults"] == 0
    assert provider.get("/ServiceProviderConfig")["patch"] == {"supported": True}


def test_everybody_is_read_page_by_page_in_one_order(
    provider: Provider, lee: Person, nia: Person
) -> None:
    pages = [provider.get(f"/Users?startIndex={start}&count=1") for start in (1, 2, 3, 4)]
    ids = [shown["id"] for page in pages for shown in page["Resources"]]
    assert len(ids) == len(set(ids)) == 3
    again = [shown["id"] for shown in provider.get("/Users?startIndex=1&count=100")["Resources"]]
    assert again == ids


def test_user_is_looked_for_and_created(provider: Provider) -> None:
    looked_for = okta.by_user_name("mia.berg@acme.example")
    assert provider.get(looked_for)["Resources"] == []

    made = provider.post("/Users", okta.user("Mia Berg", "1001"))

    mia = Person.objects.get()
    assert made["id"] == str(mia.uid)
    assert "password" not in made
    assert not mia.check_password("1mz050nq")
    assert (mia.name, mia.email) == ("Mia Berg", "mia.berg@acme.example")
    assert mia.external_id == "00ujl29u0le5T6Aj1001"
    assert provider.get(looked_for)["Resources"] == [made]
    refusal = provider.post("/Users", okta.user("Mia Berg", "1001"), status=409)
    assert refusal["scimType"] == "uniqueness"


def test_wizard_puts_everything_back(provider: Provider, mia: Person) -> None:
    shown = provider.get(f"/Users/{mia.uid}")
    assert put(provider, mia) == shown
    again = fresh(mia)
    assert (again.name, again.email, again.external_id) == (mia.name, mia.email, mia.external_id)

    put(
        provider,
        mia,
        name={"givenName": "Another", "middleName": "Excited", "familyName": "Berg"},
        userName="another.berg@acme.example",
        emails=[{"primary": True, "value": "another.berg@acme.example", "type": "work"}],
    )

    changed = fresh(mia)
    assert changed.uid == mia.uid
    assert changed.name == "Another Berg"
    assert changed.email == changed.user_name == "another.berg@acme.example"
    assert Person.objects.count() == 1


def test_wizard_sets_and_clears_the_manager(
    provider: Provider, mia: Person, ada: Person, nia: Person
) -> None:
    for manager in (ada, nia):
        work = {"department": "Sales", "manager": {"value": str(manager.uid)}}
        put(provider, mia, **{ENTERPRISE: work})
        assert fresh(mia).manager == manager
    put(provider, mia, **{ENTERPRISE: {"department": "Sales"}})
    assert fresh(mia).manager is None


@pytest.mark.parametrize("how", ["wizard", "catalogue"])
def test_user_is_deactivated_and_activated(
    provider: Provider, mia: Person, acme: Company, visit: Visit, how: str
) -> None:
    def activate(active: bool) -> Any:
        if how == "wizard":
            return put(provider, mia, active=active)
        return provider.patch(f"/Users/{mia.uid}", okta.activation(active))

    browser = visit(acme, mia)
    assert is_signed_in(browser)

    assert activate(False)["active"] is False
    assert fresh(mia).employment_status == EmploymentStatus.TERMINATED
    assert not is_signed_in(browser)
    assert provider.get(okta.by_user_name("mia.berg@acme.example"))["totalResults"] == 1

    assert activate(True)["active"] is True
    back = fresh(mia)
    assert (back.uid, back.employment_status) == (mia.uid, EmploymentStatus.ACTIVE)
    assert back.name == "Mia Berg"


def test_wizard_puts_groups(provider: Provider, mia: Person) -> None:
    member = okta.member(provider.get(f"/Users/{mia.uid}"))
    made = provider.post("/Groups", okta.group("Test SCIMv2"))
    path = f"/Groups/{made['id']}"
    group = DirectoryGroup.objects.get()
    assert made["members"] == []

    shown = provider.put(path, okta.group("Test SCIMv2", member))
    assert [entry["value"] for entry in shown["members"]] == [str(mia.uid)]
    assert list(group.members.all()) == [mia]
    provider.put(path, okta.group("Test SCIMv20", member))
    group.refresh_from_db()
    assert group.name == "Test SCIMv20"
    provider.put(path, okta.group("Test SCIMv20"))
    assert not group.members.exists()
    provider.delete(path)
    assert not DirectoryGroup.objects.exists()


def test_catalogue_patches_groups(
    provider: Provider, mia: Person, lee: Person, nia: Person
) -> None:
    made = provider.post("/Groups", okta.group("Test SCIMv2"))
    path, group = f"/Groups/{made['id']}", DirectoryGroup.objects.get()
    entries = [okta.member(provider.get(f"/Users/{one.uid}")) for one in (mia, lee, nia)]

    provider.patch(path, okta.renamed(made["id"], "Test SCIMv20"))
    group.refresh_from_db()
    assert group.name == "Test SCIMv20"

    provider.patch(path, {"op": "replace", "path": "members", "value": entries[:2]})
    assert set(group.members.all()) == {mia, lee}
    provider.patch(
        path,
        {"op": "remove", "path": f'members[value eq "{mia.uid}"]'},
        {"op": "add", "path": "members", "value": entries[2:]},
    )
    assert set(group.members.all()) == {lee, nia}
