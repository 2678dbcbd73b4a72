"""The pulse names nobody, and never comes near what managers wrote for themselves."""

import json
import re
from dataclasses import asdict, is_dataclass
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from learning.actions import finish_step, observe
from learning.models import Observation, Path, PlanStep
from learning.reports import first_wins, gaming, gaps_closed
from learning.reports.small_groups import FEWEST, Share, Split
from reinforcement.actions import (
    answer,
    hold_conversation,
    note_barrier,
    note_touchpoint,
    write_due_briefs,
)
from reinforcement.models import BriefItem, Reputation
from reinforcement.reports import (
    barrier_ages,
    briefs_by_week,
    cadence,
    managers_not_spoken_to,
    outbox,
    reputation,
)
from tenants.people.models import Person
from tests.conftest import NOW, TODAY
from tests.pulse import crowd, figures, give
from tests.reinforcement.cast import DUE

PULSE = (
    first_wins,
    gaps_closed,
    gaming,
    cadence,
    reputation,
    barrier_ages,
    managers_not_spoken_to,
    briefs_by_week,
    outbox,
)
SECRET = "between the two of us"
TOLD = (int, float, str, bool, date, timedelta, type(None))


@pytest.fixture
def lived(sales_path: Path, clock: Any, olive: Person) -> list[Person]:
    """Six managers with a report each, of whom everything is known that the pulse counts."""
    managers = crowd(6, family_name="Zyxw", email=None)
    hired_on = TODAY - timedelta(days=20)
    for manager in managers:
        crowd(1, manager=manager, family_name="Vuts", hired_on=hired_on)
    reports = list(Person.objects.filter(family_name="Vuts").order_by("pk"))
    give(sales_path, reports, at=NOW - timedelta(days=20))
    write_due_briefs(now=DUE)
    for item in BriefItem.objects.select_related("brief__manager", "report", "question"):
        manager, report = item.brief.manager, item.report
        assert item.question
        choice = item.question.choices.all()[0]
        answer(item=item, choice=choice, via="portal", actor=manager, note=SECRET, now=DUE)
        hold_conversation(manager=manager, report=report, via="portal", note=SECRET, now=NOW)
        note_touchpoint(manager=manager, learned=SECRET, actor=olive)
        note_barrier(manager=manager, words=SECRET, actor=olive)
        Reputation.objects.create(
            person=report, hired_on=hired_on, day=14, asked_at=NOW, answer=3, answered_at=NOW
        )
        first = PlanStep.objects.filter(assignment=item.assignment).order_by("position")[0]
        finish_step(plan_step=first, intention=SECRET, now=NOW - timedelta(days=9))
        skill = sales_path.role.role_skills.all()[0].skill
        for level in (1, 2):
            observe(
                person=report,
                skill=skill,
                level=level,
                source=Observation.Source.MANAGER,
                observer=manager,
                observed_on=TODAY,
                context=SECRET,
            )
    return reports


def _values(thing: object) -> list[object]:
    if isinstance(thing, dict):
        return [value for each in (*thing.keys(), *thing.values()) for value in _values(each)]
    if isinstance(thing, tuple | list):
        return [value for each in thing for value in _values(each)]
    return [thing]


def _plain(told: object) -> object:
    if isinstance(told, tuple):
        return [_plain(each) for each in told]
    return asdict(told) if is_dataclass(told) and not isinstance(told, type) else told


@pytest.mark.parametrize("figure", PULSE)
def test_a_figure_is_numbers_days_and_names_of_things(lived: list[Person], figure: Any) -> None:
    told = _plain(figure(now=NOW))
    assert all(isinstance(value, TOLD) for value in _values(told))
    words = json.dumps(told, default=str)
    for person in Person.objects.all():
        for known in (person.family_name, person.email, str(person.uid)):
            assert not known or known not in words
    assert SECRET not in words
    assert not re.search(r"gAAAA", words)  # how an encrypted note begins


@pytest.mark.parametrize("figure", PULSE)
def test_no_query_of_the_pulse_reads_what_somebody_wrote(lived: list[Person], figure: Any) -> None:
    with CaptureQueriesContext(connection) as asked:
        figure(now=NOW)
    [query] = [each["sql"] for each in asked]
    private = r"\b(note|words|learned|context|intention|reinforcement_answer)\b"
    assert not re.search(private, query)
    assert "*" not in re.sub(r"count\(\*\)|hire\.\*|7 \* ", "", query)


@pytest.mark.parametrize("figure", [first_wins, gaps_closed, gaming, cadence, reputation])
def test_every_figure_about_people_can_hide(lived: list[Person], figure: Any) -> None:
    told = list(figures(figure(now=NOW)))
    assert any(not each.hidden for each in told)
    assert all(isinstance(each, Share | Split) for each in told)
    assert all(each.people is None or each.people >= FEWEST for each in told)
