"""A manager's answer is what was seen at work."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from time_machine import Traveller

from learning.models import Observation
from reinforcement.actions import AnswerResult, answer
from reinforcement.models import Answer, Brief, BriefItem, Choice, Question
from tenants.people.models import Person
from tests.reinforcement.cast import DUE


@pytest.fixture
def item(brief: Brief) -> BriefItem:
    return brief.items.get()


def choice(item: BriefItem, level: int | None) -> Choice:
    found, _ = Choice.objects.get_or_create(
        question=item.question, level=level, defaults={"position": 9, "value": "saw-none"}
    )
    return found


def say(item: BriefItem, level: int | None, via: str = "mail") -> AnswerResult:
    return answer(item=item, choice=choice(item, level), via=via, actor=item.brief.manager)


def counting() -> list[tuple[int, bool]]:
    """Every observation in the order they were made: its level, and whether it counts."""
    made = Observation.objects.order_by("id")
    return [(each.level, each.withdrawn_at is None) for each in made]


def test_it_becomes_an_observation_by_check_in_and_changes_the_plan(
    item: BriefItem, ada: Person, lee: Person
) -> None:
    given = say(item, 2)
    seen = Observation.objects.get()
    assert given.answer.observation == seen
    assert (seen.person, seen.observer, seen.level, seen.source) == (lee, ada, 2, "check-in")
    assert (seen.observed_on, seen.context) == (
        DUE.date(),
        "Have you seen Lee open a call with an agenda this week?",
    )
    assert {each.step.slug for each in given.moved} == {
        "three-question-opener",
        "cost-of-the-problem",
    }
    assert item.assignment.plan_steps.filter(state="set_aside").count() == 2


def test_the_same_answer_twice_is_one(item: BriefItem, monday: Traveller) -> None:
    first = say(item, 2)
    monday.shift(timedelta(hours=1))
    again = say(item, 2, via="portal")
    assert (again.answer.pk, again.moved) == (first.answer.pk, [])
    stored = Answer.objects.get()
    assert (stored.via, stored.answered_at) == ("mail", DUE)
    assert counting() == [(2, True)]


def test_another_answer_takes_the_place_of_the_first(item: BriefItem, monday: Traveller) -> None:
    say(item, 2)
    monday.shift(timedelta(hours=1))
    changed = say(item, 0, via="portal")
    stored = Answer.objects.get()
    assert (stored.choice.level, stored.via) == (0, "portal")
    assert stored.answered_at == DUE + timedelta(hours=1)
    assert counting() == [(2, False), (0, True)]
    assert len(changed.moved) == 2
    assert not item.assignment.plan_steps.filter(state="set_aside").exists()


def test_an_answer_that_shows_no_level_is_no_observation(item: BriefItem) -> None:
    given = say(item, None)
    assert (given.answer.observation, given.moved) == (None, [])
    assert counting() == []


def test_changing_to_an_answer_without_a_level_takes_the_observation_back(item: BriefItem) -> None:
    say(item, 2)
    changed = say(item, None)
    assert changed.answer.observation is None
    assert len(changed.moved) == 2
    assert counting() == [(2, False)]
    say(item, 1)
    assert counting() == [(2, False), (1, True)]


def refused(item: BriefItem, given: Choice, actor: Person) -> None:
    with pytest.raises(ValidationError):
        answer(item=item, choice=given, via="portal", actor=actor)
    assert not Answer.objects.exists()
    assert not Observation.objects.exists()


def test_an_answer_to_another_question_is_refused(item: BriefItem, ada: Person) -> None:
    other = Question.objects.get(slug="demo-their-problem")
    refused(item, other.choices.all()[0], ada)


def test_an_item_without_a_question_takes_no_answer(item: BriefItem, ada: Person) -> None:
    given = choice(item, 2)
    item.question = None
    item.save()
    refused(item, given, ada)


def test_only_the_manager_who_was_asked_answers(
    item: BriefItem, lee: Person, olive: Person
) -> None:
    for somebody_else in (lee, olive):
        refused(item, choice(item, 2), somebody_else)
