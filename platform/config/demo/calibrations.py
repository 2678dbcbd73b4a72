"""On which levels managers of customer success agreed, and what those of sales are comparing."""

import random
from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import product

from django.db.models import DateTimeField, F, OuterRef, Subquery
from django.db.models.functions import Cast

from config.demo.cast import CAST
from learning.actions import (
    adjust_levels,
    close_calibration,
    observe,
    open_calibration,
    say_done,
)
from learning.calibration.teams import people_in
from learning.models import Calibration, Observation, Role, RoleHolding, Skill
from tenants.companies.context import current_company
from tenants.people.models import Person

AGREED = (
    "“On their own” means: without the manager on the call, twice in a row. What somebody did "
    "once, with everybody watching, is “with help”."
)
MANAGERS = 3  # in a session
SEEN = 0.8  # share of people and skills that a manager has looked at
ADJUSTED = 0.2  # share of them that one looks at again in a session


def calibrate(*, owner: Person, now: datetime) -> None:
    """One session was closed three weeks ago; one has been open since yesterday."""
    dice = random.Random(f"{owner.email} calibrations")
    _as_long_as_they_are_here(now)
    seller = Person.objects.get(email=CAST[current_company().slug].manager)
    success = Role.objects.get(slug="customer-success-manager")
    opened = now - timedelta(days=24)
    managers = _managers(success, opened)[:MANAGERS]
    if len(managers) == MANAGERS:
        closed = _open(success, managers, owner, dice, opened)
        for manager in managers:
            _look_again(closed, manager, dice, opened + timedelta(days=2))
            say_done(calibration=closed, actor=manager, now=opened + timedelta(days=2))
        close_calibration(
            calibration=closed, actor=owner, agreed=AGREED, now=opened + timedelta(days=3)
        )
    sales = Role.objects.get(slug="account-executive")
    opened = now - timedelta(days=1)
    others = [each for each in _managers(sales, opened) if each != seller][: MANAGERS - 1]
    still = _open(sales, [seller, *others], owner, dice, opened)
    _look_again(still, others[0], dice, now - timedelta(hours=2))
    say_done(calibration=still, actor=others[0], now=now - timedelta(hours=2))


def _as_long_as_they_are_here(now: datetime) -> None:
    """Roles by title since people came, and sightings written down on the day they were made."""
    hired = Person.objects.filter(pk=OuterRef("person"), hired_on__isnull=False).values("hired_on")
    RoleHolding.objects.filter(person__hired_on__lt=now.date()).update(starts_on=Subquery(hired))
    Observation.objects.filter(observed_on__lt=now.date()).update(
        created_at=Cast(F("observed_on"), DateTimeField())
    )


def _managers(role: Role, at: datetime) -> list[Person]:
    """Those with most people in the role first."""
    leading = list(Person.objects.at_work().filter(reports__isnull=False).distinct())
    teams = people_in(role, [each.pk for each in leading], today=at.date())
    return sorted(
        (each for each in leading if each.pk in teams),
        key=lambda each: (-len(teams[each.pk]), each.pk),
    )


def _open(
    role: Role, managers: Sequence[Person], owner: Person, dice: random.Random, at: datetime
) -> Calibration:
    """One of them sees more in people than the others do, in two skills: so there is something to
    talk about."""
    teams = people_in(role, [each.pk for each in managers], today=at.date())
    skills = [needed.skill for needed in role.role_skills.select_related("skill").order_by("pk")]
    generous = managers[-1]
    cast = CAST[current_company().slug]
    told = {cast.learner, cast.peer, cast.new_hire}  # their stories are theirs
    for manager in managers:
        for person, (place, skill) in product(teams[manager.pk], enumerate(skills)):
            if person.email in told:
                continue
            levels = [2, 2, 3, 3] if manager == generous and place < 2 else [0, 1, 1, 1, 2]
            if dice.random() < SEEN:
                day = at - timedelta(days=dice.randint(4, 40))
                _see(person, skill, dice.choice(levels), manager, day)
    return open_calibration(role=role, managers=managers, actor=owner, now=at)


def _look_again(session: Calibration, manager: Person, dice: random.Random, at: datetime) -> None:
    for held_as in session.skills.select_related("skill"):
        for person in people_in(session.role, [manager.pk], today=at.date())[manager.pk]:
            if dice.random() < ADJUSTED:
                [seen] = adjust_levels(
                    calibration=session,
                    skill=held_as.skill,
                    levels={person: dice.choice([1, 2, 2])},
                    actor=manager,
                    now=at,
                )
                Observation.objects.filter(pk=seen.pk).update(created_at=at)


def _see(person: Person, skill: Skill, level: int, manager: Person, day: datetime) -> None:
    observation, _ = observe(
        person=person,
        skill=skill,
        level=level,
        source=Observation.Source.MANAGER,
        observer=manager,
        observed_on=day.date(),
        now=day,
    )
    Observation.objects.filter(pk=observation.pk).update(created_at=day)
