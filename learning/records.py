"""Writes learning records, in the transaction of what they record."""

import json
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from learning.copying import copy_rows
from learning.models import Assignment, LearningRecord, PlanStep
from learning.signals import announce_records
from tenants.companies.identifiers import new_uid

Kind = LearningRecord.Kind


def record(kind: Kind, happened: Iterable[Assignment | PlanStep], *, now: datetime) -> None:
    """Write one record per assignment or plan step given. One statement, however many.

    The objects need their person, path, outcome and step loaded (``select_related``). Once it is
    committed, `records_written` is sent.
    """
    if rows := [
        (
            new_uid(),
            kind.value,
            now,
            _assignment(thing).person_id,
            _assignment(thing).pk,
            json.dumps(_payload(thing)),
        )
        for thing in happened
    ]:
        copy_rows(
            LearningRecord,
            ["uid", "kind", "occurred_at", "person", "assignment", "payload"],
            rows,
        )
        announce_records()


def _assignment(thing: Assignment | PlanStep) -> Assignment:
    return thing.assignment if isinstance(thing, PlanStep) else thing


def _payload(thing: Assignment | PlanStep) -> dict[str, Any]:
    assignment = _assignment(thing)
    person, path = assignment.person, assignment.path
    step = thing.step if isinstance(thing, PlanStep) else None
    return {
        "person": {
            "uid": str(person.uid),
            "external_id": person.external_id,
            "employee_number": person.employee_number,
            "email": person.email,
        },
        "path": {"uid": str(path.uid), "name": path.name},
        "assignment": {
            "uid": str(assignment.uid),
            "claim": assignment.claim,
            "outcome": assignment.outcome.name,
        },
        "step": {"uid": str(step.identity), "title": step.title} if step else None,
    }
