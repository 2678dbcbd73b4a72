"""Opening sessions in which managers compare what they see."""

import secrets
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Final

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from learning.calibration.teams import people_in
from learning.models import Calibration, CalibrationManager, CalibrationSkill, Role, RoleSkill
from tenants.companies.context import current_company
from tenants.people.models import Person

FEWEST_MANAGERS: Final = 2


@transaction.atomic
def open_calibration(
    *, role: Role, managers: Sequence[Person], actor: Person, now: datetime | None = None
) -> Calibration:
    """Open a session; what the levels of the role's skills mean is kept as it is now.

    Raises `ValidationError` for fewer than two managers, for one who leads nobody in the role,
    and where the role has no skills, is not active, or is being calibrated already.
    """
    now = now or timezone.now()
    locked = Role.objects.select_for_update(no_key=True).get(pk=role.pk)
    needs = list(
        RoleSkill.objects.filter(role=locked, required_level__gt=0)
        .select_related("skill")
        .order_by("pk")
    )
    _check_role(locked, needs)
    _check_managers(locked, managers, now)
    calibration = Calibration.objects.create(role=locked, opened_by=actor, opened_at=now)
    shuffled = list(managers)
    secrets.SystemRandom().shuffle(shuffled)  # a letter tells nothing of a name
    CalibrationManager.objects.bulk_create(
        CalibrationManager(calibration=calibration, manager=manager, place=place)
        for place, manager in enumerate(shuffled)
    )
    CalibrationSkill.objects.bulk_create(
        _as_it_is(calibration, need, place) for place, need in enumerate(needs)
    )
    return calibration


def _check_role(role: Role, needs: Sequence[RoleSkill]) -> None:
    if role.status != Role.Status.ACTIVE:
        raise ValidationError({"role": f"{role} is {role.status}: make it active first."})
    if not needs:
        raise ValidationError({"role": f"{role} needs no skills yet: add some to the role first."})
    if Calibration.objects.filter(role=role, state=Calibration.State.OPEN).exists():
        raise ValidationError(
            {"role": f"{role} is being calibrated already: close or abandon that session first."}
        )


def _check_managers(role: Role, managers: Sequence[Person], now: datetime) -> None:
    if len(set(managers)) < FEWEST_MANAGERS:
        raise ValidationError(
            {"managers": "Choose at least two managers: one alone has nobody to compare with."}
        )
    found = people_in(
        role, [manager.pk for manager in managers], today=current_company().day_of(now)
    )
    without = [manager.name for manager in managers if manager.pk not in found]
    if without:
        raise ValidationError(
            {
                "managers": f"{_listed(without)} {'leads' if len(without) == 1 else 'lead'} nobody "
                f"who holds the role {role} today. Leave them out, or give their people the role "
                "under “Role holdings”."
            }
        )


def _as_it_is(calibration: Calibration, need: RoleSkill, place: int) -> CalibrationSkill:
    skill = need.skill
    return CalibrationSkill(
        calibration=calibration,
        skill=skill,
        place=place,
        required_level=need.required_level,
        not_seen=skill.not_seen,
        with_help=skill.with_help,
        on_their_own=skill.on_their_own,
        coaches_others=skill.coaches_others,
    )


def _listed(names: Iterable[str]) -> str:
    *first, last = names
    return f"{', '.join(first)} and {last}" if first else last
