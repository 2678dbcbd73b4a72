"""What reinforcement knows of somebody: briefs, talks, barriers, what did not arrive.

Of a talk that it took place, with whom and on which day: its note, and the notes beside answers,
are not read from the database.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from console.people.happenings import Happening, Kind
from reinforcement.models import Barrier, BriefItem, Conversation, Delivery
from tenants.people.models import Person

FAILED = 200
"""Deliveries that are shown at most, the latest."""


class Talk(NamedTuple):
    """That a manager talked with them, and the day, which is the manager's."""

    on: date
    manager: str


def talks_with(person: Person) -> list[Talk]:
    """The latest first. One query."""
    held = Conversation.objects.filter(report=person).order_by("-held_on", "-pk")
    names = ("given_name", "preferred_name", "family_name")
    rows = held.values_list("held_on", *(f"manager__{name}" for name in names))
    return [Talk(on, Person(**dict(zip(names, name, strict=True))).name) for on, *name in rows]


def talks(held: Iterable[Talk]) -> Iterator[Happening]:
    for each in held:
        words = _("%(name)s talked with them about learning") % {"name": each.manager}
        yield Happening(Kind.TALKS, each.on, words)


def briefs(person: Person) -> Iterator[Happening]:
    """In whose weeks they were, and why. One query."""
    items = BriefItem.objects.filter(report=person).select_related(
        "brief__manager", "plan_step__step"
    )
    for each in items:
        brief = each.brief
        about = {"name": brief.manager.name, "week": brief.iso_week, "year": brief.iso_year}
        step = f": {each.plan_step.step.title}" if each.plan_step else ""
        yield Happening(
            kind=Kind.BRIEFS,
            on=localdate(brief.due_at),
            at=brief.due_at,
            words=_("In the brief of %(name)s, week %(week)s of %(year)s") % about,
            more=capfirst(f"{each.get_why_display()}{step}"),
            link=reverse("admin:reinforcement_brief_change", args=[brief.pk]),
        )


def barriers_of(person: Person) -> list[Barrier]:
    """What they said slows their team down: what is not gone first. One query."""
    said = Barrier.objects.filter(manager=person).select_related("outcome")
    return sorted(said, key=lambda each: each.status == Barrier.Status.GONE)


def barriers_named(barriers: Iterable[Barrier]) -> Iterator[Happening]:
    for each in barriers:
        link = reverse("admin:reinforcement_barrier_change", args=[each.pk])
        words = _("Said what slows the team down")
        yield Happening(Kind.BARRIERS, each.heard_on, words, each.words, link)
        if each.status != Barrier.Status.HEARD:
            moved = _("Their barrier moved on: %(status)s") % {"status": each.get_status_display()}
            yield Happening(Kind.BARRIERS, each.status_since, moved, each.words, link)


def undelivered(person: Person) -> Iterator[Happening]:
    """What did not reach them, with what the other side said. One query."""
    failed = Delivery.objects.filter(recipient=person, state=Delivery.State.FAILED)
    for each in failed[:FAILED]:
        about = {"what": each.kind.label, "channel": each.get_channel_display()}
        yield Happening(
            kind=Kind.UNDELIVERED,
            on=localdate(each.next_attempt_at),
            at=each.next_attempt_at,
            words=_("Did not arrive: %(what)s by %(channel)s") % about,
            more=each.last_error,
            link=reverse("admin:reinforcement_delivery_change", args=[each.pk]),
        )
