"""Managers as L&D sees them: when they last talked with their people, and L&D with them."""

from datetime import date, timedelta
from typing import Any

from django.db.models import (
    Count,
    Exists,
    ExpressionWrapper,
    F,
    IntegerField,
    Max,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
)
from django.db.models.fields import BooleanField
from django.db.models.functions import Coalesce

from learning.models import Assignment
from learning.reports.small_groups import Share
from reinforcement.models import Barrier, Conversation, Touchpoint
from reinforcement.reports.cadence import WINDOW
from tenants.people.models import EmploymentStatus, Person

NOT_SPOKEN_TO_AFTER = timedelta(days=60)


def managers(*, today: date) -> "QuerySet[Any]":
    """Everybody whom somebody reports to, the one not spoken to for longest first. One query.

    Each has `people` (how many report to them now), `on_a_path` (of these, those at work with a
    running assignment) and `talked_with` (of these, those with whom they noted a conversation in
    the last 14 days): the pairs of `reports.cadence`, which `talking_of` makes a figure of. Then
    `talked_on` (the last day they noted a conversation with any of them; nothing of what was said),
    `open_barriers`, `spoken_to_on` (the last touchpoint) and `is_overdue`: no touchpoint in 60
    days, or none ever.
    """
    reports = Person.objects.filter(manager=OuterRef("pk")).exclude(
        employment_status=EmploymentStatus.TERMINATED
    )
    conversations = Conversation.objects.filter(
        manager=OuterRef("pk"), report__manager=OuterRef("pk")
    )
    learners = Person.objects.filter(
        Exists(Assignment.objects.filter(person=OuterRef("pk"), status__in=Assignment.RUNNING)),
        manager=OuterRef("pk"),
        manager__employment_status=EmploymentStatus.ACTIVE,
        employment_status=EmploymentStatus.ACTIVE,
    )
    lately = Conversation.objects.filter(
        report=OuterRef("pk"),
        manager=OuterRef("manager"),
        held_on__range=(today - WINDOW, today + timedelta(days=1)),  # of the manager's calendar
    )
    barriers = Barrier.objects.filter(manager=OuterRef("pk"), status__in=Barrier.OPEN)
    touchpoints = Touchpoint.objects.filter(manager=OuterRef("pk"))
    overdue = Q(spoken_to_on=None) | Q(spoken_to_on__lt=today - NOT_SPOKEN_TO_AFTER)
    found: QuerySet[Any] = (
        Person.objects.filter(Exists(reports))
        .exclude(employment_status=EmploymentStatus.TERMINATED)
        .select_related("department")
        .annotate(
            people=_of_each(reports, Count("pk"), none=Value(0)),
            on_a_path=_of_each(learners, Count("pk"), none=Value(0)),
            talked_with=_of_each(learners.filter(Exists(lately)), Count("pk"), none=Value(0)),
            talked_on=_of_each(conversations, Max("held_on")),
            open_barriers=_of_each(barriers, Count("pk"), none=Value(0)),
            spoken_to_on=_of_each(touchpoints, Max("held_on")),
        )
        .annotate(is_overdue=ExpressionWrapper(overdue, output_field=BooleanField()))
        .order_by(F("spoken_to_on").asc(nulls_first=True), "family_name", "given_name", "pk")
    )
    return found


def talking_of(manager: Any) -> Share:
    """With how many of their people on a path they talked, of a row of `managers`.

    It tells of these people, one by one where they are few: hidden where they are fewer than five.
    That a manager talks, and when they last did, is about nobody but the manager.
    """
    return Share.about(manager.on_a_path, met=manager.talked_with, of=manager.on_a_path)


def _of_each(rows: "QuerySet[Any]", figure: Any, *, none: Any = None) -> Any:
    """A figure over a correlated queryset of each manager's rows."""
    found = Subquery(rows.order_by().values("manager").annotate(it=figure).values("it"))
    return Coalesce(found, none, output_field=IntegerField()) if none is not None else found
