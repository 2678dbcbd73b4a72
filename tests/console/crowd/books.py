"""What is kept about all that: runs of the sync, the audit log, tokens, groups."""

from datetime import datetime, timedelta

from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType

from api.models import ApiToken, Scope
from tenants.people.auditing.models import AuditEntry
from tenants.people.models import Person, SyncRun
from tenants.people.sync.packing import pack, told
from tenants.people.sync.results import Outcome, RowResult
from tests.console.crowd.people import Crowd

PROBLEM = {"line": 1, "field": "email", "value": "x", "message": "no address", "refused": True}


def keep(company: Crowd, now: datetime) -> None:
    _sync(company, now)
    _audit(company, now)
    ApiToken.objects.bulk_create(
        ApiToken(
            name=f"Token {each}",
            digest=f"{each:064}",
            scopes=[Scope.PEOPLE_READ],
            expires_at=now + timedelta(days=each - 20),
            created_by=company.people[each],
        )
        for each in range(60)
    )
    groups = Group.objects.bulk_create(Group(name=f"Group {each}") for each in range(60))
    groups[0].user_set.set(company.people[1::250])


def _sync(company: Crowd, now: datetime) -> None:
    """A run a night. Those that changed everybody have a long story, which no list reads."""
    changed = {"job_title": ("Engineer", "Account Executive")}
    outcomes = pack(
        told(
            RowResult(line, Outcome.UPDATED, person.name, changed, [], person.uid)
            for line, person in enumerate(company.people)
        )
    )
    SyncRun.objects.bulk_create(
        SyncRun(
            source="api",
            mode="complete",
            state="finished",
            actor=company.people[1],
            requested_at=now - timedelta(days=each),
            started_at=now,
            finished_at=now,
            rows=len(company.people),
            updated=each,
            problems=[PROBLEM] * 50,
            outcomes=outcomes if each < 100 else None,
        )
        for each in range(700)
    )


def _audit(company: Crowd, now: datetime) -> None:
    person = ContentType.objects.get_for_model(Person)
    AuditEntry.objects.bulk_create(
        AuditEntry(
            content_type=person,
            object_pk=str(each.pk),
            object_id=each.pk,
            object_repr=str(each),
            action=AuditEntry.Action.UPDATE,
            changes={"job_title": ["Engineer", each.job_title]},
            actor=company.managers[at % 40],
            timestamp=now - timedelta(minutes=at),
        )
        for at, each in enumerate(company.people * 2)
    )
