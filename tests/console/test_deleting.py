"""Deleting asks first, and says what goes along: by name, or how much of it."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from learning.models import Assignment, Path
from reinforcement.models import Question
from tenants.companies.models import Company
from tenants.people.admin import deleting
from tenants.people.models import Person
from tests.console.cast import MakePerson, Visit


@pytest.fixture
def question(sales_path: Path) -> Question:
    return Question.objects.all()[0]


def test_what_goes_along_is_named_while_it_is_little(
    acme: Company, olive: Person, visit: Visit, question: Question
) -> None:
    page = f"/admin/reinforcement/question/{question.pk}/delete/"
    text = visit(acme, olive).get(page).text
    assert all(choice.label in text for choice in question.choices.all())


def test_of_much_it_says_how_much_and_deletes_it(
    acme: Company, olive: Person, visit: Visit, question: Question, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(deleting, "NAMED", 1)
    client, page = visit(acme, olive), f"/admin/reinforcement/question/{question.pk}/delete/"
    told = client.get(page).context["deleted_objects"]
    assert told == ["1 question", f"{question.choices.count()} choices"]
    assert client.post(page, {"post": "yes"}).status_code == 302
    assert not Question.objects.filter(pk=question.pk).exists()


def test_what_is_in_the_way_of_it_is_said_in_few_queries(
    acme: Company,
    olive: Person,
    visit: Visit,
    sales_path: Path,
    assign: Callable[[Person], Assignment],
    person: MakePerson,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(deleting, "NAMED", 1)
    client, page = visit(acme, olive), f"/admin/learning/path/{sales_path.pk}/delete/"

    def cost() -> Any:
        with CaptureQueriesContext(connection) as queries:
            answer = client.get(page)
        assert answer.context["perms_lacking"] or answer.context["protected"]
        client.post(page, {"post": "yes"})
        assert Path.objects.filter(pk=sales_path.pk).exists()
        return len(queries)

    assign(person("Bo", "Ek"))
    cost()
    few = cost()
    for number in range(9):
        assign(person(f"Bo{number}", "Ek"))
    assert cost() == few <= 20
