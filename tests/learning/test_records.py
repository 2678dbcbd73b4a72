"""What HRIS and BI are told, and what they are not."""

import re
from collections.abc import Iterator
from typing import Any

from django.db import connection

from learning.actions import finish_step, pause, resume, start_step
from learning.models import LearningRecord, Observation
from tenants.people.models import Person
from tests.conftest import NOW
from tests.learning.cast import Assign, See, plan_of

NEVER = re.compile("hour|minute|duration|score|level|seat|grade|point")


def everything(assign: Assign, see: See, ada: Person, lee: Person) -> None:
    """As much as can happen to one path, so that every kind of record is written."""
    [assignment] = assign(lee).assignments
    pause(people=[lee.pk], now=NOW)
    resume(people=[lee.pk], now=NOW)
    see(lee, "discovery", 2, by=ada)
    see(lee, "discovery", 1, by=ada)
    start_step(plan_step=plan_of(assignment)[0])
    for plan_step in plan_of(assignment):
        if plan_step.state != "set_aside":
            finish_step(plan_step=plan_step)


def keys(value: Any) -> Iterator[str]:
    for key, inner in value.items() if isinstance(value, dict) else ():
        yield key
        yield from keys(inner)


def test_a_record_carries_keys_path_step_and_claim_and_nothing_else(
    assign: Assign, see: See, ada: Person, lee: Person
) -> None:
    lee.external_id, lee.employee_number = "hris-7", "0007"
    lee.save()
    [assignment] = assign(lee).assignments
    finish_step(plan_step=(done := plan_of(assignment)[0]))
    payload = LearningRecord.objects.get(kind="step.done").payload
    assert payload == {
        "person": {
            "uid": str(lee.uid),
            "external_id": "hris-7",
            "employee_number": "0007",
            "email": "lee.tanaka@acme.example",
        },
        "path": {"uid": str(assignment.path.uid), "name": "From first call to signature"},
        "assignment": {
            "uid": str(assignment.uid),
            "claim": "close deals faster",
            "outcome": "Close deals faster",
        },
        "step": {"uid": str(done.step.uid), "title": done.step.title},
    }
    assert LearningRecord.objects.get(kind="assignment.created").payload["step"] is None


def test_no_record_of_any_kind_says_how_long_how_well_or_how_much(
    assign: Assign, see: See, ada: Person, lee: Person
) -> None:
    everything(assign, see, ada, lee)
    records = list(LearningRecord.objects.all())
    assert {record.kind for record in records} == {
        str(kind)
        for kind in LearningRecord.Kind
        if kind not in ("assignment.withdrawn", "person.erased")  # nothing does that yet
    }
    assert Observation.objects.exists()
    said = {key for record in records for key in keys(record.payload)}
    columns = {field.name for field in LearningRecord._meta.get_fields()}
    assert not [word for word in said | columns if NEVER.search(word)]


def test_a_record_knows_the_transaction_that_wrote_it(assign: Assign, lee: Person) -> None:
    assign(lee)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_current_xact_id()::text::bigint")
        [now] = cursor.fetchone()
    assert set(LearningRecord.objects.values_list("transaction", flat=True)) == {now}


def test_records_outlive_the_person_whom_they_name(assign: Assign, lee: Person) -> None:
    assign(lee)
    Person.objects.filter(pk=lee.pk).delete()
    record = LearningRecord.objects.get()
    assert (record.person, record.assignment) == (None, None)
    assert record.payload["person"]["email"] == "lee.tanaka@acme.example"
