"""Nothing tells of them any more, wherever it was written."""

import json

import pytest
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session
from django_tenants.utils import get_public_schema_name, schema_context

from api.models import (
    WebhookDelivery,
)
from reinforcement.models import Barrier
from tenants.people.auditing.models import AuditEntry
from tenants.people.models import Person
from tests.people.erasing.cast import NAMES, erase
from tests.people.erasing.traces import traces


@pytest.mark.usefixtures("told_everywhere")
def test_nothing_in_any_table_or_file_tells_of_them(known: Person, olive: Person) -> None:
    uid = str(known.uid)
    before = traces(NAMES)
    assert {
        *("people_person.email", "people_syncrun.outcomes", "people_syncrun.origin"),
        *("auditing_auditentry.words", "auditing_auditentry.object_repr"),
        *("auditing_auditentry.changes", "django_session.session_data"),
        *("api_webhookdelivery.body", "api_webhookattempt.answer", "api_keptanswer.body"),
        *("companies_signup.email", "companies_impersonation.reason"),
        *("django_admin_log.object_repr", "django_admin_log.change_message"),
        *("learning_learningrecord.payload", "learning_assignmentdraft.because"),
        *("reinforcement_barrier.words", "people_person.attributes"),
    } <= before
    erase(known, olive)
    assert traces(NAMES) == set()
    assert traces([uid]) == {
        "learning_learningrecord.payload",
        "api_webhookdelivery.body",
        "auditing_auditentry.words",
        "companies_impersonation.person",
    }


def test_what_others_wrote_stays_but_for_the_name(
    told_everywhere: Person, olive: Person, nia: Person
) -> None:
    erase(told_everywhere, olive)
    with schema_context(get_public_schema_name()):
        assert AuditEntry.objects.filter(words="asked to look as [erased]").exists()
    assert Barrier.objects.filter(words="[erased] decides\n[erased] is away").exists()
    assert AuditEntry.objects.filter(words="Exported Nia Berg, [erased] and 3 others").exists()
    nia.refresh_from_db()
    assert nia.attributes == {"mentor": "[erased]"}


def test_sessions_of_theirs_end_and_others_go_on(told_everywhere: Person, olive: Person) -> None:
    erase(told_everywhere, olive)
    [session] = Session.objects.all()
    assert session.get_decoded() == {"said": "[erased] was told", SESSION_KEY: str(olive.pk)}


def test_a_record_on_its_way_out_goes_without_them(told_everywhere: Person, olive: Person) -> None:
    uid = str(told_everywhere.uid)
    erase(told_everywhere, olive)
    data = json.loads(WebhookDelivery.objects.get().body)["data"]
    nobody = {"uid": uid, "external_id": None, "employee_number": None, "email": None}
    assert data["person"] == nobody
    assert data["path"]["name"]
