"""Receipts as sentences. Stored as a code and parameters, so that they can be translated."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from learning import plans
from learning.models import Level, Observation, PlanStep, Skill
from tenants.people.days import day
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
    observer = observers.get(receipt["observer"] or 0)
    told = {
        "skill": skill.name,
        "required": Level(receipt["required"]).label if "required" in receipt else "",
        "level": Level(receipt["level"]).label if "level" in receipt else "",
        "day": day(date.fromisoformat(receipt["on"])),
        "name": observer.called if observer else "",
    }
    wording = _shown if code == plans.SHOWN else _short_of_it
    return wording(receipt, named=observer is not None) % told


def _shown(receipt: Mapping[str, Any], *, named: bool) -> str:
    if receipt["source"] == Observation.Source.SELF:
        return _("You already showed this: you said so on %(day)s.")
    if named:
        return _("You already showed this: %(name)s saw it on %(day)s.")
    return _("You already showed this: your manager saw it on %(day)s.")


def _short_of_it(receipt: Mapping[str, Any], *, named: bool) -> str:
    unseen = receipt["level"] == Level.NOT_SEEN
    if receipt["source"] == Observation.Source.SELF:
        if unseen:
            return _(
                "%(skill)s: the role needs “%(required)s”; on %(day)s you said you had not done it "
                "yet."
            )
        return _("%(skill)s: the role needs “%(required)s”; on %(day)s you said “%(level)s”.")
    if named and unseen:
        return _(
            "%(skill)s: the role needs “%(required)s”; on %(day)s %(name)s had not seen it yet."
        )
    if named:
        return _("%(skill)s: the role needs “%(required)s”; %(name)s saw “%(level)s” on %(day)s.")
    if unseen:
        return _(
            "%(skill)s: the role needs “%(required)s”; on %(day)s your manager had not seen it yet."
        )
    return _("%(skill)s: the role needs “%(required)s”; your manager saw “%(level)s” on %(day)s.")
