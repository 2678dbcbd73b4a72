"""Switching a rule on and off, and running it, from its preview."""

from hashlib import sha256
from typing import Final

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from learning.actions import run_rule, switch_off, switch_on
from learning.models import AssignmentRule

CHANGES: Final = ("on", "off", "run")
UNDECIDED = "Tick the box if it is really meant for all of them; until then nobody is given it."
CHANGED = "The rule was changed meanwhile: this is what would happen now."
FROM_NOW_ON = "From now on whoever comes to meet the conditions gets it by themselves, each once."


def fingerprint(rule: AssignmentRule) -> str:
    """Another one as soon as the rule means others, or says something else to them."""
    told = (
        (rule.path_id, rule.outcome_id, rule.claim, rule.because, rule.sign),
        sorted(role.pk for role in rule.roles.all()),
        sorted(department.pk for department in rule.departments.all()),
        (sorted(rule.locations), sorted(rule.statuses)),
        (rule.days_since_hire_from, rule.days_since_hire_to),
    )
    return sha256(repr(told).encode()).hexdigest()[:16]


def carry_out(request: HttpRequest, rule: AssignmentRule, *, asks: bool) -> HttpResponse:
    """What a button of the preview says. Raises `ValidationError` where it is not done, with why.

    `asks` tells whether so many are meant that a box is to be ticked first.
    """
    change = request.POST["change"]
    if change == "off":
        switch_off(rule=rule)
        messages.success(request, f"“{rule}” is switched off. Whoever was given the path keeps it.")
        return redirect("admin:learning_assignmentrule_preview", rule.pk)
    if request.POST.get("seen") != fingerprint(rule):
        raise ValidationError(CHANGED)
    if asks and "confirm" not in request.POST:
        raise ValidationError(UNDECIDED)
    if change == "on":
        messages.success(request, f"{_told(len(switch_on(rule=rule)))} {FROM_NOW_ON}")
    elif rule.active:
        messages.success(request, _told(len(run_rule(rule=rule, now=timezone.now()))))
    else:
        raise ValidationError("The rule is switched off: switch it on to run it.")
    given = reverse("admin:learning_assignment_changelist")
    return redirect(f"{given}?rule__id__exact={rule.pk}")


def _told(number: int) -> str:
    if not number:
        return "Given to nobody: there is nobody now who is still to get it."
    return "Given to 1 person." if number == 1 else f"Given to {number:,} people."
