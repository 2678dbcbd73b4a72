"""The items of a manager's briefs: which they may act upon, and why one is not in their week."""

from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from learning.models import Assignment
from reinforcement.models import BriefItem
from reinforcement.reports.coming import current_brief, recent_briefs
from tenants.people.models import EmploymentStatus, Person


def items_of(manager: Person) -> QuerySet[BriefItem]:
    """The items a manager may read and answer: of their own briefs, about who is in their team."""
    return (
        written_to(manager)
        .filter(report__in=Person.objects.reports_of(manager))
        .exclude(assignment__status=Assignment.Status.WITHDRAWN)
        .prefetch_related("question__choices")
    )


def written_to(manager: Person) -> QuerySet[BriefItem]:
    """Every item of the manager's own briefs, whatever became of it; loaded for a card."""
    return BriefItem.objects.filter(brief__manager=manager).select_related(
        "brief__manager",
        "report",
        "assignment",
        "plan_step__step",
        "prompt",
        "question__skill",
        "answer__choice",
    )


def why_lost(item: BriefItem, *, now: datetime) -> str:
    """A sentence, empty where the item is in its manager's current week. One query at most.

    `item` has its brief, its report and its assignment loaded.
    """
    report, manager, name = item.report, item.brief.manager, {"name": item.report.called}
    if report.employment_status == EmploymentStatus.TERMINATED:
        return _("%(name)s has left.") % name
    if report.manager_id != manager.pk:
        if report.manager_id is None:
            return _("%(name)s is not in your team any more.") % name
        return _("%(name)s reports to somebody else now.") % name
    if item.assignment.status == Assignment.Status.WITHDRAWN:
        return _("%(name)s’s path was withdrawn.") % name
    brief = current_brief(recent_briefs(manager, now=now), now=now)
    if brief is None:
        return _("That week is over.")
    if brief.pk != item.brief_id:
        return _("That week is over: your next one has come.")
    return ""
