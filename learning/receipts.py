"""Receipts as sentences. Stored as a code and parameters, so that they can be translated."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from learning import plans
from learning.models import Level, PlanStep, Skill
from tenants.people.models import Person


def sentences(plan_steps: Iterable[PlanStep]) -> dict[int, str]:
    """PlanStep id → why it is in the plan or was set aside. Two queries, however many steps."""
    plan_steps = list(plan_steps)
    receipts = [plan_step.receipt for plan_step in plan_steps]
    skills = Skill.objects.in_bulk({r["skill"] for r in receipts if "skill" in r})
    observers = Person.objects.in_bulk({r["observer"] for r in receipts if r.get("observer")})
    return {plan_step.pk: _sentence(plan_step, skills, observers) for plan_step in plan_steps}


def _sentence(plan_step: PlanStep, skills: dict[int, Skill], observers: dict[int, Person]) -> str:
    code, receipt = plan_step.receipt_code, plan_step.receipt
    if code == plans.EVERYONE:
        return _("Everyone in this role does this.")
    skill = skills.get(receipt.get("skill", 0))
    if skill is None:
        return _("The role does not need this.")
    if code == plans.NOT_SEEN:
        return _("%(skill)s: not seen yet. Start here and we will find out.") % {
            "skill": skill.name
        }
    seen = _seen(receipt, observers)
    if code == plans.SHOWN:
        return _("You already showed this: %(seen)s.") % {"seen": seen}
    return _("%(skill)s: the role needs “%(required)s”; %(seen)s, “%(level)s”.") % {
        "skill": skill.name,
        "required": Level(receipt["required"]).label,
        "level": Level(receipt["level"]).label,
        "seen": seen,
    }


def _seen(receipt: dict[str, Any], observers: dict[int, Person]) -> str:
    day = date_format(date.fromisoformat(receipt["on"]), "j F")
    if receipt["source"] == "self":
        return _("you said so on %(day)s") % {"day": day}
    observer = observers.get(receipt["observer"] or 0)
    if observer is None:
        return _("your manager saw it on %(day)s") % {"day": day}
    return _("%(name)s saw it on %(day)s") % {"name": observer.called, "day": day}
