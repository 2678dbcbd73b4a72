"""What one manager is given to say about one person, week after week."""

from datetime import timedelta
from itertools import combinations

from time_machine import Traveller

from learning.actions import finish_step
from reinforcement.actions import write_due_briefs
from reinforcement.models import BriefItem, Prompt, Question
from tenants.people.models import Person
from tests.reinforcement.cast import DUE, Assign

WEEK = timedelta(weeks=1)


def write_weeks(clock: Traveller, count: int) -> None:
    for week in range(count):
        clock.move_to(DUE + week * WEEK)
        assert len(write_due_briefs(now=DUE + week * WEEK)) == 1


def said_to(report: Person) -> list[int | None]:
    items = BriefItem.objects.filter(report=report).order_by("brief__due_at")
    return list(items.values_list("prompt_id", flat=True))


def test_in_ten_weeks_nobody_hears_the_same_sentence_within_eight(
    assign: Assign, monday: Traveller, ada: Person, lee: Person, nia: Person
) -> None:
    for report in (lee, nia):
        assign(report)
    write_weeks(monday, 3)
    finish_step(plan_step=lee.assignments.get().plan_steps.get(position=0))
    for week in range(3, 10):
        monday.move_to(DUE + week * WEEK)
        write_due_briefs(now=DUE + week * WEEK)
    for report in (lee, nia):
        prompts = said_to(report)
        assert len(prompts) == 10
        assert None not in prompts
        for (earlier, first), (later, second) in combinations(enumerate(prompts), 2):
            assert first != second or later - earlier >= 8


def test_where_all_sentences_were_used_there_is_none_until_eight_weeks_are_over(
    assign: Assign, monday: Traveller, ada: Person, lee: Person
) -> None:
    assign(lee)
    general = Prompt.objects.filter(skill=None, outcome=None, role=None, moment="starting")
    Prompt.objects.exclude(pk__in=general.values("pk")[:2]).update(active=False)
    write_weeks(monday, 10)
    first, second, *rest = said_to(lee)
    assert first != second
    assert rest == [None] * 6 + [first, second]


def test_the_question_changes_from_week_to_week_as_long_as_there_are_others(
    assign: Assign, monday: Traveller, ada: Person, lee: Person
) -> None:
    assign(lee)
    about = Question.objects.filter(skill__slug="discovery").count()
    assert about > 1
    write_weeks(monday, about + 1)
    asked = list(BriefItem.objects.order_by("brief__due_at").values_list("question", flat=True))
    assert len(set(asked[:about])) == about
    assert asked[about] == asked[0]
