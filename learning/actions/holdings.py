"""Who has which role, from when to when."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from learning.actions.following import follow
from learning.models import Role, RoleHolding
from tenants.companies.context import current_company
from tenants.people.models import EmploymentStatus, Person


@transaction.atomic
def hold_role(
    *,
    person: Person,
    role: Role,
    source: RoleHolding.Source,
    starts_on: date | None = None,
) -> RoleHolding:
    """Give somebody a role from a day on; without one, from today by the company's own clock.

    Raises `ValidationError` where they hold it in that time already, or have left.
    """
    if role.status != Role.Status.ACTIVE:
        raise ValidationError({"role": f"{role} is {role.status}: make it active first."})
    if person.employment_status == EmploymentStatus.TERMINATED:
        raise ValidationError({"person": f"{person} is no longer with the company."})
    starts_on = starts_on or current_company().day_of(timezone.now())
    holding = RoleHolding(person=person, role=role, source=source, starts_on=starts_on)
    return _store(holding)


@transaction.atomic
def end_holding(*, holding: RoleHolding, ends_on: date | None) -> RoleHolding:
    """Set the last day of a holding, or None to let it go on after all.

    From then on it counts as decided by hand, so that no rule gives the role again.
    Raises `ValidationError` where that day is before the first one, or another holding of the
    same role would overlap.
    """
    holding.ends_on = ends_on
    if ends_on and holding.source == RoleHolding.Source.RULE:
        holding.source = RoleHolding.Source.HAND
    return _store(holding)


def _store(holding: RoleHolding) -> RoleHolding:
    # two requests for one person run one after the other: both see what the other wrote
    Person.objects.select_for_update(no_key=True).only("pk").get(pk=holding.person_id)
    holding.full_clean()
    holding.save()
    follow([holding.person_id])
    return holding
