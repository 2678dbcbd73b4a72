"""Somebody reports to another manager from the middle of a week on."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from time_machine import Traveller

from reinforcement.actions import answer, write_due_briefs
from reinforcement.links import DeadLink, answer_token, read_answer_token
from reinforcement.models import Brief, Delivery
from reinforcement.reports import this_week
from tenants.people.models import Person
from tests.learning.test_consequences import hris
from tests.reinforcement.cast import DUE, Assign, MakePerson

HOUR, DAY, WEEK = timedelta(hours=1), timedelta(days=1), timedelta(weeks=1)


@pytest.fixture
def bo(person: MakePerson) -> Person:
    """Leads somebody already, who is on no path."""
    bo = person("Bo", "Ek")
    person("Cy", "Oh", manager=bo)
    return bo


@pytest.fixture
def handed_over(
    assign: Assign, monday: Traveller, ada: Person, lee: Person, nia: Person, bo: Person
) -> Brief:
    """Ada's week about Lee and Nia; on Wednesday Lee is Bo's."""
    for report in (lee, nia):
        assign(report)
    briefs = {brief.manager: brief for brief in write_due_briefs(now=DUE)}
    assert {item.report for item in briefs[ada].items.all()} == {lee, nia}
    monday.shift(2 * DAY)
    hris(lee, manager_email=bo.email)
    return briefs[ada]


def reports_in(brief: Brief) -> list[Person]:
    return [item.report for item in brief.items.order_by("position")]


def test_what_the_former_manager_had_about_them_is_gone_and_cannot_be_answered(
    handed_over: Brief, monday: Traveller, ada: Person, lee: Person, nia: Person
) -> None:
    shown = this_week(ada, now=DUE + 2 * DAY)
    assert [card.item.report for card in shown.cards] == [nia]
    item = handed_over.items.get(report=lee)
    with pytest.raises(DeadLink, match="Lee is not in your team any more"):
        read_answer_token(answer_token(item))
    assert item.question
    choice = item.question.choices.first()
    assert choice
    with pytest.raises(ValidationError, match="not in your team any more"):
        answer(item=item, choice=choice, via="mail", actor=ada)
    assert read_answer_token(answer_token(handed_over.items.get(report=nia)))


def test_the_new_manager_has_no_second_brief_that_week_and_them_in_the_next(
    handed_over: Brief, ada: Person, bo: Person, lee: Person, nia: Person
) -> None:
    """Bo's own week was decided on Monday: there was nobody to talk about."""
    assert Brief.objects.get(manager=bo).reason == "nobody"
    for hours in (1, 30, 72):
        assert write_due_briefs(now=DUE + 2 * DAY + hours * HOUR) == []
    briefs = {brief.manager: brief for brief in write_due_briefs(now=DUE + WEEK)}
    assert reports_in(briefs[bo]) == [lee]
    assert reports_in(briefs[ada]) == [nia]


def test_whoever_leads_for_the_first_time_begins_with_the_next_week(
    handed_over: Brief, ada: Person, bo: Person, lee: Person, nia: Person, person: MakePerson
) -> None:
    kim = person("Kim", "Roe")
    hris(lee, manager_email=kim.email)
    assert write_due_briefs(now=DUE + 3 * DAY) == []
    assert not Brief.objects.filter(manager=kim).exists()
    [brief] = [each for each in write_due_briefs(now=DUE + WEEK) if each.manager == kim]
    assert reports_in(brief) == [lee]


def test_who_leads_nobody_any_more_has_no_week(
    handed_over: Brief, ada: Person, bo: Person, nia: Person
) -> None:
    hris(nia, manager_email=bo.email)
    assert [brief.manager for brief in write_due_briefs(now=DUE + WEEK)] == [bo]
    assert not Brief.objects.filter(manager=ada, iso_week=48).exists()


def test_a_new_pair_begins_anew_with_what_is_asked(
    handed_over: Brief, bo: Person, lee: Person
) -> None:
    """What Ada was asked about Lee, Bo was not."""
    [brief] = [each for each in write_due_briefs(now=DUE + WEEK) if each.manager == bo]
    assert brief.items.get().question == handed_over.items.get(report=lee).question
    assert Delivery.objects.get(brief=brief).recipient == bo
