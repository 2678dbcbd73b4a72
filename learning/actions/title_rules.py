"""Gives roles by job title and department, and takes back what no longer fits."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction
from django.db.models import F

from learning.models import RoleHolding
from learning.titles import TitleRules
from tenants.people.auditing import record_event
from tenants.people.models import EmploymentStatus, Person


@dataclass(frozen=True)
class _Titled:
    person: int
    roles: frozenset[int]
    rehired_on: date | None
    first_day: date


@transaction.atomic
def apply_title_rules(*, today: date, people: Iterable[int] | None = None) -> int:
    """Let everybody, or these people (ids), hold the roles that their title stands for.

    What was decided by hand or by API stands: such a role is left alone, and once it was ended it
    does not come back by a rule, unless the person was hired again since. A role that a rule gave
    ends on the day before the title no longer fits. Returns how many holdings began or ended. Eight
    queries, however many people.
    """
    titled = _titled(today, people)
    wanted = {(each.person, role): each for each in titled for role in each.roles}
    taken, outdated = set(), []
    for holding in RoleHolding.objects.filter(person__in=[each.person for each in titled]):
        key = (holding.person_id, holding.role_id)
        by_rule = holding.source == RoleHolding.Source.RULE
        if holding.ends_on is None and by_rule and key not in wanted:
            outdated.append(holding.pk)
        elif key in wanted and _stands(holding, wanted[key], today):
            taken.add(key)
    _end(outdated, today)
    missing = [key for key in wanted if key not in taken]
    RoleHolding.objects.bulk_create(
        (
            RoleHolding(
                person_id=person,
                role_id=role,
                starts_on=wanted[person, role].first_day,
                source=RoleHolding.Source.RULE,
            )
            for person, role in missing
        ),
        ignore_conflicts=True,  # somebody gave it by hand at this very moment
    )
    if missing or outdated:
        told = f"Title rules gave {len(missing)} roles, and ended {len(outdated)}"
        record_event(action="bulk", words=told)
    return len(missing) + len(outdated)


def _titled(today: date, people: Iterable[int] | None) -> list[_Titled]:
    here = Person.objects.exclude(employment_status=EmploymentStatus.TERMINATED)
    if people is not None:
        here = here.filter(pk__in=list(people))
    rules = TitleRules.load()
    return [
        _Titled(
            pk,
            rules.roles_of(title, department or ""),
            rehired,
            max(day for day in (today, hired, rehired) if day),
        )
        for pk, title, department, hired, rehired in here.values_list(
            "pk", "job_title", "department__name", "hired_on", "rehired_on"
        )
    ]


def _stands(holding: RoleHolding, titled: _Titled, today: date) -> bool:
    """Whether this holding leaves nothing for a rule to give."""
    if holding.ends_on is None or holding.ends_on >= today:
        return True
    of_before = titled.rehired_on and holding.starts_on < titled.rehired_on
    return holding.source != RoleHolding.Source.RULE and not of_before


def _end(holdings: list[int], today: date) -> None:
    """One that would not have lasted a day leaves no trace."""
    ending = RoleHolding.objects.filter(pk__in=holdings)
    ending.filter(starts_on__gte=today).delete()
    ending.update(ends_on=today - timedelta(days=1))


@transaction.atomic
def end_earlier_holdings(*, left_on: Mapping[int, date | None]) -> None:
    """Whoever was hired again does not come back to the roles of before.

    Those ended with the day on which they left, where that is known: person (id) → day.
    """
    earlier = RoleHolding.objects.filter(
        person__in=left_on, ends_on=None, starts_on__lt=F("person__rehired_on")
    ).select_related("person")
    ended = list(earlier)
    for holding in ended:
        rehired = holding.person.rehired_on or holding.starts_on
        last: date = left_on[holding.person_id] or rehired - timedelta(days=1)
        holding.ends_on = max(last, holding.starts_on)
    RoleHolding.objects.bulk_update(ended, ["ends_on"])
