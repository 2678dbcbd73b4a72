"""A word to a learner, two days before their manager is prompted to talk with them."""

from django.core.mail import EmailMultiAlternatives
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from learning.models import Assignment
from reinforcement.channels.base import PermanentFailure
from reinforcement.channels.mail.messages.envelope import enclose
from reinforcement.models import Delivery, HeadsUp
from reinforcement.rhythms import is_paused
from tenants.companies.context import current_company
from tenants.people.models import EmploymentStatus


def compose(delivery: Delivery) -> EmailMultiAlternatives:
    """Three queries. The day is that of the reader's own clock.

    Raises `PermanentFailure` where what it says is not so any more: the reader has another manager
    by now or no running path, the manager is away, or the day has come.
    """
    heads_up = HeadsUp.objects.select_related(
        "person", "manager__channel_preference", "plan_step__step", "plan_step__assignment"
    ).get(deliveries=delivery)
    if reason := _untrue_because(heads_up):
        raise PermanentFailure(reason)
    manager, plan_step = heads_up.manager.called, heads_up.plan_step
    day = date_format(timezone.localtime(heads_up.brief_due_at), "l")
    place = f"/path/{plan_step.uid}/#intention" if plan_step else "/path/"
    base = current_company().url("")
    context = {
        "base": base,
        "manager": manager,
        "day": day,
        "step": plan_step.step.title if plan_step else "",
        "intention": plan_step.intention if plan_step else "",
        "url": base + place,
    }
    subject = _("On %(day)s %(manager)s gets a nudge to talk with you")
    return enclose(delivery, "heads_up", subject % {"day": day, "manager": manager}, context)


def _untrue_because(heads_up: HeadsUp) -> str:
    person, manager, plan_step = heads_up.person, heads_up.manager, heads_up.plan_step
    if not current_company().heads_up:
        return "The company switched heads-ups off."
    if timezone.now() >= heads_up.brief_due_at:
        return "The day it speaks of has come."
    if person.manager_id != manager.pk:
        return f"{person.called} does not report to {manager.called} any more."
    if manager.employment_status != EmploymentStatus.ACTIVE:
        return f"{manager.called} is not at work."
    if is_paused(manager, heads_up.brief_due_at):
        return f"{manager.called} paused briefs."
    if plan_step and plan_step.assignment.status not in Assignment.RUNNING:
        return f"{person.called} has no running path any more."
    return ""
