"""Receipts as sentences. Stored as a code and parameters, so that they can be translated."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from learning import plans
from learning.models import Level, Observation, PlanStep, Skill
from tenants.people.models import Person

Receipt = tuple[str, Mapping[str, Any]]
"""Its code, and what its sentence is made of."""


def sentences(plan_steps: Iterable[PlanStep]) -> dict[int, str]:
    """PlanStep id → why it is in the plan or was set aside. Two queries, however many steps."""
    plan_steps = list(plan_steps)
    told = worded([(plan_step.receipt_code, plan_step.receipt) for plan_step in plan_steps])
    return {plan_step.pk: words for plan_step, words in zip(plan_steps, told, strict=True)}


def worded(receipts: Sequence[Receipt]) -> list[str]:
    """Receipts as sentences, in their order, stored or not. Two queries, however many."""
    facts = [receipt for _code, receipt in receipts]
    skills = Skill.objects.in_bulk({fact["skill"] for fact in facts if "skill" in fact})
    observers = Person.objects.in_bulk({fact["observer"] for fact in facts if fact.get("observer")})
    return [_sentence(code, receipt, skills, observers) for code, receipt in receipts]


def _sentence(
    code: str, receipt: Mapping[str, Any], skills: dict[int, Skill], observers: dict[int, Person]
) -> str:
    if code == plans.EVERYONE:
        return _("Everyone in this role does this.")
    skill = skills.get(receipt.get("skill", 0))
    if skill is None:
        return _("The role does not need this.")
    if code == plans.NOT_SEEN:
        return _("%(skill)s: not seen yet. Start here and we will find out.") % {
            "skill": skill.name
        }
    if code == plans.SHOWN:
        return _("You already showed this: %(seen)s.") % {"seen": _shown(receipt, observers)}
    return _("%(skill)s: the role needs “%(required)s”; %(seen)s.") % {
        "skill": skill.name,
        "required": Level(receipt["required"]).label,
        "seen": _short_of_it(receipt, observers),
    }


def _shown(receipt: Mapping[str, Any], observers: dict[int, Person]) -> str:
    day = _day(receipt)
    if receipt["source"] == Observation.Source.SELF:
        return _("you said so on %(day)s") % {"day": day}
    return _("%(name)s saw it on %(day)s") % {"name": _observer(receipt, observers), "day": day}


def _short_of_it(receipt: Mapping[str, Any], observers: dict[int, Person]) -> str:
    told = {
        "day": _day(receipt),
        "level": Level(receipt["level"]).label,
        "name": _observer(receipt, observers),
    }
    if receipt["source"] == Observation.Source.SELF:
        if receipt["level"] == Level.NOT_SEEN:
            return _("on %(day)s you said you had not done it yet") % told
        return _("on %(day)s you said “%(level)s”") % told
    if receipt["level"] == Level.NOT_SEEN:
        return _("on %(day)s %(name)s had not seen it yet") % told
    return _("%(name)s saw “%(level)s” on %(day)s") % told


def _day(receipt: Mapping[str, Any]) -> str:
    """``3 May``; with its year where that is another than this one."""
    day = date.fromisoformat(receipt["on"])
    return date_format(day, "j F" if day.year == timezone.localdate().year else "j F Y")


def _observer(receipt: Mapping[str, Any], observers: dict[int, Person]) -> str:
    observer = observers.get(receipt["observer"] or 0)
    return observer.called if observer else _("your manager")
