"""The audit log: what leaves a row, who it is of, what is never in it, and that it stays."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from auditlog.registry import auditlog
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone

from api.models import ApiToken, Scope
from config.celery import app
from learning.actions import assign_path, withdraw
from learning.framing import Framing
from learning.models import Assignment, Path, Skill
from tenants.companies.actions import change_rhythm
from tenants.companies.context import working_for
from tenants.companies.models import Company
from tenants.people.access import Access
from tenants.people.actions import give_access, sync_people
from tenants.people.auditing import named, record_event
from tenants.people.auditing.acting import Acting, acting, acts
from tenants.people.auditing.models import AuditEntry, LogStaysError
from tenants.people.auditing.queue import HEADER, begin, end, send_actor
from tenants.people.auditing.wording import changes_of, sentence, who
from tenants.people.models import Person
from tests.conftest import PASSWORD

Visit = Callable[..., Client]
MakePerson = Callable[..., Person]


def last() -> AuditEntry:
    entry: AuditEntry | None = AuditEntry.objects.order_by("pk").last()
    assert entry is not None
    return entry


def test_a_change_on_the_admin_site_tells_who_from_where_before_and_after(
    acme: Company, olive: Person, visit: Visit
) -> None:
    skill = Skill.objects.create(slug="ask", name="Asking")
    client = visit(acme, olive)
    page = f"/admin/learning/skill/{skill.pk}/change/"
    assert client.post(page, {"name": "Listening"}).status_code == 302
    entry = last()
    assert (entry.actor, entry.remote_addr) == (olive, "127.0.0.1")
    assert sentence(entry) == "Skill “Listening” changed: name"
    assert [(each.label, each.before, each.after) for each in changes_of(entry)] == [
        ("Name", "Asking", "Listening")
    ]


def test_forwarded_addresses_are_believed_of_trusted_proxies_only(
    acme: Company, olive: Person, visit: Visit
) -> None:
    client = visit(acme, olive)
    client.get("/my-data/download", headers={"X-Forwarded-For": "203.0.113.9"})
    assert last().event == "export"
    assert last().remote_addr == "127.0.0.1"


def test_nothing_changed_leaves_no_row(acme: Company) -> None:
    skill = Skill.objects.create(slug="ask", name="Asking")
    before = AuditEntry.objects.count()
    skill.save()
    assert AuditEntry.objects.count() == before


def test_sign_in_sign_out_and_what_fails_are_told(
    acme: Company, olive: Person, client: Client
) -> None:
    host: Any = {"host": "acme.localhost"}
    login = "/accounts/login/"
    client.post(login, {"login": olive.email, "password": "wrong"}, headers=host)
    assert (last().event, last().actor) == ("sign-in-failed", None)
    assert "Olive Okafor" in last().words
    client.post(login, {"login": "who@else.example", "password": "wrong"}, headers=host)
    assert "else.example" not in f"{last().words}{last().object_repr}{last().changes}"
    client.post(login, {"login": olive.email, "password": PASSWORD}, headers=host)
    assert (last().event, last().actor) == ("sign-in", olive)
    client.post("/accounts/logout/", headers=host)
    assert (last().event, last().actor) == ("sign-out", olive)


def test_a_token_is_told_by_its_name_and_never_by_its_hash(acme: Company, olive: Person) -> None:
    token, text = ApiToken.issue(
        name="BambooHR",
        scopes=[Scope.PEOPLE_WRITE],
        expires_at=timezone.now() + timedelta(days=9),
        created_by=olive,
    )
    assert sentence(last()) == "API token “BambooHR” added"
    assert token.digest not in str(last().changes)
    client = Client(headers={"host": "acme.localhost"})
    answer = client.post(
        "/api/v1/people-syncs",
        {"rows": [{"external_id": "7", "given_name": "Uma", "email": "uma@acme.example"}]},
        content_type="application/json",
        headers={"Authorization": f"Bearer {text}"},
    )
    assert answer.status_code == 200, answer.text
    entry = AuditEntry.objects.filter(event="import").get()
    assert who(entry) == "API token “BambooHR”"
    assert entry.words == "People from api BambooHR: 1 new, 0 changed, 0 left"
    token.delete()
    assert sentence(last()) == "API token “BambooHR” removed"


def test_one_row_tells_of_forty_assignments(
    acme: Company, olive: Person, person: MakePerson, sales_path: Path, framing: Framing
) -> None:
    people = [person(f"P{number}", "Ek") for number in range(40)]
    before = AuditEntry.objects.count()
    given = assign_path(
        path=sales_path,
        people=people,
        outcome=sales_path.role.outcomes.all()[0],
        framing=framing,
        actor=olive,
    )
    assert AuditEntry.objects.count() == before + 1
    assert last().words == f"Assigned “{sales_path}” to 40 people"
    assert last().actor == olive
    withdraw(assignments=given.assignments[:2])
    assert last().words == f"Withdrew “{sales_path}” from P0 Ek and P1 Ek"


def test_a_sync_leaves_one_row_and_a_dry_run_none(acme: Company) -> None:
    rows = [
        {"external_id": str(number), "given_name": "A", "email": f"a{number}@acme.example"}
        for number in range(30)
    ]
    before = AuditEntry.objects.count()
    sync_people(rows=rows, source="file", origin="people.csv", dry_run=True)
    assert AuditEntry.objects.count() == before
    sync_people(rows=rows, source="file", origin="people.csv")
    assert AuditEntry.objects.count() == before + 1
    assert last().words == "People from file people.csv: 30 new, 0 changed, 0 left"
    assert who(last()) == "System"


def test_what_a_company_sets_is_in_its_own_log(acme: Company, globex: Company) -> None:
    change_rhythm(company=acme, hour=7)
    assert sentence(last()) == "Company “Acme” changed: brief hour, rhythm since" or (
        sentence(last()) == "Company “Acme” changed: brief hour"
    )
    with working_for(globex):
        assert not AuditEntry.objects.filter(object_repr="Acme").exists()


def test_access_is_told_before_and_after(acme: Company, olive: Person, lee: Person) -> None:
    before = AuditEntry.objects.count()
    give_access(person=lee, access=Access.LEARNING, actor=olive)
    assert AuditEntry.objects.count() == before + 1
    entry = last()
    assert (entry.event, entry.actor) == ("access", olive)
    (change,) = changes_of(entry)
    assert (change.before, change.after) == ("Nothing", "L&D")


@pytest.mark.parametrize(
    "attempt",
    [
        lambda entry: entry.save(),
        lambda entry: entry.delete(),
        lambda entry: AuditEntry.objects.all().update(words=""),
        lambda entry: AuditEntry.objects.all().delete(),
        lambda entry: AuditEntry.objects.bulk_update([entry], ["words"]),
        lambda entry: AuditEntry._base_manager.all().delete(),
        lambda entry: AuditEntry.objects.bulk_create(
            [entry], update_conflicts=True, unique_fields=["id"], update_fields=["words"]
        ),
    ],
)
def test_no_row_is_changed_or_removed(acme: Company, attempt: Any) -> None:
    record_event(action="export", words="Took it along")
    entry = last()
    entry.words = "Nothing happened"
    with pytest.raises(LogStaysError):
        attempt(entry)
    assert last().words == "Took it along"


def test_no_secret_and_no_private_note_is_recorded() -> None:
    fields = {
        f"{model._meta.label}.{name}"
        for model in auditlog.get_models()
        for name in auditlog.get_model_fields(model)["include_fields"]
    }
    private = ("password", "digest", "secret", "token", "note", "last_login", "key")
    assert [each for each in fields if any(word in each.split(".")[-1] for word in private)] == []
    tables = {each.rsplit(".", 1)[0] for each in fields}
    assert not {"reinforcement.Conversation", "reinforcement.Answer"} & tables
    assert {
        "learning.Path", "learning.Role", "people.Person", "api.ApiToken", "companies.Company",
        "reinforcement.Barrier", "learning.AssignmentRule",
    } <= tables  # fmt: skip


def test_who_sent_a_task_is_who_its_work_is_recorded_of(acme: Company, olive: Person) -> None:
    headers: dict[str, Any] = {}
    with acts(Acting(person=olive.pk, name=olive.name, address="192.0.2.7")):
        send_actor(headers=headers)

    @app.task(bind=True)
    def work(task: Any) -> None:
        return None

    work.push_request(headers=headers, called_directly=False, is_eager=False)
    try:
        begin(task=work)
        record_event(action="export", words="Worked")
        end(task=work)
    finally:
        work.pop_request()
    assert (last().actor, last().remote_addr) == (olive, "192.0.2.7")
    assert acting().person is None
    assert headers[HEADER]["schema"] == acme.schema_name


def test_whoever_runs_the_service_is_named_and_no_person_of_the_company(
    acme: Company, olive: Person
) -> None:
    with acts(Acting(person=olive.pk, name="Otto", schema="public")):
        record_event(action="export", words="Exported it")
    assert last().actor is None
    assert who(last()) == "Otto, who runs Throughline"


def test_a_member_of_a_group_is_told(acme: Company, lee: Person) -> None:
    lee.groups.add(Group.objects.create(name="Friends"))
    (change,) = changes_of(last())
    assert (change.label, change.before, change.after) == ("Groups", "—", "Friends")


def test_the_last_owner_stays_one(acme: Company, olive: Person, lee: Person) -> None:
    with pytest.raises(ValidationError, match="last owner"):
        give_access(person=olive, access=Access.LEARNING, actor=olive)
    give_access(person=lee, access=Access.OWNER, actor=olive)
    assert give_access(person=olive, access=Access.NOTHING, actor=olive)
    olive.refresh_from_db()
    assert (olive.is_staff, olive.is_superuser) == (False, False)


def test_nobody_gives_what_is_not_theirs(
    acme: Company, olive: Person, lee: Person, ada: Person
) -> None:
    give_access(person=ada, access=Access.LEARNING, actor=olive)
    ada.refresh_from_db()
    for access in (Access.OWNER, Access.LEARNING, Access.READ_ONLY):
        with pytest.raises(ValidationError, match="Only an owner"):
            give_access(person=lee, access=access, actor=ada)


def test_people_are_named_until_they_are_many(lee: Person, nia: Person, ada: Person) -> None:
    assert named([]) == "nobody"
    assert named([lee]) == "Lee Tanaka"
    assert named([lee, nia, ada]) == "Lee Tanaka, Nia Haddad and Ada Lindqvist"
    assert named([lee] * 4) == "4 people"


def test_a_rule_is_told_as_what_assigned(
    assign: Callable[[Person], Assignment], lee: Person
) -> None:
    assignment = assign(lee)
    assert last().words == f"Assigned “{assignment.path}” to Lee Tanaka"
    assert who(last()) == "System"
