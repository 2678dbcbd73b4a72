"""What operators do, in two audit logs: the company's, where its owner reads it, and ours."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db import DatabaseError, transaction
from django_tenants.utils import get_public_schema_name, schema_context

from tenants.companies.context import working_for
from tenants.companies.models import Company
from tenants.people.auditing import record_event
from tenants.people.auditing.models import AuditEntry
from tenants.people.models import Person

LAST: Final = 20
SHELL: Final = "Somebody at the command line"


@dataclass(frozen=True)
class Done:
    """One thing that an operator did: when, who, and the whole sentence."""

    at: datetime
    who: str
    words: str


def note(*, company: Company, action: str, words: str, operator: Person | None) -> None:
    """`words` say what was done, without a full stop; who it was is put in front.

    A company whose tables cannot be written has the row in ours only.
    """
    with schema_context(get_public_schema_name()):
        record_event(action=action, about=company, words=words, actor=operator)
    sentence = f"{_named(operator)}: {words}"
    try:
        with working_for(company), transaction.atomic():
            record_event(action=action, words=sentence)
    except DatabaseError:
        if company.status == Company.Status.ACTIVE:
            raise


def last_done(company: Company) -> list[Done]:
    """What operators did with this company, the latest first. One query."""
    entries = (
        AuditEntry.objects.filter(
            content_type__app_label="companies",
            content_type__model="company",
            object_id=company.pk,
        )
        .exclude(event="")
        .select_related("actor")[:LAST]
    )
    return [
        Done(
            each.timestamp,
            each.actor.name if each.actor else each.actor_words or SHELL,
            each.words,
        )
        for each in entries
    ]


def _named(operator: Person | None) -> str:
    return f"{operator.called} of Throughline" if operator else "Throughline"
