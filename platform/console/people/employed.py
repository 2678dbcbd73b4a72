"""What HRIS says of somebody, and which runs changed it."""

from collections.abc import Iterator
from typing import Final

from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from console.people.happenings import Happening, Kind
from tenants.people.admin.wording import label_of, shown
from tenants.people.auditing.events import Event
from tenants.people.auditing.models import AuditEntry
from tenants.people.auditing.wording import NOTHING, Change, changes_of, sentence, who
from tenants.people.models import Person
from tenants.people.sync.kept import runs_about
from tenants.people.sync.results import Outcome

ENTRIES: Final = 500
"""Rows of the audit log that are shown at most, the latest."""
DOOR: Final = (Event.SIGN_IN, Event.SIGN_OUT, Event.SIGN_IN_FAILED)


def facts(person: Person) -> list[tuple[str, str]]:
    """What there is to know at a glance: label and value; what is empty is left out."""
    names = ("email", "location", "hired_on", "rehired_on", "ended_on", "employee_number")
    more = ("external_id", "time_zone", "locale")
    told = [(label_of(name), shown(name, getattr(person, name))) for name in (*names, *more)]
    return [(label, value) for label, value in told if value]


def attributes(person: Person) -> list[tuple[str, str]]:
    """Whatever else the HRIS sends, a line each."""
    told = [(label_of(name), shown("", value)) for name, value in person.attributes.items()]
    return [(label, value) for label, value in told if value]


def employment(person: Person) -> Iterator[Happening]:
    """The days that HRIS names. No query."""
    for day, words in (
        (person.hired_on, _("First day at work")),
        (person.rehired_on, _("First day after coming back")),
        (person.ended_on, _("Last day at work")),
    ):
        if day:
            yield Happening(Kind.EMPLOYMENT, day, words)


def syncs(person: Person) -> Iterator[Happening]:
    """What runs changed, from what to what. One query."""
    sentences = {
        Outcome.CREATED: _("Brought in by %(source)s"),
        Outcome.UPDATED: _("Changed by %(source)s"),
        Outcome.DEACTIVATED: _("Marked as left by %(source)s"),
        Outcome.ERROR: _("A row about them was refused: %(source)s"),
        Outcome.UNCHANGED: _("Left as they were, with a warning: %(source)s"),
    }
    for run, row in runs_about(person):
        source = f"{run.source}, {run.origin}" if run.origin else run.source
        outcome = Outcome(row["outcome"])
        yield Happening(
            kind=Kind.HRIS,
            on=localdate(run.requested_at),
            at=run.requested_at,
            words=sentences[outcome] % {"source": source},
            more=" ".join(problem["message"] for problem in row["problems"]),
            link=reverse("admin:people_syncrun_change", args=[run.pk]),
            changes=[
                Change(
                    label_of(name),
                    shown(name, moved["from"]) or NOTHING,
                    shown(name, moved["to"]) or NOTHING,
                )
                for name, moved in row["changes"].items()
                if outcome != Outcome.CREATED
            ],
        )


def audited(person: Person) -> Iterator[Happening]:
    """What the audit log says was done to them, but for coming and going. One query."""
    entries = (
        AuditEntry.objects.filter(
            content_type__app_label="people", content_type__model="person", object_id=person.pk
        )
        .exclude(event__in=DOOR)
        .select_related("actor", "content_type")
        .order_by("-timestamp", "-pk")
    )
    for entry in entries[:ENTRIES]:
        yield Happening(
            kind=Kind.AUDIT,
            on=localdate(entry.timestamp),
            at=entry.timestamp,
            words=sentence(entry),
            more=_("by %(name)s") % {"name": who(entry)},
            link=reverse("admin:auditing_auditentry_change", args=[entry.pk]),
            changes=changes_of(entry),
        )
