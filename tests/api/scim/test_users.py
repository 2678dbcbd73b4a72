"""Users: what each attribute becomes, and how people come, change, leave and come back."""

from datetime import date, datetime
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from scim2_models import Context

from api.scim.users import as_model, represent, visible_people
from tenants.companies.models import Company
from tenants.people.actions import sync_people
from tenants.people.models import DirectoryGroup, EmploymentStatus, Person, SyncRun
from tests.api.asking import Visit
from tests.api.scim.provider import CORE, ENTERPRISE, MESSAGES, OURS, Provider, connect

USER = f"{CORE}:User"
pytestmark = pytest.mark.usefixtures("clock")


def user(user_name: str | None, **others: Any) -> dict[str, Any]:
    return {"schemas": [USER, ENTERPRISE, OURS], "userName": user_name, **others}


FULL = user(
    "mia.berg",
    externalId="okta-1",
    name={"givenName": "Mia", "familyName": "Berg"},
    nickName="Mimi",
    title="Account Executive",
    userType="Employee",
    preferredLanguage="en-GB",
    locale="de-AT",
    timezone="Europe/Vienna",
    active=True,
    emails=[{"value": "mia@acme.example", "type": "home", "primary": True}],
    **{
        ENTERPRISE: {
            "employeeNumber": "1001",
            "costCenter": "CC 7",
            "organization": "Acme",
            "division": "EMEA",
            "department": "Sales",
        },
        OURS: {"hireDate": "2026-11-02", "endDate": "2027-10-31", "location": "Wien"},
    },
)


def person_of(shown: dict[str, Any]) -> Person:
    person: Person = Person.objects.select_related("manager", "department").get(uid=shown["id"])
    return person


def set_(path: str, value: Any) -> dict[str, Any]:
    return {"op": "replace", "path": path, "value": value}


def test_every_attribute_is_kept_and_told(provider: Provider) -> None:
    answer = provider.ask("POST", "/Users", FULL)
    shown = answer.json()

    assert answer.status_code == 201
    assert answer["Location"] == shown["meta"]["location"]
    assert answer["Location"].endswith(f"acme.localhost/scim/v2/Users/{shown['id']}")
    assert answer["ETag"] == shown["meta"]["version"]
    assert shown == FULL | {
        "id": shown["id"],
        "displayName": "Mimi Berg",
        "meta": shown["meta"],
    }
    assert provider.get(f"/Users/{shown['id']}") == shown
    mia = person_of(shown)
    assert (mia.external_id, mia.user_name, mia.employee_number) == ("okta-1", "mia.berg", "1001")
    assert (mia.given_name, mia.family_name, mia.preferred_name) == ("Mia", "Berg", "Mimi")
    assert (mia.email, mia.job_title, mia.location) == (
        "mia@acme.example",
        "Account Executive",
        "Wien",
    )
    assert (str(mia.department), mia.time_zone, mia.locale) == ("Sales", "Europe/Vienna", "de")
    assert (mia.hired_on, mia.ended_on) == (date(2026, 11, 2), date(2027, 10, 31))
    assert mia.employment_status == EmploymentStatus.ACTIVE
    run = SyncRun.objects.get()
    assert (run.source, run.origin, run.created) == ("scim", "Identity provider", 1)


def test_what_is_told_is_what_the_models_would_tell(provider: Provider) -> None:
    provider.post("/Users", FULL)
    (mia,) = visible_people()
    shown = represent(mia, "https://acme.example/scim/v2")
    told = as_model(shown).model_dump(scim_ctx=Context.RESOURCE_QUERY_RESPONSE)
    for each in (shown, told):
        for name in ("created", "lastModified"):
            each["meta"][name] = datetime.fromisoformat(each["meta"][name])
    assert shown == told


@pytest.mark.parametrize(
    ("sent", "given", "family", "shown"),
    [
        ({}, "bo.ek", "", None),
        ({"displayName": "Bo van Ek"}, "Bo", "van Ek", {"givenName": "Bo", "familyName": "van Ek"}),
        ({"name": {"familyName": "Ek"}}, "bo.ek", "Ek", {"givenName": "bo.ek", "familyName": "Ek"}),
        ({"name": {"formatted": "Bo Ek"}}, "bo.ek", "", None),
        ({"name": {"givenName": "Bo"}, "displayName": "X Y"}, "Bo", "", {"givenName": "Bo"}),
    ],
)
def test_everybody_gets_a_name(
    provider: Provider, sent: dict[str, Any], given: str, family: str, shown: dict[str, str] | None
) -> None:
    made = provider.post("/Users", user("bo.ek@acme.example", **sent))
    person = person_of(made)
    assert (person.given_name, person.family_name) == (given, family)
    assert made.get("name") == shown
    assert made["displayName"] == person.name


@pytest.mark.parametrize(
    ("user_name", "emails", "kept", "shown"),
    [
        ("bo@acme.example", None, "bo@acme.example", {"type": "work", "primary": True}),
        ("bo", None, None, None),
        ("bo", [{"value": "B@acme.example"}], "b@acme.example", {"type": "work", "primary": True}),
        (
            "bo",
            [{"value": "a@x.example", "type": "home"}, {"value": "b@x.example", "type": "work"}],
            "b@x.example",
            {"type": "work", "primary": True},
        ),
        (
            "bo",
            [{"value": "a@x.example", "type": "work"}, {"value": "b@x.example", "primary": "True"}],
            "b@x.example",
            {"type": "work", "primary": True},
        ),
        (
            "bo",
            [{"value": "a@x.example", "type": "private", "primary": False}],
            "a@x.example",
            {"type": "private", "primary": False},
        ),
        ("bo", [{"type": "work"}, {"value": None}], None, None),
    ],
)
def test_one_address_is_kept(
    provider: Provider,
    user_name: str,
    emails: list[Any] | None,
    kept: str | None,
    shown: dict[str, Any] | None,
) -> None:
    made = provider.post("/Users", user(user_name, emails=emails))
    assert person_of(made).email == kept
    assert made.get("emails") == (shown and [{"value": kept, **shown}])


def test_address_follows_the_user_name_it_was_taken_from(provider: Provider) -> None:
    made = provider.post("/Users", user("bo@acme.example"))
    path = f"/Users/{made['id']}"
    provider.patch(path, set_("userName", "bo.ek@acme.example"))
    assert person_of(made).email == "bo.ek@acme.example"
    provider.patch(path, set_('emails[type eq "work"].value', "office@acme.example"))
    provider.patch(path, set_("userName", "ek@acme.example"))
    assert person_of(made).email == "office@acme.example"


@pytest.mark.parametrize(
    ("timezone", "locale", "kept_zone", "kept_locale"),
    [
        ("Europe/Berlin", "de", "Europe/Berlin", "de"),
        ("Pacific Standard Time", "de_DE", "", "de"),
        ("Europe/Berlin", "tlh-KX", "Europe/Berlin", ""),
    ],
)
def test_places_are_understood_or_kept_as_sent(
    provider: Provider, timezone: str, locale: str, kept_zone: str, kept_locale: str
) -> None:
    made = provider.post("/Users", user("bo", timezone=timezone, locale=locale))
    person = person_of(made)
    assert (made["timezone"], made["locale"]) == (timezone, locale)
    assert (person.time_zone, person.locale) == (kept_zone, kept_locale)
    remove = [{"op": "remove", "path": path} for path in ("timezone", "locale")]
    shown = provider.patch(f"/Users/{made['id']}", *remove)
    assert not {"timezone", "locale"} & set(shown)
    assert person_of(made).time_zone == person_of(made).locale == ""


def test_attributes_of_other_sources_stay(provider: Provider, person) -> None:
    bo = person("Bo", "Ek", attributes={"badge": 7, "organization": {"id": 1}, "userType": "x"})
    path = f"/Users/{bo.uid}"
    provider.patch(path, set_("userType", "Employee"), set_(f"{ENTERPRISE}:division", "EMEA"))
    bo.refresh_from_db()
    assert bo.attributes == {
        "badge": 7,
        "organization": {"id": 1},
        "userType": "Employee",
        "division": "EMEA",
    }
    provider.put(path, user(bo.email))
    bo.refresh_from_db()
    assert bo.attributes == {"badge": 7, "organization": {"id": 1}}


def test_a_dateTime_is_its_day(provider: Provider) -> None:  # noqa: N802
    """Entra's employeeHireDate."""
    made = provider.post("/Users", user("bo", **{OURS: {"hireDate": "2026-12-01T00:00:00Z"}}))
    assert made[OURS] == {"hireDate": "2026-12-01", "employmentStatus": "prehire"}
    assert (made["active"], person_of(made).hired_on) == (True, date(2026, 12, 1))


@pytest.mark.parametrize(
    "manager", [{"value": "{}"}, "{}", {"value": "{}", "displayName": "x", "$ref": "y"}]
)
@pytest.mark.parametrize("by", ["uid", "email", "employee_number", "external_id", "user_name"])
def test_manager_is_named_by_any_key(provider: Provider, person, manager: Any, by: str) -> None:
    boss = person("Ada", "Ek", employee_number="7", external_id="hr-7", user_name="ada.ek")
    key = str(getattr(boss, by))
    sent = key if isinstance(manager, str) else {**manager, "value": key}
    made = provider.post("/Users", user("bo", **{ENTERPRISE: {"manager": sent}}))
    assert person_of(made).manager == boss
    told = made[ENTERPRISE]["manager"]
    assert told["value"] == str(boss.uid)
    assert told["$ref"].endswith(f"/scim/v2/Users/{boss.uid}")
    assert told["displayName"] == "Ada Ek"


def test_manager_is_awaited(provider: Provider) -> None:
    made = provider.post("/Users", user("bo", **{ENTERPRISE: {"manager": {"value": "boss"}}}))
    assert made[ENTERPRISE] == {"manager": {"value": "boss"}}
    assert person_of(made).manager is None
    boss = provider.post("/Users", user("boss"))
    assert person_of(made).manager == person_of(boss)


@pytest.mark.parametrize("nobody", [None, "", {}, {"value": ""}, {"value": None}, []])
def test_manager_is_removed(provider: Provider, lee: Person, nobody: Any) -> None:
    body = user(lee.email, name={"givenName": "Lee"}, **{ENTERPRISE: {"manager": nobody}})
    assert "manager" not in provider.put(f"/Users/{lee.uid}", body).get(ENTERPRISE, {})
    lee.refresh_from_db()
    assert lee.manager is None


def test_loop_of_managers_is_told(provider: Provider, ada: Person, lee: Person) -> None:
    operation = set_(f"{ENTERPRISE}:manager", {"value": str(lee.uid)})
    error = provider.patch(f"/Users/{ada.uid}", operation, status=400)
    assert error["scimType"] == "invalidValue"
    assert f"{ENTERPRISE}:manager.value" in error["detail"]
    assert "Ada Lindqvist → Lee Tanaka → Ada Lindqvist" in error["detail"]
    itself = set_(f"{ENTERPRISE}:manager", {"value": str(ada.uid)})
    assert "themselves" in provider.patch(f"/Users/{ada.uid}", itself, status=400)["detail"]


def test_people_of_a_file_are_users_too(provider: Provider, acme: Company) -> None:
    """Without a userName, the first of their other keys is it."""
    rows = [
        {"given_name": "A", "email": "a@acme.example", "employee_number": "1", "external_id": "x"},
        {"given_name": "B", "employee_number": "2", "external_id": "y"},
        {"given_name": "C", "external_id": "Z"},
    ]
    sync_people(rows=rows, source="csv")
    shown = provider.get("/Users")["Resources"]
    assert [each["userName"] for each in shown] == ["a@acme.example", "2", "Z"]
    for name in ("A@acme.example", "2", "z"):
        found = provider.get(f'/Users?filter=userName%20eq%20"{name}"')["Resources"]
        assert [each["userName"].lower() for each in found] == [name.lower()]
        assert provider.post("/Users", user(name), status=409)["scimType"] == "uniqueness"
    assert Person.objects.count() == 3


@pytest.mark.parametrize(
    ("others", "attribute"),
    [
        ({"userName": "MIA.berg"}, "userName"),
        ({"externalId": "okta-1"}, "externalId"),
        ({"emails": [{"value": "MIA@acme.example"}]}, "emails.value"),
        ({"userName": "mia@acme.example"}, "emails.value"),
        ({ENTERPRISE: {"employeeNumber": "1001"}}, f"{ENTERPRISE}:employeeNumber"),
    ],
)
def test_nobody_is_there_twice(provider: Provider, others: dict[str, Any], attribute: str) -> None:
    provider.post("/Users", FULL)
    error = provider.post("/Users", user("bo", **others), status=409)
    assert error["scimType"] == "uniqueness"
    assert error["detail"].startswith(f"{attribute}:")
    assert "Mimi Berg" in error["detail"]
    bo = provider.post("/Users", user("bo"))
    error = provider.put(f"/Users/{bo['id']}", user("bo", **others), status=409)
    assert error["scimType"] == "uniqueness"
    assert Person.objects.count() == 2


def test_user_name_that_somebody_goes_by_is_taken(provider: Provider, ada: Person) -> None:
    bo = provider.post("/Users", user("bo", emails=[{"value": "bo@acme.example"}]))
    error = provider.patch(f"/Users/{bo['id']}", set_("userName", ada.email), status=409)
    assert error["scimType"] == "uniqueness"


def test_put_clears_what_it_leaves_out(provider: Provider) -> None:
    made = provider.post("/Users", FULL)
    shown = provider.put(f"/Users/{made['id']}", user("mia.berg", id="x", meta={}, groups=[]))
    assert shown == {
        "schemas": [USER],
        "id": made["id"],
        "externalId": "okta-1",  # the key stays
        "userName": "mia.berg",
        "displayName": "mia.berg",
        "active": True,
        "meta": shown["meta"],
    }
    mia = person_of(made)
    assert (mia.job_title, mia.email, mia.department, mia.hired_on) == ("", None, None, None)
    assert mia.attributes == {}


def test_put_that_does_not_know_our_extension_leaves_it(provider: Provider) -> None:
    made = provider.post("/Users", FULL)
    body = {**user("mia.berg"), "schemas": [USER, ENTERPRISE]}
    shown = provider.put(f"/Users/{made['id']}", body)
    assert shown[OURS] == FULL[OURS]
    assert "title" not in shown


def test_put_without_active_leaves_whoever_has_left_where_they_are(provider: Provider) -> None:
    made = provider.post("/Users", user("bo", active=False))
    assert provider.put(f"/Users/{made['id']}", user("bo", title="CEO"))["active"] is False


@pytest.mark.parametrize("false", [False, "False", "false"])
def test_deactivated_and_back(provider: Provider, lee: Person, false: Any) -> None:
    path = f"/Users/{lee.uid}"
    shown = provider.patch(path, set_("active", false))
    lee.refresh_from_db()
    assert (shown["active"], lee.employment_status) == (False, EmploymentStatus.TERMINATED)
    assert provider.get(path) == shown
    assert provider.patch(path, set_("active", True))["active"] is True
    lee.refresh_from_db()
    assert (lee.employment_status, lee.ended_on) == (EmploymentStatus.ACTIVE, None)


STATUS = f"{OURS}:employmentStatus"


@pytest.mark.parametrize(
    ("active", "said", "kept", "shown"),
    [
        (True, None, "active", (True, None)),
        (False, None, "terminated", (False, None)),
        (True, "active", "active", (True, "active")),
        (True, "Leave", "leave", (True, "leave")),
        (False, "leave", "leave", (False, "leave")),
        (False, "prehire", "prehire", (False, "prehire")),
        (True, "terminated", "terminated", (False, "terminated")),
        (False, "active", "terminated", (False, None)),
    ],
)
def test_status_and_active_sent_together(
    provider: Provider, active: bool, said: str | None, kept: str, shown: tuple[bool, str | None]
) -> None:
    """The same again changes nothing: with POST and PUT the whole is what it says."""
    body = user("bo", active=active, **{OURS: {"employmentStatus": said}})
    made = provider.post("/Users", body)
    runs = SyncRun.objects.count()
    for told in (made, provider.put(f"/Users/{made['id']}", body)):
        assert person_of(made).employment_status == kept
        assert (told["active"], told.get(OURS, {}).get("employmentStatus")) == shown
    assert SyncRun.objects.count() == runs


def test_flag_decides_where_only_it_changes(provider: Provider, lee: Person) -> None:
    path = f"/Users/{lee.uid}"
    provider.patch(path, set_(STATUS, "leave"))
    assert provider.patch(path, set_("active", False))["active"] is False
    lee.refresh_from_db()
    assert lee.employment_status == EmploymentStatus.TERMINATED


def test_repeating_what_we_showed_keeps_nobody_here(provider: Provider, lee: Person) -> None:
    """Okta's PUT sends back what it has read, with what has changed."""
    Person.objects.filter(pk=lee.pk).update(employment_status="leave")  # said by the HRIS
    shown = provider.get(f"/Users/{lee.uid}")
    provider.put(f"/Users/{lee.uid}", {**shown, "active": False})
    lee.refresh_from_db()
    assert lee.employment_status == EmploymentStatus.TERMINATED


def test_account_made_before_the_first_day_is_of_a_prehire(provider: Provider) -> None:
    """Entra makes them disabled; the same again, or another attribute, changes nothing of it."""
    body = user("bo", active=False, **{OURS: {"hireDate": "2026-12-01T00:00:00Z"}})
    shown = provider.post("/Users", body)
    path = f"/Users/{shown['id']}"
    for told in (
        shown,
        provider.get(path),
        provider.put(path, body),
        provider.patch(path, set_("title", "Account Executive")),
        provider.patch(path, set_("active", "False")),
        provider.patch(path, set_(f"{OURS}:hireDate", "2026-12-08")),
    ):
        assert (told["active"], told[OURS]["employmentStatus"]) == (False, "prehire")
    shown = provider.patch(path, set_("active", True))
    assert (shown["active"], shown[OURS]["employmentStatus"]) == (True, "prehire")
    shown = provider.patch(path, set_("active", False))
    assert (shown["active"], person_of(shown).employment_status) == (False, "terminated")


@pytest.mark.parametrize("first_day", ["2026-11-18", "2020-01-01", None])
def test_account_made_disabled_after_the_first_day_is_of_a_leaver(
    provider: Provider, first_day: str | None
) -> None:
    shown = provider.post("/Users", user("bo", active=False, **{OURS: {"hireDate": first_day}}))
    assert person_of(shown).employment_status == "terminated"


def test_leaver_who_is_hired_again_is_awaited(provider: Provider) -> None:
    made = provider.post("/Users", user("bo", externalId="7"))
    provider.delete(f"/Users/{made['id']}")
    body = user("bo", externalId="7", active=False, **{OURS: {"hireDate": "2026-12-01"}})
    again = provider.post("/Users", body)
    assert again["id"] == made["id"]
    assert (again["active"], again[OURS]["employmentStatus"]) == (False, "prehire")


def test_schema_that_nobody_uses_may_be_named(provider: Provider) -> None:
    body = user("bo")
    body["schemas"] += ["urn:ietf:params:scim:schemas:extension:contoso:2.0:User"]
    shown = provider.post("/Users", body)
    assert shown["schemas"] == [USER]
    assert provider.put(f"/Users/{shown['id']}", body) == shown


def test_end_date_of_a_leaver_is_not_lost(provider: Provider, lee: Person) -> None:
    path = f"/Users/{lee.uid}"
    shown = provider.patch(path, set_("active", False))
    assert shown[OURS]["endDate"] == "2026-11-18"
    shown = provider.patch(path, {"op": "remove", "path": f"{OURS}:endDate"})
    assert "endDate" not in shown[OURS]
    lee.refresh_from_db()
    assert lee.ended_on == date(2026, 11, 18)
    shown = provider.patch(path, set_(f"{OURS}:endDate", "2026-11-17"))
    assert shown[OURS]["endDate"] == "2026-11-17"


def test_deleted_is_gone_and_their_history_is_not(provider: Provider, lee: Person) -> None:
    path = f"/Users/{lee.uid}"
    provider.delete(path)
    lee.refresh_from_db()
    assert lee.employment_status == EmploymentStatus.TERMINATED
    assert lee.deprovisioned_at is not None
    for method in ("GET", "PUT", "PATCH", "DELETE"):
        assert provider.ask(method, path, user("x")).status_code == 404
    assert provider.get("/Users")["totalResults"] == 1  # Ada


@pytest.mark.parametrize("active", [True, False])
def test_deleted_and_created_again_is_the_same_person(provider: Provider, active: bool) -> None:
    made = provider.post("/Users", FULL)
    provider.delete(f"/Users/{made['id']}")
    body = {**FULL, "active": active, "title": "Team Lead"}
    del body["nickName"]
    again = provider.post("/Users", body)
    assert again["id"] == made["id"]
    assert (again["active"], again["title"]) == (active, "Team Lead")
    assert "nickName" not in again
    assert provider.get(f"/Users/{made['id']}") == again


def test_deleted_and_created_with_another_key_is_found_by_user_name(provider: Provider) -> None:
    made = provider.post("/Users", user("bo@acme.example"))
    provider.delete(f"/Users/{made['id']}")
    again = provider.post("/Users", user("bo@acme.example", externalId="new"))
    assert (again["id"], again["externalId"]) == (made["id"], "new")
    provider.delete(f"/Users/{made['id']}")
    error = provider.post("/Users", user("bo@acme.example", externalId="newer"), status=409)
    assert "bo" in error["detail"]


def test_last_administrator_stays(provider: Provider, olive: Person) -> None:
    path = f"/Users/{olive.uid}"
    for method, body in (
        ("DELETE", None),
        ("PUT", user(olive.email, active=False)),
        (
            "PATCH",
            {"schemas": [f"{MESSAGES}:PatchOp"], "Operations": [set_("active", False)]},
        ),
    ):
        answer = provider.ask(method, path, body)
        assert answer.status_code == 409
        assert "administrator" in answer.json()["detail"]
    olive.refresh_from_db()
    assert (olive.employment_status, olive.deprovisioned_at) == ("active", None)
    assert not SyncRun.objects.exists()


def test_one_of_two_administrators_may_leave(provider: Provider, olive: Person, person) -> None:
    person("Max", "Ek", is_superuser=True)
    provider.delete(f"/Users/{olive.uid}")


def test_rights_are_not_given(provider: Provider) -> None:
    rights = {"roles": [{"value": "admin"}], "entitlements": [{"value": "*"}], "password": "x"}
    person = person_of(provider.post("/Users", user("bo", **rights)))
    assert (person.is_staff, person.is_superuser) == (False, False)
    assert not person.has_usable_password()
    for name in ("is_superuser", "isStaff", "is_staff"):
        provider.post("/Users", user("eve", **{name: True}), status=400)


def test_groups_are_told_and_not_taken(provider: Provider, lee: Person) -> None:
    group = DirectoryGroup.objects.create(name="Sales")
    group.members.add(lee)
    path = f"/Users/{lee.uid}"
    (told,) = provider.get(path)["groups"]
    assert (told["value"], told["display"]) == (str(group.uid), "Sales")
    assert told["$ref"].endswith(f"/scim/v2/Groups/{group.uid}")
    shown = provider.put(path, user(lee.email, groups=[]))
    assert shown["groups"] == [told]


def test_versions(provider: Provider, lee: Person) -> None:
    path = f"/Users/{lee.uid}"
    answer = provider.ask("GET", path)
    version = answer["ETag"]
    assert version == answer.json()["meta"]["version"]
    assert version.startswith('W/"')

    for header in (version, f'"other", {version}', "*", version.removeprefix("W/")):
        unchanged = provider.ask("GET", path, headers={"if-none-match": header})
        assert (unchanged.status_code, unchanged.content) == (304, b"")
        assert unchanged["ETag"] == version
    assert provider.ask("GET", path, headers={"if-none-match": '"other"'}).status_code == 200

    body = user(lee.email, title="Team Lead")
    stale = {"if-match": 'W/"stale"'}
    for method in ("PUT", "PATCH", "DELETE"):
        assert provider.ask(method, path, body, headers=stale).status_code == 412
    assert provider.get(path)["meta"]["version"] == version
    changed = provider.ask("PUT", path, body, headers={"if-match": version})
    assert changed.status_code == 200
    assert changed["ETag"] not in (version, "")
    assert provider.ask("DELETE", path, headers={"if-match": version}).status_code == 412
    assert provider.ask("DELETE", path, headers={"if-match": changed["ETag"]}).status_code == 204


def test_version_changes_with_a_group_and_a_managers_name(
    provider: Provider, ada: Person, lee: Person
) -> None:
    def version() -> Any:
        return provider.get(f"/Users/{lee.uid}")["meta"]["version"]

    first = version()
    DirectoryGroup.objects.create(name="Sales").members.add(lee)
    second = version()
    provider.patch(f"/Users/{ada.uid}", set_("nickName", "Addie"))
    assert len({first, second, version()}) == 3


def test_partial_answers_to_writes(provider: Provider) -> None:
    made = provider.post("/Users?attributes=userName", user("bo", title="CEO"))
    assert set(made) == {"schemas", "id", "userName"}
    shown = provider.put(f"/Users/{made['id']}?excludedAttributes=userName", user("bo"))
    assert "userName" not in shown


def test_name_of_an_attribute_is_read_in_any_case(provider: Provider) -> None:
    sent = {
        "SCHEMAS": [USER.upper()],
        "USERNAME": "bo",
        "Title": "CEO",
        OURS.upper(): {"LOCATION": "x"},
    }
    made = provider.post("/Users", sent)
    assert (made["title"], made[OURS]) == ("CEO", {"location": "x"})


def test_reading_needs_to_read_and_writing_to_write(acme: Company, visit: Visit) -> None:
    writer = connect(visit, acme, ["people:write"])
    made = writer.post("/Users", user("bo"))
    writer.get(f"/Users/{made['id']}", status=403)
    reader = connect(visit, acme, ["people:read"])
    reader.get(f"/Users/{made['id']}")
    reader.delete(f"/Users/{made['id']}", status=403)


def test_what_changes_nothing_writes_nothing(provider: Provider) -> None:
    made = provider.post("/Users", FULL)
    runs = SyncRun.objects.count()
    assert provider.put(f"/Users/{made['id']}", FULL) == made
    assert provider.patch(f"/Users/{made['id']}", set_("title", FULL["title"])) == made
    assert SyncRun.objects.count() == runs


@pytest.mark.parametrize("path", ["externalId", f"{OURS}:rehireDate"])
def test_what_else_lasts_can_be_removed_by_name(provider: Provider, path: str) -> None:
    """A file with an empty column does not take these away; a PATCH of one person does."""
    body = user("bo", externalId="x", **{OURS: {"rehireDate": "2026-11-02"}})
    made = provider.post("/Users", body)
    provider.patch(f"/Users/{made['id']}", {"op": "remove", "path": path})
    bo = person_of(made)
    left = (None, date(2026, 11, 2)) if path == "externalId" else ("x", None)
    assert (bo.external_id, bo.rehired_on) == left


def test_costs_do_not_grow_with_the_company(provider: Provider, person) -> None:
    def queries(body: dict[str, Any]) -> int:
        with CaptureQueriesContext(connection) as asked:
            provider.post("/Users", body)
        return len(asked)

    provider.post("/Users", user("first", **{ENTERPRISE: {"department": "Sales"}}))
    alone = queries(FULL)
    for number in range(60):
        person(f"P{number}", "Ek")
    body = {
        "userName": "second",
        "emails": [],
        "externalId": "2",
        ENTERPRISE: {"department": "Sales"},
    }
    assert queries({**FULL, **body}) == alone <= 15
