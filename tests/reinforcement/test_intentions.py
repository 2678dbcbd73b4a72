"""What a report will try at work, as their manager's week tells it."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from time_machine import Traveller

from learning.actions import finish_step, intend
from learning.models import Assignment, PlanStep
from reinforcement.actions import write_due_briefs
from reinforcement.models import Brief
from reinforcement.reports import Card, cards_of
from tenants.people.models import Person
from tests.reinforcement.cast import DUE, Assign

DAY, WEEK = timedelta(days=1), timedelta(weeks=1)


@pytest.fixture
def assignment(assign: Assign, ada: Person, lee: Person) -> Assignment:
    return assign(lee)


def plan(assignment: Assignment) -> list[PlanStep]:
    return list(assignment.plan_steps.exclude(state="set_aside").order_by("position"))


def card_of(brief: Brief) -> Card:
    [card] = cards_of(brief)
    return card


def test_the_line_of_the_featured_step_as_it_stands_now(assignment: Assignment) -> None:
    [brief] = write_due_briefs(now=DUE)
    assert (card_of(brief).intention, card_of(brief).intended) == ("", None)
    first = plan(assignment)[0]
    for line in ("Ask who signs", "Ask who signs, by name"):
        intend(plan_step=first, intention=line)
        card = card_of(brief)
        assert (card.intention, card.intended) == (line, first)
    finish_step(plan_step=first)
    assert card_of(brief).intention == "Ask who signs, by name"


def test_else_that_of_the_step_done_last_since_the_week_before(
    assignment: Assignment, monday: Traveller
) -> None:
    old, first, last, silent, featured, *_ = plan(assignment)
    finish_step(plan_step=old, intention="Long ago", now=DUE - DAY)
    for days, step, line in ((1, last, "Tuesday"), (0, first, "Monday"), (2, silent, "")):
        finish_step(plan_step=step, intention=line, now=DUE + days * DAY)
    monday.move_to(DUE + WEEK)
    [brief] = write_due_briefs(now=DUE + WEEK)
    assert brief.items.get().plan_step == featured
    card = card_of(brief)
    assert (card.intention, card.intended) == ("Tuesday", last)
    assert card.intended is not None
    with CaptureQueriesContext(connection) as queries:
        assert card.intended.step.title
    assert len(queries) == 0
    intend(plan_step=featured, intention="This week")
    assert card_of(brief).intention == "This week"


def test_what_was_done_earlier_is_not_told_again(assignment: Assignment, monday: Traveller) -> None:
    finish_step(plan_step=plan(assignment)[0], intention="Long ago", now=DUE - DAY)
    monday.move_to(DUE + WEEK)
    [brief] = write_due_briefs(now=DUE + WEEK)
    assert card_of(brief).intention == ""
