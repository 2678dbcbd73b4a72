"""Rows come in by one door: matched, compared, refused or stored, each on its own."""

from datetime import date
from typing import Any

import pytest
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY, get_user
from django.contrib.sessions.backends.db import SessionStore
from django.db import connection
from django.http import HttpRequest
from django.test.utils import CaptureQueriesContext

from tenants.people.actions import syncing
from tenants.people.models import Department, Person, SyncRun
from tenants.people.signals import PersonChange, people_changed
from tests.people.hris import TODAY, Sync, messages, outcomes, row


def test_rows_become_people_with_departments_and_no_usable_password(sync: Sync) -> None:
    result = sync(row(1), row(2, department="Support", attributes={"cost_centre": 7}))
    assert outcomes(result) == ["created", "created"]
    first, second = Person.objects.order_by("employee_number")
    assert (first.name, first.department, first.hired_on) == (
        "Given1 Family1",
        Department.objects.get(name="Sales"),
        date(2024, 3, 1),
    )
    assert second.attributes == {"cost_centre": 7}
    assert not first.has_usable_password()
    assert first.password != second.password
    assert [each.uid for each in result.rows] == [first.uid, second.uid]


def test_the_same_rows_again_change_nothing(sync: Sync) -> None:
    rows = row(1), row(2, manager_external_id="hris-1", attributes={"a": [1, None]})
    sync(*rows)
    assert outcomes(sync(*rows)) == ["unchanged", "unchanged"]


def test_a_change_is_told_from_what_to_what(sync: Sync) -> None:
    sync(row(1))
    (changed,) = sync(row(1, job_title="Team Lead", department="Support")).rows
    assert changed.changes == {
        "job_title": ("Account Executive", "Team Lead"),
        "department": ("Sales", "Support"),
    }


@pytest.mark.parametrize("address", ["mine@attacker.example", ""])
def test_an_owner_keeps_their_address_and_the_rest_is_taken(sync: Sync, address: str) -> None:
    """Whoever sends rows could else ask for a new password of theirs."""
    sync(row(1))
    Person.objects.update(is_superuser=True)
    (changed,) = sync(row(1, email=address, job_title="Team Lead")).rows
    assert changed.changes == {"job_title": ("Account Executive", "Team Lead")}
    assert [(each.field, each.refused) for each in changed.problems] == [("email", False)]
    assert "an owner's address is changed by an owner" in changed.problems[0].message
    assert Person.objects.get().email == row(1)["email"]


def test_an_absent_field_stays_and_a_blank_one_is_cleared(sync: Sync) -> None:
    sync(row(1, location="Berlin"))
    sync({"external_id": "hris-1", "job_title": " ", "department": None, "email": ""})
    person = Person.objects.get()
    assert (person.location, person.job_title, person.department) == ("Berlin", "", None)
    assert person.email is None


def test_a_changed_address_or_name_makes_no_second_person(sync: Sync) -> None:
    sync(row(1))
    sync(row(1, email="Married.Name@acme.example", family_name="Married", employee_number="99"))
    assert Person.objects.get().email == "married.name@acme.example"


def test_a_number_finds_whom_no_external_id_finds(sync: Sync) -> None:
    sync({"employee_number": "7", "given_name": "Ada"})
    assert outcomes(sync(row(1, employee_number="7"))) == ["updated"]
    assert Person.objects.get().external_id == "hris-1"


def test_an_address_finds_only_whoever_has_no_external_id(sync: Sync, ada: Person) -> None:
    assert outcomes(sync(row(1, email="ADA.Lindqvist@acme.example"))) == ["updated"]
    assert Person.objects.get(pk=ada.pk).external_id == "hris-1"
    result = sync({"email": ada.email, "given_name": "Another"})
    assert messages(result) == [
        "email: 'ada.lindqvist@acme.example' belongs to Given1 Family1, "
        "who is found by external_id 'hris-1'."
    ]


def test_a_bad_row_stops_no_good_one_and_is_stored_not_even_in_part(sync: Sync) -> None:
    sync(row(1))
    result = sync(row(1, job_title="New", hired_on="31/02/2020"), row(2))
    assert outcomes(result) == ["error", "created"]
    assert messages(result) == ["hired_on: '31/02/2020' is not a date; write it like 2020-02-28."]
    assert Person.objects.get(external_id="hris-1").job_title == "Account Executive"


@pytest.mark.parametrize(
    ("field", "value", "told"),
    [
        ("email", "nobody", "email: 'nobody' is not an e-mail address."),
        ("hired_on", "2020-02-30", "'2020-02-30' is not a day of the calendar; write it like"),
        ("hired_on", 20200228, "hired_on: '20200228' is not a date; write it like 2020-02-28."),
        ("employment_status", "Retired", "use prehire, active, leave or terminated."),
        ("time_zone", "Mars/Olympus", "use an IANA name such as Europe/Berlin."),
        ("locale", "tlh", "locale: 'tlh' is not a language we speak; use en, de or es."),
        ("job_title", "x" * 151, "is longer than 150 characters."),
        ("given_name", " ", "is blank, and everybody needs one."),
        ("family_name", True, "family_name: 'True' is not text."),
        ("family_name", "a\0b", "holds a NUL character, which cannot be stored."),
        ("family_name", "\ud800", "holds half a character; send it as UTF-8."),
        ("family_name", "a\x1b", "holds a control character, which is no text."),
        ("department", "a\ufffe", "holds a control character, which is no text."),
        ("attributes", {"a": "x" * 10_000}, "is longer than 10000 characters, written as JSON."),
        ("attributes", ["a"], "is not a JSON object."),
        ("attributes", {"a": "\0"}, "holds a NUL character, which cannot be stored."),
        ("attributes", {"a": float("nan")}, "is not a JSON object."),
        ("shoe\0size", "42", "shoe\\x00size: this is no field of a person; leave it out."),
        ("shoe_size", "42", "shoe_size: this is no field of a person; leave it out."),
        ("is_superuser", True, "is_superuser: this is no field of a person; leave it out."),
        ("manager", 1, "manager: this is no field of a person; leave it out."),
    ],
)
def test_a_value_that_cannot_be_is_named(sync: Sync, field: str, value: Any, told: str) -> None:
    result = sync(row(1, line=12, **{field: value}))
    (problem,) = result.problems
    assert (problem.line, problem.field, problem.refused) == (
        12,
        field.replace("\0", "\\x00"),
        True,
    )
    assert told in problem.message
    assert not Person.objects.exists()


def test_fields_nobody_knows_are_one_problem_of_a_row(sync: Sync) -> None:
    unknown = {f"salary_{number}": "1" for number in range(40)}
    assert messages(sync(row(1, **unknown), row(2, a="1", b="2"))) == [
        "salary_0: this is no field of a person; leave it out, and so 'salary_1', 'salary_2', "
        "'salary_3', 'salary_4', 'salary_5' and 34 more.",
        "a: this is no field of a person; leave it out, and so 'b'.",
    ]


def test_a_run_keeps_no_more_problems_than_anybody_reads(
    sync: Sync, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(syncing, "KEPT_PROBLEMS", 3)
    result = sync(*(row(number, email="nobody") for number in range(1, 6)))
    assert len(result.problems) == 5
    run = SyncRun.objects.get()
    assert (run.failed, [problem["line"] for problem in run.problems]) == (5, [1, 2, 3])


def test_somebody_new_needs_a_key_and_a_name(sync: Sync) -> None:
    result = sync({"given_name": "Ada"}, {"external_id": "a"}, "Ada")  # type: ignore[arg-type]
    assert messages(result) == [
        "Somebody new needs external_id, employee_number, email or user_name.",
        "given_name: somebody new needs one.",
        "'Ada' is not a row of named fields.",
    ]


def test_rows_that_share_a_key_are_both_refused_and_name_each_other(sync: Sync) -> None:
    result = sync(row(1), row(2, email="Person.1@ACME.example"), row(3))
    assert outcomes(result) == ["error", "error", "created"]
    assert messages(result) == [
        "email: 'person.1@acme.example' is also on line 2.",
        "email: 'person.1@acme.example' is also on line 1.",
    ]


def test_rows_that_mean_the_same_person_are_both_refused(sync: Sync) -> None:
    sync(row(1))
    result = sync({"external_id": "hris-1", "line": 5}, {"employee_number": "1", "line": 9})
    assert messages(result) == [
        "This row means Given1 Family1, as does line 9.",
        "This row means Given1 Family1, as does line 5.",
    ]


def test_a_key_that_somebody_keeps_cannot_be_taken(sync: Sync) -> None:
    sync(row(1), row(2))
    result = sync(row(3, employee_number="1"))
    assert messages(result) == ["employee_number: '1' belongs to Given1 Family1."]


def test_keys_can_be_handed_on_and_swapped_in_one_run(sync: Sync) -> None:
    sync(row(1), row(2))
    swapped = row(1, employee_number="2"), row(2, employee_number="1", email="")
    result = sync(*swapped, row(3, email="person.2@acme.example"))
    assert outcomes(result) == ["updated", "updated", "created"]
    assert outcomes(sync(*swapped)) == ["unchanged", "unchanged"]


def test_a_key_kept_because_a_row_was_refused_refuses_whoever_wanted_it(sync: Sync) -> None:
    sync(row(1), row(2))
    giving_up = row(1, employee_number="100", hired_on="soon")
    result = sync(giving_up, row(2, employee_number="1"))
    assert outcomes(result) == ["error", "error"]


def test_a_run_is_recorded_with_its_problems(sync: Sync, olive: Person) -> None:
    sync(row(1), row(2, line=40, locale="tlh"), actor=olive)
    run = SyncRun.objects.get()
    assert (run.source, run.mode, run.actor) == ("api", "partial", olive)
    assert (run.created, run.failed) == (1, 1)
    assert run.problems[0] | {"message": ""} == {
        "line": 40, "field": "locale", "value": "tlh", "message": "", "refused": True,
    }  # fmt: skip


def test_a_dry_run_tells_the_same_and_writes_nothing(sync: Sync) -> None:
    sync(row(1))
    rows = row(1, job_title="New"), row(2, department="New"), row(3, email="bad")
    foretold = sync(*rows, dry_run=True)
    assert Person.objects.count() == 1
    assert SyncRun.objects.count() == 1
    assert not Department.objects.filter(name="New").exists()
    assert foretold == sync(*rows)


def test_floors_above_hear_what_changed(sync: Sync) -> None:
    heard: list[PersonChange] = []

    def listen(changes: list[PersonChange], **_: object) -> None:
        heard.extend(changes)

    people_changed.connect(listen)
    try:
        sync(row(1), row(2))
        first, second = Person.objects.order_by("employee_number")
        sync(row(1, job_title="Lead", manager_external_id="hris-2"), row(2), dry_run=True)
        sync(row(1, job_title="Lead", manager_external_id="hris-2"), row(2))
    finally:
        people_changed.disconnect(listen)
    assert heard == [
        PersonChange(first.pk, created=True),
        PersonChange(second.pk, created=True),
        PersonChange(
            first.pk,
            fields={"job_title": ("Account Executive", "Lead"), "manager": (None, second.pk)},
        ),
    ]


def test_the_number_of_queries_does_not_depend_on_the_number_of_rows(sync: Sync) -> None:
    sync(row(9_999))
    counts = []
    for start, number in ((0, 10), (1_000, 200)):
        for title in ("Seller", "Closer", "Closer"):
            rows = [
                row(start + each, job_title=title, manager_external_id=f"hris-{start}")
                for each in range(1, number)
            ]
            with CaptureQueriesContext(connection) as queries:
                sync(row(start, department=f"{start}"), *rows)
            counts.append(len(queries))
    assert counts[:3] == counts[3:]
    assert max(counts) <= 12


def test_a_session_ends_with_the_employment(sync: Sync) -> None:
    sync(row(1))
    person = Person.objects.get()
    request = HttpRequest()
    request.session = SessionStore()
    request.session.update(
        {
            SESSION_KEY: str(person.pk),
            HASH_SESSION_KEY: person.get_session_auth_hash(),
            BACKEND_SESSION_KEY: "allauth.account.auth_backends.AuthenticationBackend",
        }
    )
    assert get_user(request) == person
    sync(row(1, employment_status="terminated", ended_on=TODAY))
    assert get_user(request).is_anonymous


def test_a_run_holds_off_another_until_its_transaction_ends(sync: Sync) -> None:
    sync(row(1))
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT objid::bigint = (hashtext(current_schema())::bigint & 4294967295) "
            "FROM pg_locks WHERE locktype = 'advisory' AND granted AND pid = pg_backend_pid()"
        )
        assert cursor.fetchall() == [(True,)]
