"""How often prompts and questions are used, in their lists and on their pages."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from time_machine import Traveller

from learning.models import Assignment, Path
from reinforcement.models import Answer, Brief, BriefItem, Prompt, Question
from reinforcement.reports.talk_usage import answering, spread_of, with_answers, with_use
from tenants.companies.context import working_for
from tenants.companies.models import Company
from tenants.people.models import Person
from tests.conftest import NOW
from tests.console.cast import MakePerson, Visit
from tests.portal.cast import Assign

PROMPTS = "/admin/reinforcement/prompt/"
QUESTIONS = "/admin/reinforcement/question/"
FEW = "fewer than five people"
Feature = Callable[..., BriefItem]
pytestmark = pytest.mark.usefixtures("clock")


@pytest.fixture
def feature(clock: Traveller, ada: Person, assign: Assign, person: MakePerson) -> Feature:
    """``feature(weeks=3, prompt=…)``: somebody new in a brief of Ada's, so many weeks ago."""
    number = 0

    def add(*, weeks: int = 0, report: Person | None = None, **given: Any) -> BriefItem:
        nonlocal number
        number += 1
        due = NOW - timedelta(weeks=weeks)
        year, week, _ = due.isocalendar()
        brief, _ = Brief.objects.get_or_create(
            manager=ada, iso_year=year, iso_week=week,
            defaults={"due_at": due, "written_at": due, "state": "written"},
        )  # fmt: skip
        report = report or person(f"R{number}", "Ek", manager=ada)
        assignment = Assignment.objects.filter(person=report).first() or assign(report)
        return BriefItem.objects.create(
            brief=brief, report=report, assignment=assignment, position=number, why="turn",
            moment="stuck", **given,
        )  # fmt: skip

    return add


@pytest.fixture
def prompts(sales_path: Path) -> list[Prompt]:
    return list(Prompt.objects.all()[:3])


@pytest.fixture
def question(sales_path: Path) -> Question:
    return Question.objects.all()[0]


def answer(item: BriefItem, place: int) -> None:
    assert item.question
    choice = item.question.choices.all()[place]
    Answer.objects.create(item=item, choice=choice, via="portal", answered_at=NOW)


def used(prompt: Prompt) -> tuple[int, int, int]:
    found = with_use(Prompt.objects.all(), now=NOW).get(pk=prompt.pk)
    return found.in_briefs, found.lately, found.swapped


def told(question: Question) -> Any:
    return with_answers(Question.objects.all(), now=NOW).get(pk=question.pk)


def test_a_prompt_counts_where_it_is_and_where_it_was_swapped_away(
    feature: Feature, prompts: list[Prompt]
) -> None:
    one, two, three = prompts
    feature(prompt=one)
    feature(prompt=two, prompts_seen=[one.pk])
    feature(weeks=9, prompt=one)
    feature(weeks=9, prompt=two, prompts_seen=[three.pk, one.pk])
    assert used(one) == (4, 2, 2)
    assert used(two) == (2, 1, 0)
    assert used(three) == (1, 0, 1)


def test_the_list_tells_it_and_sorts_by_it(
    acme: Company, olive: Person, visit: Visit, feature: Feature, prompts: list[Prompt]
) -> None:
    one, two, _ = prompts
    feature(prompt=two)
    feature(weeks=9, prompt=one)
    feature(weeks=9, prompt=one)
    feature(prompt=two, prompts_seen=[one.pk])
    client = visit(acme, olive)
    for column, first in ((4, one), (5, two), (6, one)):
        assert client.get(PROMPTS, {"o": f"-{column}"}).context["cl"].queryset[0] == first


def test_its_page_says_where_it_is_used(
    acme: Company,
    olive: Person,
    visit: Visit,
    feature: Feature,
    sales_path: Path,
) -> None:
    prompt = Prompt.objects.filter(role=None, skill=None, outcome=None)[0]
    client, page = visit(acme, olive), f"{PROMPTS}{prompt.pk}/change/"
    assert "never yet" in client.get(page).text
    feature(prompt=prompt)
    other = Prompt.objects.exclude(pk=prompt.pk)[0]
    feature(weeks=9, prompt=other, prompts_seen=[prompt.pk])
    text = client.get(page).text
    for said in ("2 times", "1 in the last 8 weeks", "“Active” off", sales_path.name):
        assert said in text
    assert client.get(f"{PROMPTS}add/").status_code == 200


def test_a_question_tells_how_often_it_was_asked_and_hides_answers_about_few(
    acme: Company, olive: Person, visit: Visit, feature: Feature, question: Question
) -> None:
    items = [feature(question=question) for _ in range(4)]
    for item in items:
        answer(item, 0)
    again = feature(weeks=1, question=question, report=items[0].report)
    answer(again, 1)
    found = told(question)
    assert (found.asked, found.lately, found.people) == (5, 5, 4)
    assert answering(found).hidden
    assert spread_of(found).hidden
    assert found.answered_share is None
    client, page = visit(acme, olive), f"{QUESTIONS}{question.pk}/change/"
    assert FEW in client.get(QUESTIONS).text
    assert "about fewer than five people" in client.get(page).text
    assert "<progress" not in client.get(page).text


def test_about_five_people_the_answers_are_told(
    acme: Company, olive: Person, visit: Visit, feature: Feature, question: Question
) -> None:
    for place in (0, 0, 1, 1, 1):
        answer(feature(weeks=9, question=question), place)
    feature(question=question)
    found = told(question)
    labels = [choice.label for choice in question.choices.all()]
    assert (answering(found).met, answering(found).of, found.lately) == (5, 6, 1)
    spread = spread_of(found)
    assert spread.parts == dict(zip(labels, (2, 3, 0, 0), strict=False))
    text = visit(acme, olive).get(QUESTIONS).text
    assert f"{labels[0]} 2 · {labels[1]} 3" in text
    assert "5 (83%)" in text
    page = visit(acme, olive).get(f"{QUESTIONS}{question.pk}/change/").text
    assert "How 5 answers spread" in page


def test_the_order_does_not_tell_what_is_hidden(
    feature: Feature, sales_path: Path, question: Question
) -> None:
    other = Question.objects.all()[1]
    answer(feature(question=question), 0)
    feature(question=other)
    found = with_answers(Question.objects.all(), now=NOW).order_by("answered_share")
    assert {each.answered_share for each in found} == {None}


def test_the_other_companys_briefs_do_not_count(
    acme: Company, globex: Company, feature: Feature, prompts: list[Prompt]
) -> None:
    feature(prompt=prompts[0])
    with working_for(globex):
        mine = Prompt.objects.create(pk=prompts[0].pk, text="Ask.", moment="stuck")
        assert used(mine) == (0, 0, 0)


@pytest.mark.parametrize("page", [PROMPTS, QUESTIONS])
def test_a_list_costs_the_same_however_often_its_rows_are_used(
    acme: Company,
    olive: Person,
    visit: Visit,
    feature: Feature,
    prompts: list[Prompt],
    page: str,
) -> None:
    client, counts = visit(acme, olive), []
    questions = list(Question.objects.all()[:3])
    for numbers in (range(1), range(1, 7)):
        for n in numbers:
            seen = [prompts[(n + 1) % 3].pk]
            asked = feature(prompt=prompts[n % 3], question=questions[n % 3], prompts_seen=seen)
            answer(asked, 0)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(page, {"o": "-4"}).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 20
