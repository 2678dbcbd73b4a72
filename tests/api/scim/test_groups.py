"""Groups: how they are read and written, and what they do not do."""

from typing import Any
from urllib.parse import quote

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from api.models import Scope
from tenants.companies.context import working_for
from tenants.companies.models import Company
from tenants.people.actions import deprovision, save_group
from tenants.people.models import DirectoryGroup, Person
from tests.api.asking import Visit
from tests.api.scim.provider import CORE, MESSAGES, Provider, connect

NOBODY = "0199a1b2-0000-7000-8000-00000000ffff"


@pytest.fixture
def sales(lee: Person) -> DirectoryGroup:
    return save_group(name="Sales", external_id="g-sales", members=[lee])


def body(name: str, *members: Person, **others: Any) -> dict[str, Any]:
    return {
        "schemas": [f"{CORE}:Group"],
        "displayName": name,
        "members": [{"value": str(member.uid)} for member in members],
        **others,
    }


def op(word: str, path: str | None, value: Any = None) -> dict[str, Any]:
    parts = {"op": word, "path": path, "value": value}
    return {name: part for name, part in parts.items() if part is not None}


def members_of(group: DirectoryGroup) -> set[Person]:
    return set(group.members.all())


def test_group_is_made_and_read(provider: Provider, lee: Person, nia: Person) -> None:
    answer = provider.ask("POST", "/Groups", body(" Sales  DACH", lee, nia, externalId="g-1"))
    made = answer.json()
    group = DirectoryGroup.objects.get()

    assert answer.status_code == 201
    assert answer["Location"] == made["meta"]["location"]
    assert answer["Location"].endswith(f"/scim/v2/Groups/{group.uid}")
    assert answer["ETag"] == made["meta"]["version"]
    assert made["id"] == str(group.uid)
    assert (made["displayName"], made["externalId"]) == ("Sales DACH", "g-1")
    named = provider.get(f"/Groups/{group.uid}?attributes=members.display")["members"]
    assert {member["display"] for member in named} == {"Lee Tanaka", "Nia Haddad"}
    assert made["members"][0]["$ref"].endswith(f"/scim/v2/Users/{made['members'][0]['value']}")
    assert members_of(group) == {lee, nia}
    assert provider.get(f"/Groups/{group.uid}") == made


def test_what_a_client_may_not_say_is_ignored(provider: Provider) -> None:
    made = provider.post("/Groups", body("Sales", id="mine", meta={"resourceType": "Group"}))
    assert made["id"] != "mine"
    assert made["members"] == []


def test_put_replaces(provider: Provider, sales: DirectoryGroup, nia: Person) -> None:
    shown = provider.put(f"/Groups/{sales.uid}", body("Support", nia))
    sales.refresh_from_db()
    assert (sales.name, sales.external_id) == ("Support", None)
    assert members_of(sales) == {nia}
    assert shown["displayName"] == "Support"
    provider.put(f"/Groups/{sales.uid}", {"schemas": [f"{CORE}:Group"], "displayName": "Support"})
    assert members_of(sales) == set()


def test_group_goes_and_its_members_stay(
    provider: Provider, sales: DirectoryGroup, lee: Person
) -> None:
    provider.delete(f"/Groups/{sales.uid}")
    provider.delete(f"/Groups/{sales.uid}", status=404)
    provider.get(f"/Groups/{sales.uid}", status=404)
    assert Person.objects.filter(pk=lee.pk).exists()


def test_group_gives_nobody_a_right(provider: Provider, lee: Person) -> None:
    provider.post("/Groups", body("Administrators", lee))
    lee.refresh_from_db()
    assert (lee.is_staff, lee.is_superuser) == (False, False)
    assert not lee.groups.exists()


@pytest.mark.parametrize("name", ["Sales", "SALES", " sales "])
def test_name_is_taken_regardless_of_case(
    provider: Provider, sales: DirectoryGroup, name: str
) -> None:
    other = provider.post("/Groups", body("Support"))
    refusals = [
        provider.post("/Groups", body(name), status=409),
        provider.put(f"/Groups/{other['id']}", body(name), status=409),
        provider.patch(f"/Groups/{other['id']}", op("replace", "displayName", name), status=409),
    ]
    for refusal in refusals:
        assert refusal["scimType"] == "uniqueness"
        assert "displayName" in refusal["detail"]
    assert DirectoryGroup.objects.count() == 2


def test_external_id_is_taken(provider: Provider, sales: DirectoryGroup) -> None:
    refusal = provider.post("/Groups", body("Support", externalId="g-sales"), status=409)
    assert refusal["scimType"] == "uniqueness"
    assert "externalId" in refusal["detail"]


def test_member_who_is_not_there_is_named(
    provider: Provider,
    sales: DirectoryGroup,
    lee: Person,
    nia: Person,
    globex: Company,
    gus: Person,
) -> None:
    deprovision(person=nia, source="scim")
    for unknown in (NOBODY, "not-a-uid", str(gus.uid), str(nia.uid)):
        entry = [{"value": str(lee.uid)}, {"value": unknown}]
        refusals = [
            provider.post("/Groups", {**body("New"), "members": entry}, status=400),
            provider.put(f"/Groups/{sales.uid}", {**body("New"), "members": entry}, status=400),
            provider.patch(f"/Groups/{sales.uid}", op("add", "members", entry), status=400),
            provider.patch(f"/Groups/{sales.uid}", op("replace", "members", entry), status=400),
        ]
        for refusal in refusals:
            assert refusal["scimType"] == "invalidValue"
            assert unknown in refusal["detail"]
    sales.refresh_from_db()
    assert sales.name == "Sales"
    assert members_of(sales) == {lee}
    assert DirectoryGroup.objects.count() == 1


def test_group_within_a_group_is_refused_with_the_reason(
    provider: Provider, sales: DirectoryGroup
) -> None:
    entry = [{"value": str(sales.uid), "type": "Group"}]
    refusal = provider.post("/Groups", {**body("All"), "members": entry}, status=400)
    assert refusal["scimType"] == "invalidValue"
    assert "groups within groups" in refusal["detail"]


def test_patch_answers_without_a_body_unless_attributes_are_asked_for(
    provider: Provider, sales: DirectoryGroup
) -> None:
    path = f"/Groups/{sales.uid}"
    before = provider.get(path)["meta"]["version"]
    assert provider.patch(path, op("replace", "displayName", "Support")) is None
    assert provider.get(path)["meta"]["version"] != before
    shown = provider.patch(f"{path}?attributes=displayName", op("replace", "displayName", "S"))
    assert shown["displayName"] == "S"


def test_operations_on_members_follow_each_other(
    provider: Provider, sales: DirectoryGroup, ada: Person, lee: Person, nia: Person
) -> None:
    path, (a, n) = f"/Groups/{sales.uid}", (str(ada.uid), str(nia.uid))
    provider.patch(path, op("add", "members", [{"value": a}, {"Value": a.upper()}]))
    assert members_of(sales) == {lee, ada}
    provider.patch(path, op("add", "members", [{"value": n}]), op("remove", "members"))
    assert members_of(sales) == set()
    provider.patch(
        path,
        op("replace", "members", [{"value": a}]),
        op("add", "members", [{"value": n}]),
        op("remove", f'members[value eq "{a.upper()}"]'),
        op("remove", f'members[value eq "{NOBODY}"]'),
        op("replace", "displayName", "Support"),
    )
    assert members_of(sales) == {nia}
    provider.patch(path, op("add", None, {"members": [{"value": a}], "externalId": "g-2"}))
    assert members_of(sales) == {nia, ada}
    provider.patch(path, op("remove", f'members[value eq "{a}" or value eq "{n}"]'))
    assert members_of(sales) == set()
    sales.refresh_from_db()
    assert (sales.name, sales.external_id) == ("Support", "g-2")


def test_what_changes_nothing_keeps_the_version(
    provider: Provider, sales: DirectoryGroup, lee: Person
) -> None:
    path = f"/Groups/{sales.uid}"
    before = provider.get(path)
    provider.patch(
        path,
        op("add", "members", [{"value": str(lee.uid)}]),
        op("remove", f'members[value eq "{NOBODY}"]'),
        op("remove", "members", []),
        op("replace", "displayName", "Sales"),
    )
    assert provider.get(path) == before


@pytest.mark.parametrize(
    ("operation", "scim_type"),
    [
        (op("replace", f'members[value eq "{NOBODY}"].value', NOBODY), "mutability"),
        (op("replace", "members.value", NOBODY), "mutability"),
        (op("remove", 'members[display co "Lee"]'), "invalidFilter"),
        (op("remove", 'members[value ne "x"]'), "invalidFilter"),
        (op("replace", "displayName", ""), "mutability"),
        (op("remove", "displayName"), "mutability"),
        (op("replace", "displayName", "x" * 201), "invalidValue"),
        (op("replace", "displayName", "a\x00b"), "invalidValue"),
        (op("replace", "id", "mine"), "mutability"),
        (op("replace", "owner", "x"), "invalidPath"),
        (op("add", "members", [{"nope": "x"}]), "invalidValue"),
        (op("add", "members", [{"value": 5}]), "invalidValue"),
        (op("add", "members", [{"value": {"value": ["x"]}}]), "invalidValue"),
        (op("add", "members.value", 5), "mutability"),
    ],
)
def test_bad_patch_is_refused_whole(
    provider: Provider, sales: DirectoryGroup, lee: Person, operation: Any, scim_type: str
) -> None:
    refusal = provider.patch(f"/Groups/{sales.uid}", op("remove", "members"), operation, status=400)
    assert refusal["scimType"] == scim_type
    assert members_of(sales) == {lee}


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"displayName": "Sales"}, "schemas"),
        ({"schemas": [f"{CORE}:User"], "displayName": "Sales"}, "schemas"),
        ({"schemas": [f"{CORE}:Group"]}, "displayName"),
        (body(""), "displayName"),
        (body("Sales", nope="x"), "nope"),
        (body("x" * 201), "displayName"),
        (body("Sales", externalId="x" * 201), "externalId"),
        (body("Sales", externalId=5), "externalId"),
    ],
)
def test_bad_group_is_refused(provider: Provider, sent: dict[str, Any], said: str) -> None:
    assert said in provider.post("/Groups", sent, status=400)["detail"]
    assert not DirectoryGroup.objects.exists()


def test_stale_version_is_refused(provider: Provider, sales: DirectoryGroup, nia: Person) -> None:
    path = f"/Groups/{sales.uid}"
    old = {"If-Match": provider.get(path)["meta"]["version"]}
    patch = {
        "schemas": ["urn:ietf:params:scim:api:messages:2.0:PatchOp"],
        "Operations": [op("add", "members", [{"value": str(nia.uid)}])],
    }
    assert provider.ask("PATCH", path, patch, old).status_code == 204
    for method, sent in (("PATCH", patch), ("PUT", body("X")), ("DELETE", None)):
        assert provider.ask(method, path, sent, old).status_code == 412
    current = {"If-Match": provider.get(path)["meta"]["version"]}
    assert provider.ask("DELETE", path, None, current).status_code == 204


def test_few_members_of_a_large_group_cost_little(
    provider: Provider, sales: DirectoryGroup, lee: Person, nia: Person
) -> None:
    crowd = Person.objects.bulk_create(
        Person(given_name=f"P{number}", email=f"p{number}@acme.example") for number in range(5000)
    )
    sales.members.add(*crowd)
    path = f"/Groups/{sales.uid}"
    provider.get("/Groups/nobody", status=404)  # notes the token's use
    with CaptureQueriesContext(
        connection,
    ) as captured:
        provider.patch(
            path,
            op("add", "members", [{"value": str(nia.uid)}]),
            op("remove", f'members[value eq "{lee.uid}"]'),
            op("remove", "members", [{"value": str(crowd[0].uid)}]),
        )
    assert len(captured) <= 20
    assert max(len(query["sql"]) for query in captured) < 2_000
    assert sales.members.count() == 5000
    assert not sales.members.filter(pk__in=[lee.pk, crowd[0].pk]).exists()
    assert sales.members.filter(pk=nia.pk).exists()


def test_members_that_nobody_asks_for_are_not_read(
    provider: Provider, sales: DirectoryGroup, lee: Person
) -> None:
    by_name = "?excludedAttributes=members&filter=displayName%20eq%20%22SALES%22"
    provider.get("/Groups")  # notes the token's use
    with CaptureQueriesContext(connection) as captured:
        one = provider.get(f"/Groups/{sales.uid}?excludedAttributes=members")
        (listed,) = provider.get(f"/Groups{by_name}")["Resources"]
        short = provider.get(f"/Groups/{sales.uid}?attributes=displayName")
    assert "members" not in one
    assert one == listed
    assert set(short) == {"schemas", "id", "displayName"}
    assert not any("directorygroup_members" in query["sql"] for query in captured)


def test_groups_are_filtered_sorted_and_paged(
    provider: Provider, sales: DirectoryGroup, lee: Person, nia: Person
) -> None:
    save_group(name="support", external_id="g-support", members=[lee, nia])
    save_group(name="Alumni", external_id=None, members=[])

    def names(query: str) -> list[str]:
        return [group["displayName"] for group in provider.get(f"/Groups?{query}")["Resources"]]

    assert names("sortBy=displayName") == ["Alumni", "Sales", "support"]
    assert names("sortBy=displayName&sortOrder=descending&count=1&startIndex=2") == ["Sales"]
    for expression, expected in (
        ('displayName eq "SALES"', ["Sales"]),
        ('displayName sw "s" and not (externalId eq "g-sales")', ["support"]),
        ('externalId eq "g-support"', ["support"]),
        ("externalId pr", ["Sales", "support"]),
        (f'members.value eq "{nia.uid}"', ["support"]),
        (f'members[value eq "{lee.uid}"]', ["Sales", "support"]),
        ('members[display co "haddad"]', ["support"]),
        (f'id eq "{sales.uid}" and members eq "{lee.uid}"', ["Sales"]),
        (f'id eq "{sales.uid}" and members eq "{nia.uid}"', []),
        ("not (members pr)", ["Alumni"]),
    ):
        assert names(f"filter={quote(expression)}") == expected
    search = {"schemas": [f"{MESSAGES}:SearchRequest"], "filter": 'displayName eq "sales"'}
    assert provider.post("/Groups/.search", search, status=200)["totalResults"] == 1
    assert "owner" in provider.get('/Groups?filter=owner%20eq%20"x"', status=400)["detail"]


def test_list_costs_the_same_however_many_groups(
    provider: Provider, sales: DirectoryGroup, lee: Person, nia: Person
) -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert provider.get("/Groups")["Resources"][0]["members"]
        return len(captured)

    provider.get("/Groups")
    few = cost()
    for number in range(20):
        save_group(name=f"Team {number}", external_id=None, members=[lee, nia])
    assert cost() == few <= 10


def test_who_has_been_deleted_is_in_no_group(
    provider: Provider, sales: DirectoryGroup, lee: Person
) -> None:
    deprovision(person=lee, source="scim")
    assert provider.get(f"/Groups/{sales.uid}")["members"] == []
    assert provider.get(f'/Groups?filter=members.value%20eq%20"{lee.uid}"')["totalResults"] == 0


def test_unchanged_group_is_not_sent_again(provider: Provider, sales: DirectoryGroup) -> None:
    path = f"/Groups/{sales.uid}"
    version = provider.ask("GET", path)["ETag"]
    again = provider.ask("GET", path, headers={"If-None-Match": version})
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", version)


def test_who_may(acme: Company, globex: Company, visit: Visit, sales: DirectoryGroup) -> None:
    path = f"/Groups/{sales.uid}"
    reader = connect(visit, acme, [Scope.PEOPLE_READ])
    assert reader.get(path)["displayName"] == "Sales"
    reader.delete(path, status=403)
    reader.post("/Groups", body("New"), status=403)
    writer = connect(visit, acme, [Scope.PEOPLE_WRITE])
    writer.get(path, status=403)
    with working_for(globex):
        stranger = connect(visit, globex)
    stranger.get(path, status=404)
    stranger.delete(path, status=404)
    with working_for(acme):
        assert DirectoryGroup.objects.filter(pk=sales.pk).exists()


def test_name_that_somebody_took_meanwhile_is_a_conflict(
    provider: Provider, sales: DirectoryGroup, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(DirectoryGroup, "full_clean", lambda group: None)  # it was free just now
    assert provider.post("/Groups", body("Sales"), status=409)["scimType"] == "uniqueness"
