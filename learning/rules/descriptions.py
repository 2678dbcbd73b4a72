"""The conditions of a rule in words: whom it means, and why it means this person."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Final

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from learning.models import AssignmentRule, RoleHolding
from learning.models.rules import at_work
from tenants.people.models import EmploymentStatus, Person

NAMED: Final = 3
"""So many roles, departments or places are named before "or 2 more"."""


def description(rule: AssignmentRule) -> str:
    """``Account executive · Sales · first 30 days``. No query where the rule's roles and
    departments are loaded."""
    conditions = [
        _any_of([role.name for role in rule.roles.all()]),
        _any_of([department.name for department in rule.departments.all()]),
        _any_of(rule.locations),
        "" if rule.statuses == at_work() else _any_of(status_labels(rule)),
        _days(rule.days_since_hire_from, rule.days_since_hire_to),
    ]
    return " · ".join(filter(None, conditions)) or _("everybody at work")


def status_labels(rule: AssignmentRule) -> list[str]:
    """In the order of life: who starts later, who is here, who is on leave."""
    return [str(each.label) for each in EmploymentStatus if each.value in rule.statuses]


def _any_of(names: Sequence[str]) -> str:
    named, more = names[:NAMED], len(names) - NAMED
    if more > 0:
        rest = ngettext("or %(number)d more", "or %(number)d more", more) % {"number": more}
        return f"{', '.join(named)} {rest}"
    return _(" or ").join(filter(None, [", ".join(named[:-1]), *named[-1:]]))


def _days(first: int | None, last: int | None) -> str:
    if first and last is not None:
        days = {"first": first, "last": last}
        return _("day %(first)d to %(last)d since hire") % days
    if last == 0:
        return _("on the first day")
    if last is not None:
        return ngettext("first %(days)d day", "first %(days)d days", last) % {"days": last}
    if first == 0:
        return _("from the first day on")
    return "" if first is None else _("from day %(day)d since hire on") % {"day": first}


def reasons(rule: AssignmentRule, people: Iterable[Person], *, today: date) -> dict[int, str]:
    """Person id → which conditions they meet, and how: ``in Sales · hired 14 November``.

    One query where the rule names roles. The people need their department loaded.
    """
    people = list(people)
    roles = _roles_held(rule, people, today)
    return {person.pk: _reason(rule, person, roles.get(person.pk, ""), today) for person in people}


def _roles_held(rule: AssignmentRule, people: Iterable[Person], today: date) -> dict[int, str]:
    if not (roles := rule.roles.all()):
        return {}
    held: dict[int, list[str]] = {}
    current = RoleHolding.objects.current(today).filter(person__in=people, role__in=list(roles))
    for holding in current.select_related("role").order_by("starts_on", "pk"):
        told = {"role": holding.role.name, "day": date_format(holding.starts_on)}
        held.setdefault(holding.person_id, []).append(_("%(role)s since %(day)s") % told)
    return {person: ", ".join(each) for person, each in held.items()}


def _reason(rule: AssignmentRule, person: Person, roles: str, today: date) -> str:
    met = [roles]
    if person.department and rule.departments.all():
        met.append(_("in %(department)s") % {"department": person.department.name})
    if rule.locations:
        met.append(person.location)
    if rule.statuses != at_work():
        met.append(str(EmploymentStatus(person.employment_status).label))
    hired = person.rehired_on or person.hired_on
    if hired and _days(rule.days_since_hire_from, rule.days_since_hire_to):
        met.append(_since(hired, today))
    return " · ".join(filter(None, met)) or _("at work here")


def _since(hired: date, today: date) -> str:
    days = (today - hired).days
    told = {"day": date_format(hired), "days": days}
    if days < 0:
        return _("starts on %(day)s") % told
    if days == 0:
        return _("starts today")
    return ngettext("hired %(day)s, %(days)d day ago", "hired %(day)s, %(days)d days ago", days) % (
        told
    )
