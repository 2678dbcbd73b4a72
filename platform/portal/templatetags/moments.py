"""A word on where somebody is with their path, where one helps."""

from dataclasses import dataclass
from typing import Any

from django.template import Library
from django.utils import timezone

from learning.models import Assignment, PlanStep
from learning.reports import MyPath
from reinforcement.selection import STUCK_AFTER

register = Library()


@dataclass(frozen=True)
class Moment:
    """What is to be said: it starts later, it is new, nothing moves, or no first win in time."""

    name: str
    days: int = 0
    win: PlanStep | None = None
    """The quick win that comes next."""


@register.inclusion_tag("portal/parts/path_moment.html", takes_context=True)
def path_moment(context: dict[str, Any], path: MyPath) -> dict[str, Any]:
    """At most one; a query for the manager's name where nothing moves."""
    return {
        "moment": _moment(path),
        "assignment": path.assignment,
        "reader": context["user"],
        "company": context.get("company"),
    }


def _moment(path: MyPath) -> Moment | None:
    assignment, today = path.assignment, timezone.localdate()
    if assignment.status not in Assignment.RUNNING or not path.next:
        return None
    untouched = assignment.status == Assignment.Status.ASSIGNED
    if untouched and today <= assignment.starts_on:
        return Moment("later" if today < assignment.starts_on else "first_day")
    still = timezone.now() - assignment.moved_at
    if still >= STUCK_AFTER:
        return Moment("stuck", days=still.days)
    if assignment.first_win_at is None and today > assignment.first_win_due_on:
        waiting = (line.plan_step for line in path.lines if line.plan_step.state != "done")
        return Moment("late", win=next((step for step in waiting if step.quick_win), None))
    return None
