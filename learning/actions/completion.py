from collections.abc import Iterable
from datetime import datetime

from learning.models import Assignment, LearningRecord, PlanStep
from learning.records import record

LEFT_TO_DO = (PlanStep.State.TO_DO, PlanStep.State.DOING)


def complete_finished(assignments: Iterable[Assignment], *, now: datetime) -> None:
    """Complete those in progress whose every step is done or set aside."""
    pks = [assignment.pk for assignment in assignments]
    finished = list(
        Assignment.objects.filter(pk__in=pks, status=Assignment.Status.IN_PROGRESS)
        .exclude(plan_steps__state__in=LEFT_TO_DO)
        .select_related("person", "path", "outcome")
    )
    Assignment.objects.filter(pk__in=[assignment.pk for assignment in finished]).update(
        status=Assignment.Status.COMPLETED, completed_at=now
    )
    record(LearningRecord.Kind.ASSIGNMENT_COMPLETED, finished, now=now)
