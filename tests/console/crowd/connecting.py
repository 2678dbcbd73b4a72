"""What is connected: whom people sign in with, and which systems get the records."""

from datetime import datetime, timedelta

from api.models import WebhookAttempt, WebhookDelivery, WebhookEndpoint
from learning.models import Assignment, LearningRecord
from learning.records import record
from tenants.people.models import DirectoryGroup
from tenants.people.single_sign_on.models import LinkedAccount, SignInConnection
from tests.console.crowd.people import Crowd


def connect(company: Crowd, given: list[Assignment], now: datetime) -> None:
    _sign_in(company)
    whole = Assignment.objects.select_related("person", "path", "outcome")
    record(LearningRecord.Kind.ASSIGNMENT_CREATED, whole, now=now)
    hooks = WebhookEndpoint.objects.bulk_create(
        WebhookEndpoint(
            url=f"https://hooks{each}.example/",
            description=f"System {each}",
            created_by=company.first,
            secret="whsec_x",  # of nobody
            feed_epoch=1,
            feed_transaction=0,
            feed_row=0,
        )
        for each in range(60)
    )
    sent = WebhookDelivery.objects.bulk_create(
        WebhookDelivery(
            endpoint=hooks[each % 3],
            record=assignment.uid,
            kind="assignment.created",
            body='{"type":"assignment.created"}',
            state="delivered" if each % 10 else "failed",
            attempts=1,
            next_attempt_at=now,
            created_at=now - timedelta(minutes=each),
            finished_at=now,
        )
        for each, assignment in enumerate(given)
    )
    WebhookAttempt.objects.bulk_create(
        WebhookAttempt(delivery=each, at=now, took_ms=84, status=200) for each in sent
    )


def _sign_in(company: Crowd) -> None:
    """Everybody signs in with the first of them, and is in the first of its groups."""
    providers = SignInConnection.objects.bulk_create(
        SignInConnection(
            name=f"Provider {each}", protocol="openid_connect", domains=["crowd.example"]
        )
        for each in range(60)
    )
    LinkedAccount.objects.bulk_create(
        LinkedAccount(provider=str(providers[0].uid), uid=person.external_id, user=person)
        for person in company.people
    )
    groups = DirectoryGroup.objects.bulk_create(
        DirectoryGroup(name=f"Group {each}") for each in range(60)
    )
    groups[0].members.set(company.people)
