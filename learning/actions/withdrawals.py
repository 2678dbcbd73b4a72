"""Taking a path back, and undoing that."""

from collections.abc import Iterable
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from learning.actions.completion import complete_finished
from learning.actions.pauses import AWAY, go_on, locked, tell_of
from learning.actions.plans import replan
from learning.models import Assignment, LearningRecord, Path
from learning.records import record
from tenants.companies.context import current_company

Kind, Status = LearningRecord.Kind, Assignment.Status


@transaction.atomic
def withdraw(*, assignments: Iterable[Assignment], now: datetime | None = None) -> list[Assignment]:
    """Take paths back, keeping what was done; returns those that were still open.

    Whoever is given the path again starts a new assignment; a rule does not give it again.
    """
    now = now or timezone.now()
    taken = locked(Assignment.OPEN, pk__in=[a.pk for a in assignments])
    for assignment in taken:
        assignment.status, assignment.withdrawn_at = Status.WITHDRAWN, now
        assignment.pause, assignment.paused_on = "", None
    Assignment.objects.filter(pk__in=[a.pk for a in taken]).update(
        status=Status.WITHDRAWN, withdrawn_at=now, pause="", paused_on=None
    )
    record(Kind.ASSIGNMENT_WITHDRAWN, taken, now=now)
    tell_of(taken, "Withdrew %s from %s")
    return taken


@transaction.atomic
def undo_withdrawal(
    *, assignments: Iterable[Assignment], now: datetime | None = None
) -> list[Assignment]:
    """Give withdrawn paths back as they stood, cut to what was seen since; returns them.

    Of somebody who is on leave it is paused. Raises `ValidationError`, and gives none back, where
    somebody has left or has the path open again.
    """
    now = now or timezone.now()
    assignments = list(assignments)
    paths = sorted({assignment.path_id for assignment in assignments})
    # whoever gives one of these paths at this moment goes before or after
    list(Path.objects.filter(pk__in=paths).order_by("pk").select_for_update(no_key=True))
    back = locked([Status.WITHDRAWN], pk__in=[a.pk for a in assignments])
    _check(back)
    for assignment in back:
        assignment.paused_on = assignment.withdrawn_at and current_company().day_of(
            assignment.withdrawn_at
        )
        assignment.withdrawn_at = None
    go_on(back, now=now)
    away = [a for a in back if a.person.employment_status in AWAY]
    for assignment in away:
        assignment.status, assignment.pause = Status.PAUSED, Assignment.Pause.LEAVE
        assignment.paused_on = current_company().day_of(now)
    Assignment.objects.bulk_update(away, ["status", "pause", "paused_on"])
    Assignment.objects.filter(pk__in=[a.pk for a in back]).update(withdrawn_at=None)
    record(Kind.ASSIGNMENT_RESUMED, back, now=now)
    replan(back, now=now)
    complete_finished(back, now=now)
    tell_of(back, "Gave %s back to %s")
    return back


def _check(back: list[Assignment]) -> None:
    gone = [str(a.person) for a in back if a.person.employment_status == "terminated"]
    if gone:
        raise ValidationError(f"No longer with the company: {', '.join(gone)}.")
    open_again = Assignment.objects.filter(
        status__in=Assignment.OPEN,
        person__in=[a.person_id for a in back],
        path__in=[a.path_id for a in back],
    ).values_list("person_id", "path_id")
    taken = set(open_again)
    pairs = [(a.person_id, a.path_id) for a in back]
    twice = [
        str(a.person)
        for a, pair in zip(back, pairs, strict=True)
        if pair in taken or pairs.count(pair) > 1
    ]
    if twice:
        raise ValidationError(f"They have this path open again: {', '.join(sorted(set(twice)))}.")
