"""What a manager did not want to say is not put to them again next week."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from time_machine import Traveller

from reinforcement.actions import swap_prompt, take_back_prompt, write_due_briefs
from reinforcement.models import Brief, BriefItem
from tenants.people.models import Person
from tests.reinforcement.cast import DUE

WEEK = timedelta(weeks=1)


@pytest.fixture
def item(brief: Brief) -> BriefItem:
    return brief.items.get()


def test_neither_those_swapped_away_nor_the_last_come_back_within_eight_weeks(
    item: BriefItem, ada: Person, monday: Traveller
) -> None:
    for _ in range(3):
        item = swap_prompt(item=item, actor=ada)
    had = {*item.prompts_seen, item.prompt_id}
    assert len(had) == 4
    for week in range(1, 8):
        monday.move_to(DUE + week * WEEK)
        [written] = write_due_briefs(now=DUE + week * WEEK)
        said = written.items.get().prompt_id
        assert said is not None
        assert said not in had


def test_one_that_was_come_back_to_counts_as_said_and_the_other_does_not(
    item: BriefItem, ada: Person
) -> None:
    first = item.prompt_id
    second = swap_prompt(item=item, actor=ada).prompt_id
    back = take_back_prompt(item=item, actor=ada)
    assert (back.prompt_id, back.prompts_seen) == (first, [])
    assert swap_prompt(item=item, actor=ada).prompt_id == second


def test_the_choice_is_the_same_each_time(item: BriefItem, ada: Person) -> None:
    seen = []
    for _ in range(2):
        for _ in range(3):
            item = swap_prompt(item=item, actor=ada)
        seen.append([*item.prompts_seen, item.prompt_id])
        for _ in range(3):
            item = take_back_prompt(item=item, actor=ada)
    assert seen[0] == seen[1]


def test_only_whose_week_it_is_and_only_until_the_next(
    item: BriefItem, ada: Person, lee: Person, olive: Person, monday: Traveller
) -> None:
    for somebody_else in (lee, olive):
        with pytest.raises(ValidationError):
            swap_prompt(item=item, actor=somebody_else)
    monday.shift(WEEK)
    for act in (swap_prompt, take_back_prompt):
        with pytest.raises(ValidationError, match="That week is over"):
            act(item=item, actor=ada)


def test_without_a_prompt_there_is_none_to_swap(item: BriefItem, ada: Person) -> None:
    BriefItem.objects.update(prompt=None)
    assert swap_prompt(item=item, actor=ada).prompt is None
