"""What a rule would do: to whom, with which words, and why to others not."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError

from learning.facts import plans_for
from learning.framing import Framing, check_framing
from learning.models import Assignment, AssignmentRule, Path, RuleMatch, Skill
from learning.plans import Verdict, largest_gap
from learning.rules.conditions import matching
from learning.rules.templates import NotFilled, framing_for, uses
from tenants.people.models import Person


@dataclass(frozen=True)
class Preview:
    """Who meets a rule's conditions and has not been through it, by what would happen."""

    framings: dict[Person, Framing]
    """Who would be given the path, each with their framing."""

    had_it: list[Person]
    """Who is on the path, or has completed it: nothing happens, now or later."""

    unfilled: dict[Person, str]
    """Who waits until the HRIS says what the framing speaks of, each with why."""

    been_through: int
    """How many meet the conditions to whom the rule has come before."""

    plans: Mapping[int, list[Verdict]]
    """Person id → the plan they would get, where the framing speaks of their gap; else empty."""


def preview(rule: AssignmentRule, *, today: date, people: Iterable[int] | None = None) -> Preview:
    """What running a saved rule now would do to everybody, or to these people (ids).

    At most a dozen queries, however many people.
    """
    found = matching(rule, today=today).select_related("department", "manager")
    if people is not None:
        found = found.filter(pk__in=list(people))
    matched = list(found.order_by("family_name", "given_name", "pk"))
    before = set(RuleMatch.objects.filter(rule=rule).values_list("person_id", flat=True))
    new = [person for person in matched if person.pk not in before]
    busy = _have(rule.path, new)
    free = [person for person in new if person.pk not in busy]
    plans = plans_of(rule, free) if uses(rule, "gap") else {}
    framings, unfilled = _framings(rule, free, _gaps(plans))
    return Preview(
        framings=framings,
        had_it=[person for person in new if person.pk in busy],
        unfilled=unfilled,
        been_through=len(matched) - len(new),
        plans=plans,
    )


def _have(path: Path, people: Iterable[Person]) -> set[int]:
    """Who is on the path or has completed it. A path that was withdrawn does not count."""
    return set(
        Assignment.objects.filter(path=path, person__in=people)
        .exclude(status=Assignment.Status.WITHDRAWN)
        .values_list("person_id", flat=True)
    )


def _framings(
    rule: AssignmentRule, people: Iterable[Person], gaps: Mapping[int, Skill]
) -> tuple[dict[Person, Framing], dict[Person, str]]:
    framings, unfilled = {}, {}
    for person in people:
        try:
            framing = framing_for(rule, person, gap=gaps.get(person.pk))
            check_framing(framing)
        except NotFilled as error:
            unfilled[person] = _why(error.missing)
        except ValidationError as error:
            unfilled[person] = " ".join(error.messages)
        else:
            framings[person] = framing
    return framings, unfilled


def _gaps(plans: Mapping[int, list[Verdict]]) -> dict[int, Skill]:
    largest = {person: largest_gap(plan) for person, plan in plans.items()}
    skills = Skill.objects.in_bulk({skill for skill in largest.values() if skill})
    return {person: skills[skill] for person, skill in largest.items() if skill}


def _why(missing: str) -> str:
    if missing == "gap":
        return "They have no gap on this path."
    return f"Their {missing.replace('_', ' ')} is not known."


def plans_of(rule: AssignmentRule, people: Iterable[Person]) -> dict[int, list[Verdict]]:
    """Person id → the plan they would get. Five queries, however many people."""
    return plans_for(rule.path, [person.pk for person in people])
