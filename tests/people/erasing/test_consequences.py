"""Everybody else stays, the feed tells it, and what was theirs is dead."""

from typing import Any

import pytest
from django.db import OperationalError, connection

from api.models import (
    ApiToken,
)
from learning.models import (
    Assignment,
    AssignmentRule,
    LearningRecord,
    Observation,
    Skill,
)
from reinforcement.links import (
    DeadLink,
    answer_path,
    read_answer_token,
    read_unsubscribe_token,
    unsubscribe_path,
)
from reinforcement.models import Brief, BriefItem, Conversation, Delivery
from tenants.companies.connections import beside
from tenants.people.actions import Outcome, sync_people
from tenants.people.auditing.models import AuditEntry
from tenants.people.exports import Table
from tenants.people.kept_tables import pack_table
from tenants.people.models import PeopleFile, Person, SyncRun
from tenants.people.sync.packing import pack, unpack
from tests.people.erasing.cast import Assign, erase
from tests.people.erasing.traces import traces
from tests.people.known import AT
from tests.portal.asking import see


def test_everybody_else_stays_as_they_were(known: Person, olive: Person, nia: Person) -> None:
    before = {
        "records": LearningRecord.objects.filter(person=nia).count(),
        "talks": Conversation.objects.filter(manager=olive, report=nia).count(),
        "own": Conversation.objects.filter(manager=nia).count(),
        "weeks": BriefItem.objects.filter(report=nia).count(),
        "plans": Assignment.objects.filter(person=nia).count(),
    }
    assert all(before.values())
    erase(known, olive)
    assert before == {
        "records": LearningRecord.objects.filter(person=nia).count(),
        "talks": Conversation.objects.filter(manager=olive, report=nia).count(),
        "own": Conversation.objects.filter(manager=nia).count(),
        "weeks": BriefItem.objects.filter(report=nia).count(),
        "plans": Assignment.objects.filter(person=nia).count(),
    }
    assert len(traces(["niamark"])) > 10


def test_reports_have_no_manager_and_keep_what_was_seen_in_them(
    known: Person, olive: Person
) -> None:
    report = Person.objects.filter(manager=known)[0]
    skill = Skill.objects.all()[0]
    see(report, skill.slug, 2, by=known)
    erase(known, olive)
    report.refresh_from_db()
    assert report.manager is None
    assert Observation.objects.get(person=report, skill=skill, level=2).observer is None


def test_what_a_rule_filled_in_of_the_manager_goes_too(known: Person, olive: Person) -> None:
    [given] = Assignment.objects.filter(person__manager=known)
    rule = AssignmentRule.objects.all()[0]
    AssignmentRule.objects.filter(pk=rule.pk).update(because="{manager} wants a date in each demo")
    told = {"because": "Ada wants a date in each demo", "claim": "give Ada dates, not radar"}
    Assignment.objects.filter(pk=given.pk).update(rule=rule, **told)
    records = LearningRecord.objects.filter(assignment=given)
    records.update(payload={"person": {"uid": str(given.person.uid)}, "assignment": told})
    erase(known, olive)
    given.refresh_from_db()
    assert given.because == "[erased] wants a date in each demo"
    assert given.claim == "give [erased] dates, not radar"
    assert {each.payload["assignment"]["claim"] for each in records} == {given.claim}


def test_the_feed_tells_it_once_and_older_records_have_the_uid_alone(
    known: Person, olive: Person
) -> None:
    count = LearningRecord.objects.filter(person=known).count()
    assert count
    uid = str(known.uid)
    erase(known, olive)
    records = LearningRecord.objects.filter(payload__person__uid=uid)
    assert records.count() == count + 1
    nobody = {"uid": uid, "external_id": None, "employee_number": None, "email": None}
    assert all(each.payload["person"] == nobody for each in records)
    last = records.get(kind="person.erased")
    assert (last.payload["path"], last.payload["assignment"], last.payload["step"]) == (None,) * 3
    assert all(each.payload["path"]["name"] for each in records.exclude(pk=last.pk))
    assert {each.person_id for each in records} == {None}


def test_the_log_keeps_that_it_was_done_by_whom_and_why(known: Person, olive: Person) -> None:
    entries = AuditEntry.objects.count()
    uid = str(known.uid)
    erase(known, olive)
    [entry] = AuditEntry.objects.filter(event="erasure")
    assert entry.actor == olive
    assert entry.words == (
        f"Erased the person {uid} for good. Reason: She asked for it by letter, [erased]"
    )
    assert AuditEntry.objects.count() == entries + 1
    assert AuditEntry.objects.filter(actor_words="Somebody who was erased").exists()


def test_their_tokens_open_nothing(known: Person, olive: Person) -> None:
    token = ApiToken.objects.get(created_by=known)
    erase(known, olive)
    token.refresh_from_db()
    assert token.created_by is None
    assert not token.is_current


def test_their_links_are_dead_and_a_week_about_them_alone_is_not_sent(
    known: Person, olive: Person, assign: Assign
) -> None:
    item = BriefItem.objects.filter(report=known, brief__manager=olive)[0]
    waiting = Delivery.objects.create(
        brief=item.brief, recipient=olive, channel="mail", next_attempt_at=AT, message_id="<1@a>"
    )
    about = answer_path(item).removeprefix("/a/")
    stop = unsubscribe_path(known, Delivery.Kind.BRIEF).removeprefix("/u/")
    erase(known, olive)
    assert not Delivery.objects.filter(pk=waiting.pk).exists()
    with pytest.raises(DeadLink):
        read_answer_token(about)
    with pytest.raises(DeadLink):
        read_unsubscribe_token(stop)


def test_a_week_about_others_too_is_sent_without_them(
    known: Person, olive: Person, nia: Person
) -> None:
    brief = Brief.objects.filter(manager=olive, items__report=known)[0]
    other = BriefItem.objects.filter(report=nia, brief__manager=olive)[0]
    BriefItem.objects.filter(pk=other.pk).update(brief=brief)
    Brief.objects.filter(pk=brief.pk).update(also=[known.pk, nia.pk])
    waiting = Delivery.objects.create(
        brief=brief, recipient=olive, channel="mail", next_attempt_at=AT, message_id="<2@a>"
    )
    erase(known, olive)
    assert Delivery.objects.filter(pk=waiting.pk).exists()
    brief.refresh_from_db()
    assert brief.also == [nia.pk]
    assert [each.report for each in brief.items.all()] == [nia]


def test_files_and_runs_that_wait_forget_them(known: Person, olive: Person, lee: Person) -> None:
    email = str(known.email)
    lines = [(2, ["Ada", "Lindqvist", email, ""]), (3, ["Lee", "Tanaka", str(lee.email), email])]
    table = Table(["First", "Last", "E-mail", "Manager"], lines, [])
    file = PeopleFile.objects.create(
        name="people.csv",
        content=pack_table(table),
        fields=["given_name", "family_name", "email", "manager_email"],
    )
    rows: list[dict[str, Any]] = [
        {"email": email, "given_name": "Ada"},
        {"email": lee.email, "manager_email": email},
    ]
    run = SyncRun.objects.create(source="file", mode="partial", rows=2, input=pack(rows))
    erase(known, olive)
    file.refresh_from_db()
    run.refresh_from_db()
    assert [each["cells"] for each in unpack(file.content)[1:]] == [
        ["Lee", "Tanaka", lee.email, ""]
    ]
    assert unpack(run.input) == [{"email": lee.email, "manager_email": ""}]
    assert run.rows == 1


def test_a_run_that_still_has_them_brings_a_new_person(known: Person, olive: Person) -> None:
    before, row = known.uid, {"external_id": "HR-ADA-1", "given_name": "Ada"}
    erase(known, olive)
    assert sync_people(rows=[row], source="api").counts[Outcome.CREATED] == 1
    assert Person.objects.get(external_id="HR-ADA-1").uid != before


def test_it_waits_for_a_sync_that_runs(lee: Person, olive: Person) -> None:
    with beside() as sync, connection.cursor() as cursor:
        sync.execute("SET lock_timeout = '5s'")
        sync.execute("SELECT pg_advisory_lock(hashtext(current_schema()))")
        cursor.execute("SET LOCAL lock_timeout = '200ms'")
        with pytest.raises(OperationalError, match="lock timeout"):
            erase(lee, olive, works_here=True)
    assert Person.objects.filter(pk=lee.pk).exists()
