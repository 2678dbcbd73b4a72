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


def note(item: BriefItem, level: int | None, words: str | None) -> Answer:
    actor = item.brief.manager
    given = answer(item=item, choice=choice(item, level), via="mail", actor=actor, note=words)
    given.answer.refresh_from_db()
    return given.answer


def test_a_note_is_kept_beside_it_until_another_takes_its_place(item: BriefItem) -> None:
    assert note(item, 2, " Twice on Tuesday.\r\nOnce alone. ").note == (
        "Twice on Tuesday.\nOnce alone."
    )
    assert note(item, 2, None).note == "Twice on Tuesday.\nOnce alone."
    assert note(item, 1, None).note == "Twice on Tuesday.\nOnce alone."
    assert note(item, 1, "With Cy.").note == "With Cy."
    assert note(item, 1, "").note == ""
    assert Answer.objects.count() == 1


def test_a_note_holds_five_hundred_characters(item: BriefItem) -> None:
    assert note(item, 2, "x" * 500).note == "x" * 500
    with pytest.raises(ValidationError) as caught:
        note(item, 1, "x" * 512)
    assert caught.value.message_dict == {
        "note": ["Make the note shorter by 12 characters: it holds 500."]
    }
    stored = Answer.objects.get()
    assert (stored.choice.level, stored.note) == (2, "x" * 500)
    assert counting() == [(2, True)]


def test_it_can_be_changed_for_a_week(item: BriefItem, monday: Traveller) -> None:
    say(item, 2)
    monday.shift(timedelta(days=7, seconds=-1))
    say(item, 1)
    monday.shift(timedelta(seconds=1))
    with pytest.raises(ValidationError, match="That week is over, so your answer stays as it is"):
        say(item, 0)
    assert Answer.objects.get().choice.level == 1
    assert counting() == [(2, False), (1, True)]
    assert note(item, 1, "Looking back.").note == "Looking back."


def test_the_first_answer_may_come_within_two_weeks(item: BriefItem, monday: Traveller) -> None:
    monday.shift(timedelta(days=14, seconds=1))
    with pytest.raises(ValidationError, match="open for 14 days"):
        say(item, 2)
    assert not Observation.objects.exists()
    monday.shift(timedelta(seconds=-1))
    assert say(item, 2).answer.answered_at == DUE + timedelta(days=14)


@pytest.mark.parametrize("change", [{"manager": None}, {"employment_status": "terminated"}])
def test_about_who_is_gone_from_the_team_nothing_is_said(
    item: BriefItem, lee: Person, change: dict[str, object]
) -> None:
    Person.objects.filter(pk=lee.pk).update(**change)
    with pytest.raises(ValidationError, match="Lee is not in your team any more"):
        say(BriefItem.objects.get(), 2)
    assert not Answer.objects.exists()
