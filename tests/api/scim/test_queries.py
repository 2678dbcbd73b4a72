"""Filters, sorting and pages of ``/Users``, and searches."""

from datetime import date, timedelta
from typing import Any
from urllib.parse import quote

import pytest
from django.utils import timezone
from scim2_models import ScimFilter

from api.scim.resources import MAX_RESULTS, FullUser
from api.scim.users import as_model, represent, visible_people
from tenants.companies.models import Company
from tenants.people.models import DirectoryGroup, EmploymentStatus, Person
from tests.api.asking import Visit
from tests.api.scim.provider import CORE, ENTERPRISE, MESSAGES, OURS, Provider, connect

SEARCH = f"{MESSAGES}:SearchRequest"


def names(provider: Provider, **parameters: Any) -> list[str]:
    query = "&".join(f"{name}={quote(str(value))}" for name, value in parameters.items())
    return [user["userName"] for user in provider.get(f"/Users?{query}")["Resources"]]


@pytest.fixture
def everybody(olive: Person, ada: Person, lee: Person, nia: Person) -> dict[str, Person]:
    """Four people who differ in everything that can be asked for."""
    olive.user_name, olive.external_id = "olive", "Ext-1"
    olive.attributes = {"userType": "Employee", "costCenter": "CC 7", "locale": "de-AT"}
    olive.locale, olive.time_zone, olive.location = "de", "Europe/Berlin", "Zürich"
    ada.employee_number, ada.preferred_name, ada.ended_on = "1002", "Åse", date(2030, 1, 31)
    ada.employment_status = EmploymentStatus.LEAVE
    ada.attributes = {"active": False, "timezone": "Mars", "emails.type": "home"}
    lee.email, lee.employee_number, lee.external_id = None, "1003", "ext-1"
    lee.attributes = {"employmentStatus": "active", "emails.primary": False, "team": ["a"]}
    nia.user_name, nia.awaited_manager, nia.manager = "nia@acme.example", "key:boss:1", None
    nia.employment_status, nia.ended_on = EmploymentStatus.TERMINATED, date(2026, 11, 17)
    nia.given_name, nia.family_name = "nia", ""
    people = {"olive": olive, "ada": ada, "lee": lee, "nia": nia}
    for person in people.values():
        person.save()
    for name, members in (("Sales", [lee, nia]), ("Support", [nia])):
        DirectoryGroup.objects.create(name=name).members.set(members)
    return people


FILTERS = [
    'userName eq "OLIVE"', 'userName ne "olive"', 'userName co "ADA"', 'userName sw "nia@"',
    'userName ew ".example"', "userName pr", 'userName gt "lee"', 'userName ge "olive"',
    'userName lt "b"', 'userName le "1003"', 'userName eq "1003"', 'userName eq "nobody"',
    'userName eq null', 'userName ne null', 'not (userName eq "olive")',
    'externalId eq "ext-1"', 'externalId eq "EXT-1"', 'externalId ne "ext-1"', "externalId pr",
    'externalId sw "E"', "not (externalId pr)", "externalId eq null",
    'name.givenName eq "nia"', 'name.familyName co "AN"', 'name.formatted eq "ada lindqvist"',
    "name pr", "not (name pr)", 'displayName eq "åse lindqvist"', 'displayName sw "ÅSE"',
    'nickName pr', 'title eq "x%"', 'title co "&"', 'title ne "Head of L&D"', "title pr",
    'userType eq "employee"', "userType pr", 'locale eq "DE-at"', 'locale eq "de"', "locale pr",
    'timezone eq "europe/berlin"', 'timezone eq "mars"', "preferredLanguage pr",
    "active eq true", "active eq false", "active ne true", "active pr", "not (active eq true)",
    'emails eq "ada.lindqvist@acme.example"', 'emails.value co "nia"', "emails pr",
    'emails.type eq "work"', 'emails.type ne "work"', "emails.primary eq true",
    'emails[type eq "work" and value co "nia"]', 'emails[type eq "home"]',
    'emails[not (type eq "work")]', "emails[primary eq false]", 'emails ne "x"',
    'groups pr', 'groups.display eq "sales"', 'groups.display ne "sales"',
    'groups[display eq "support"]', 'not (groups[display sw "s"])', 'groups[display eq "x"]',
    'meta.resourceType eq "User"', 'meta.resourceType eq "user"', "meta pr",
    'meta.created gt "2020-01-01T00:00:00Z"', 'meta.lastModified lt "2020-01-01T00:00:00"',
    f'{ENTERPRISE}:employeeNumber eq "1002"', f'{ENTERPRISE}:employeeNumber ge "1002"',
    f'{ENTERPRISE}:department eq "SALES"', f'{ENTERPRISE}:costCenter sw "cc"',
    f"{ENTERPRISE}:division pr", f"{ENTERPRISE}:manager pr",
    f'{ENTERPRISE}:manager.displayName co "lindqvist"', f'{ENTERPRISE}:manager.value eq "boss:1"',
    f'{ENTERPRISE}:manager.value ne "boss:1"',
    f'{OURS}:hireDate gt "2026-01-01"', f'{OURS}:hireDate eq "2024-03-01"',
    f'{OURS}:endDate lt "2027-01-01"', f"{OURS}:endDate pr", f"{OURS}:rehireDate pr",
    f'{OURS}:employmentStatus eq "leave"', f'{OURS}:employmentStatus ne "leave"',
    f"{OURS}:employmentStatus pr", f'{OURS}:location eq "ZÜRICH"',
    'title pr and (userName sw "o" or userName sw "a")',
    'title pr and userName sw "o" or active eq false',
    f'{CORE}:User:userName eq "olive"', 'USERNAME Eq "olive"',
]  # fmt: skip


@pytest.mark.parametrize("expression", FILTERS)
def test_database_and_memory_agree(
    provider: Provider, everybody: dict[str, Person], expression: str
) -> None:
    """scim2-models evaluates the same filter on the same resources."""
    in_memory = ScimFilter[FullUser](expression)
    people = [represent(person, "https://x") for person in visible_people()]
    expected = [user["userName"] for user in people if in_memory.match(as_model(user), strict=True)]
    assert names(provider, filter=expression) == expected


def test_filters_find_somebody_and_not_everybody(
    provider: Provider, everybody: dict[str, Person]
) -> None:
    found = [len(names(provider, filter=expression)) for expression in FILTERS]
    assert sum(0 < count < 4 for count in found) > len(FILTERS) * 0.6


def test_references_are_found_by_id_and_address(
    provider: Provider, everybody: dict[str, Person]
) -> None:
    ada, lee = everybody["ada"], everybody["lee"]
    location = provider.get(f"/Users/{ada.uid}")["meta"]["location"]
    for expression in (
        f'id eq "{lee.uid}"',
        f'id sw "{str(lee.uid)[:30]}" and id ew "{str(lee.uid)[-6:]}"',
        f'{ENTERPRISE}:manager.value eq "{ada.uid}"',
        f'{ENTERPRISE}:manager.$ref eq "{location}"',
        f'id eq "{lee.uid}" and manager eq "{ada.uid}"',  # as Entra asks
        f'manager.value eq "{ada.uid}" and employeeNumber eq "1003"',
    ):
        assert names(provider, filter=expression) == ["1003"]
    assert names(provider, filter=f'meta.location eq "{location}"') == [ada.email]
    assert names(provider, filter=f'id eq "{lee.uid}" and manager eq "{lee.uid}"') == []
    assert names(provider, filter='id eq "not an id"') == []
    assert len(names(provider, filter='id ne "not an id"')) == 4


def test_probe_for_a_random_name_finds_nobody(provider: Provider, ada: Person) -> None:
    """As Entra and Okta test a connection: 200, and integers."""
    told = provider.get('/Users?filter=userName%20eq%20"6b3e9a0c-1b1c"&startIndex=1&count=100')
    assert told == {
        "schemas": [f"{MESSAGES}:ListResponse"],
        "totalResults": 0,
        "startIndex": 1,
        "itemsPerPage": 0,
        "Resources": [],
    }


@pytest.mark.parametrize(
    ("expression", "told"),
    [
        ('shoeSize eq "42"', "shoeSize"),
        ('userName zz "x"', "column 10"),
        ("userName eq", ""),
        ('userName eq "x', ""),
        ("userName eq 5", "userName"),
        ("userName co 5", "userName"),
        ('active eq "perhaps"', "active"),
        ("active gt true", "active"),
        ('meta.created gt "yesterday"', "created"),
        ('meta.created co "2026"', "meta.created"),
        ('name eq "x"', "name"),
        ('title[value eq "x"]', "title"),
        ('emails[size eq "x"]', "size"),
        ('meta.version eq "x"', "version"),
        ('schemas eq "x"', "schemas"),
        ('userName eq "\\u0000"', "userName"),
        ("(" * 60 + "title pr" + ")" * 60, "brackets"),
        (f'title eq "{"x" * 4_000}"', "characters"),
    ],
)
def test_bad_filter_is_refused_by_name(
    provider: Provider, ada: Person, expression: str, told: str
) -> None:
    error = provider.get(f"/Users?filter={quote(expression)}", status=400)
    assert error["scimType"] == "invalidFilter"
    assert told in error["detail"]


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("fliter=x", "Did you mean filter"),
        ("cursor=x", "cursor"),
        ("count=many", "count"),
        ("startIndex=1.5", "startIndex"),
        ("sortBy=shoeSize", "shoeSize"),
        ("sortBy=name", "name"),
        ("sortBy=groups", "groups"),
        ("sortBy=title&sortOrder=upwards", "sortOrder"),
        ("attributes=title&excludedAttributes=name", "mutually exclusive"),
    ],
)
def test_bad_parameter_is_refused_by_name(provider: Provider, query: str, told: str) -> None:
    assert told in provider.get(f"/Users?{query}", status=400)["detail"]


def test_sorting(provider: Provider, everybody: dict[str, Person]) -> None:
    """Without a value last, descending first; what is equal in the order of creation."""
    olive, ada, lee, nia = "olive", everybody["ada"].email, "1003", "nia@acme.example"
    assert names(provider) == [olive, ada, lee, nia]
    for sort_by, ascending in (
        ("userName", [lee, ada, nia, olive]),
        (f"{ENTERPRISE}:employeeNumber", [ada, lee, olive, nia]),
        ("name.familyName", [ada, olive, lee, nia]),
        ("emails", [ada, nia, olive, lee]),
        ("active", [ada, nia, olive, lee]),
        ("meta.created", [olive, ada, lee, nia]),
        ("externalId", [olive, lee, ada, nia]),
        (f"{OURS}:endDate", [nia, ada, olive, lee]),
    ):
        assert names(provider, sortBy=sort_by) == ascending
    assert names(provider, sortBy="emails", sortOrder="descending") == [lee, olive, nia, ada]


def test_pages(provider: Provider, everybody: dict[str, Person]) -> None:
    def page(query: str) -> tuple[int, int, int, int]:
        told = provider.get(f"/Users?{query}")
        counted = [told[name] for name in ("totalResults", "startIndex", "itemsPerPage")]
        return *counted, len(told["Resources"])

    assert page("") == (4, 1, 4, 4)
    assert page("count=3") == (4, 1, 3, 3)
    assert page("startIndex=4&count=3") == (4, 4, 1, 1)
    assert page("startIndex=9") == (4, 9, 0, 0)
    assert page("startIndex=0&count=1") == (4, 1, 1, 1)
    assert page("startIndex=-3&count=0") == (4, 1, 0, 0)
    assert page("count=-1") == (4, 1, 0, 0)
    assert page("count=99999999999999999999") == (4, 1, 4, 4)
    assert page("startIndex=99999999999999999999") == (4, 99999999999999999999, 0, 0)


def test_page_is_never_longer_than_we_say(provider: Provider, acme: Company) -> None:
    Person.objects.bulk_create(
        Person(email=f"p{number}@acme.example", given_name="P") for number in range(MAX_RESULTS + 5)
    )
    told = provider.get(f"/Users?count={MAX_RESULTS + 5}")
    assert (told["totalResults"], told["itemsPerPage"]) == (MAX_RESULTS + 5, MAX_RESULTS)
    assert len(provider.get(f"/Users?startIndex={MAX_RESULTS + 1}")["Resources"]) == 5


def test_page_costs_the_same_for_two_people_and_for_forty(
    provider: Provider, ada: Person, person, django_assert_num_queries
) -> None:
    group = DirectoryGroup.objects.create(name="Sales")
    for number in range(40):
        group.members.add(person(f"P{number}", "Ek", manager=ada, department=ada.department))
    provider.get("/Users?count=1")  # reads the token, and notes its use
    for count in (2, 40):
        # how many, in which order, the people, their groups
        with django_assert_num_queries(4):
            provider.get(f"/Users?count={count}")
    with django_assert_num_queries(3):
        provider.get("/Users?excludedAttributes=groups")
    with django_assert_num_queries(1):
        provider.get("/Users?count=0")


def test_who_was_deleted_is_not_listed(provider: Provider, ada: Person, lee: Person) -> None:
    Person.objects.filter(pk=lee.pk).update(deprovisioned_at=timezone.now())
    Person.objects.filter(pk=ada.pk).update(employment_status="terminated")
    assert names(provider) == [ada.email]
    assert names(provider, filter=f'id eq "{lee.uid}"') == []


def test_attributes_are_chosen(provider: Provider, everybody: dict[str, Person]) -> None:
    olive = everybody["olive"]
    told = provider.get("/Users?attributes=userName,name.familyName&count=1")["Resources"]
    assert told == [
        {
            "schemas": [f"{CORE}:User"],
            "id": str(olive.uid),
            "userName": "olive",
            "name": {"familyName": "Okafor"},
        }
    ]
    one = provider.get(f"/Users/{olive.uid}?attributes=name.formatted,{OURS}:location")
    assert one["name"] == {"formatted": "Olive Okafor"}
    assert one[OURS] == {"location": "Zürich"}
    fewer = provider.get(f"/Users/{olive.uid}?excludedAttributes=id,name,{ENTERPRISE}")
    assert {"id", "userName"} <= set(fewer)
    assert not {"name", ENTERPRISE} & set(fewer)
    assert "formatted" not in provider.get(f"/Users/{olive.uid}")["name"]


def test_search_in_a_body(provider: Provider, everybody: dict[str, Person]) -> None:
    asked = {
        "schemas": [SEARCH],
        "filter": "title pr",
        "sortBy": "userName",
        "count": 2,
        "startIndex": 2,
        "attributes": ["userName"],
    }
    told = provider.post("/Users/.search", asked, status=200)
    assert told["totalResults"] == 4
    assert [user["userName"] for user in told["Resources"]] == [
        everybody["ada"].email,
        "nia@acme.example",
    ]
    assert all("title" not in user for user in told["Resources"])
    error = provider.post("/Users/.search", {"schemas": [SEARCH], "fliter": "x"}, status=400)
    assert "fliter" in error["detail"]


def test_search_over_everything(provider: Provider, everybody: dict[str, Person]) -> None:
    def kinds(**parameters: Any) -> list[tuple[str, str]]:
        told = provider.post("/.search", {"schemas": [SEARCH], **parameters}, status=200)
        return [(each["meta"]["resourceType"], each["displayName"]) for each in told["Resources"]]

    assert len(kinds()) == 6
    assert kinds(filter='displayName sw "s"') == [("Group", "Sales"), ("Group", "Support")]
    assert kinds(filter='userName eq "olive"') == [("User", "Olive Okafor")]
    assert kinds(filter='meta.resourceType eq "Group"', count=1, startIndex=2) == [
        ("Group", "Support")
    ]
    by_name = [name for _, name in kinds(sortBy="displayName")]
    assert by_name == ["Lee Tanaka", "nia", "Olive Okafor", "Sales", "Support", "Åse Lindqvist"]
    assert kinds(sortBy="userName", count=4)[0] == ("User", "Lee Tanaka")


def test_search_only_reads(acme: Company, visit: Visit, ada: Person) -> None:
    reader = connect(visit, acme, ["people:read"])
    assert reader.post("/.search", {"schemas": [SEARCH]}, status=200)["totalResults"] == 1
    writer = connect(visit, acme, ["people:write"])
    assert "people:read" in writer.post("/.search", {"schemas": [SEARCH]}, status=403)["detail"]


def test_moments_are_compared_as_moments(provider: Provider, ada: Person) -> None:
    made = ada.created_at
    later = (made + timedelta(seconds=1)).isoformat()
    assert names(provider, filter=f'meta.created eq "{made.isoformat()}"') == [ada.email]
    assert names(provider, filter=f'meta.created ge "{later}"') == []
