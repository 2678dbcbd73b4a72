"""Ada, of whom everything knows something; and Nia, of whom it knows as much."""

import json
from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth import SESSION_KEY
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.backends.db import SessionStore
from django.http import HttpResponse
from django_tenants.utils import get_public_schema_name, schema_context

from api.models import (
    ApiToken,
    KeptAnswer,
    WebhookAttempt,
    WebhookDelivery,
    WebhookEndpoint,
)
from learning.models import (
    Assignment,
    AssignmentDraft,
    LearningRecord,
)
from reinforcement.models import Barrier
from tenants.companies.models import Company, Impersonation, SignUp
from tenants.people.actions import sync_people
from tenants.people.auditing import record_event
from tenants.people.models import Person
from tests.people.erasing.cast import KEYS, Assign, MakePerson
from tests.people.known import AT, know_everything


@pytest.fixture
def known(olive: Person, ada: Person, nia: Person, assign: Assign, person: MakePerson) -> Person:
    """Ada, of whom every table knows something, who married and then left; and Nia the same."""
    everything: dict[str, Any] = {"assign": assign, "person": person}
    know_everything(ada, olive, mark="adamark", chat="slack", **everything)
    know_everything(nia, olive, mark="niamark", chat="teams", **everything)
    for email, name in (("ada.byron@acme.example", "Byron"), (ada.email, "Lindqvist")):
        row = {"uid": ada.uid, "email": email, "family_name": name, **KEYS}
        row.pop("attributes")
        assert not sync_people(rows=[row], source="file", origin="Ada Byron.csv").problems
    Person.objects.filter(pk=ada.pk).update(attributes=KEYS["attributes"])
    sync_people(rows=[{"uid": ada.uid, "employment_status": "terminated"}], source="api")
    ada.refresh_from_db()
    return ada


@pytest.fixture
def told_everywhere(known: Person, olive: Person, nia: Person, acme: Company) -> Person:
    """Also where no column names them: outboxes, sessions, logs, drafts, and at operators."""
    record = LearningRecord.objects.filter(person=known)[0]
    body = json.dumps({"type": record.kind, "data": {"uid": str(record.uid), **record.payload}})
    delivery = WebhookDelivery.objects.create(
        endpoint=WebhookEndpoint.objects.all()[0],
        record=record.uid,
        kind=record.kind,
        body=body,
        next_attempt_at=AT,
        created_at=AT,
    )
    WebhookAttempt.objects.create(delivery=delivery, at=AT, took_ms=1, answer=f"Got {body}")
    for who, said in ((known, ""), (olive, f"{known} was told"), (None, str(known.email))):
        session = SessionStore()
        session["said"] = said
        if who:
            session[SESSION_KEY] = str(who.pk)
        session.save()
    kept = KeptAnswer(token=ApiToken.objects.all()[0], key="k", fingerprint="f", answered_at=AT)
    kept.pack(HttpResponse(json.dumps({"name": known.name, "email": known.email})))
    kept.save()
    LogEntry.objects.create(
        user=olive,
        action_flag=2,
        content_type=ContentType.objects.get_for_model(Person),
        object_id=str(known.pk),
        object_repr=str(known),
        change_message=f"Changed {known.email}",
    )
    record_event(action="export", words=f"Exported Nia Berg, {known} and 3 others", actor=olive)
    path = Assignment.objects.filter(person=known)[0].path
    draft = AssignmentDraft.objects.create(
        owner=olive, path=path, because=f"As {known} said", created_at=AT
    )
    draft.people.add(known)
    Barrier.objects.filter(manager=nia).update(words=f"{known} decides\nADA LINDQVIST is away")
    nia.attributes = {"mentor": known.email}
    nia.save()
    with schema_context(get_public_schema_name()):
        record_event(action="impersonation", about=acme, words=f"asked to look as {known}")
        SignUp.objects.create(
            email=str(known.email),
            company_name="Acme",
            slug="acme-too",
            given_name="Ada",
            family_name="Lindqvist",
            company=acme,
            confirmed_at=AT,
        )
        Impersonation.objects.create(
            company=acme,
            person=known.uid,
            operator_email="ops@throughline.example",
            operator_name="Ops",
            reason="Ada Lindqvist cannot see her team",
            minutes=5,
            asked_at=AT,
        )
    return known
