"""What the page that asks before deleting says of whatever stays behind."""

from typing import Any, Final

import pytest
from django.utils import timezone

from api.models import ApiToken, Scope
from learning.actions import switch_on
from learning.models import AssignmentRule, Path
from reinforcement.models import Brief, BriefItem, Choice, Question
from tenants.companies.models import Company
from tenants.people.models import Department, Person
from tests.console.cast import MakePerson, Visit
from tests.reinforcement.cast import Assign

pytestmark = pytest.mark.usefixtures("clock", "acme")
QUESTION: Final = {
    "text": "Has {name} shown it?",
    "active": "on",
    "choices-TOTAL_FORMS": "2",
    "choices-INITIAL_FORMS": "0",
    "choices-0-label": "Not yet",
    "choices-0-level": "0",
    "choices-1-label": "Yes",
    "choices-1-level": "2",
}


@pytest.fixture
def field(lee: Person) -> Department:
    made = Department.objects.create(name="Field")
    Person.objects.filter(pk=lee.pk).update(department=made)
    return made


@pytest.fixture
def rule(field: Department, sales_path: Path) -> AssignmentRule:
    made = AssignmentRule.objects.create(
        name="Field first",
        path=sales_path,
        outcome=sales_path.role.outcomes.all()[0],
        claim="close deals faster",
        because="two demos ended without a next meeting",
        sign="every demo ends with a date",
    )
    made.departments.add(field)
    switch_on(rule=made)
    return made


@pytest.mark.usefixtures("rule")
def test_a_department_says_how_many_people_are_in_it_and_which_rules_rest(
    acme: Company, olive: Person, visit: Visit, field: Department, lee: Person
) -> None:
    client, page = visit(acme, olive), f"/admin/people/department/{field.pk}/delete/"
    text = client.get(page).text
    assert "1 person is in it, and stays without a department." in text
    assert "“Field first”" in text.split("switched off")[1]
    client.post(page, {"post": "yes"})
    lee.refresh_from_db()
    assert lee.department is None


def test_several_departments_are_asked_about_at_once(
    acme: Company, olive: Person, visit: Visit, field: Department, person: MakePerson
) -> None:
    other = Department.objects.create(name="Depot")
    person("Otto", "Ops", department=other)
    chosen = {"action": "delete_selected", "_selected_action": [field.pk, other.pk]}
    client = visit(acme, olive)
    text = client.post("/admin/people/department/", chosen).text
    assert "Delete these 2 departments?" in text
    assert "2 people are in it, and stay without a department." in text
    client.post("/admin/people/department/", {**chosen, "post": "yes"})
    assert not Department.objects.filter(pk__in=[field.pk, other.pk]).exists()


def test_a_rule_that_loses_its_department_rests(field: Department, rule: AssignmentRule) -> None:
    """It would be about everybody otherwise."""
    field.delete()
    rule.refresh_from_db()
    assert not rule.active


def test_a_token_says_when_it_was_last_used(acme: Company, olive: Person, visit: Visit) -> None:
    token, _ = ApiToken.issue(
        name="Workday", scopes=[Scope.PEOPLE_READ], expires_at=timezone.now(), created_by=olive
    )
    client, page = visit(acme, olive), f"/admin/api/apitoken/{token.pk}/delete/"
    assert "Nothing has used it." in client.get(page).text
    ApiToken.objects.update(last_used_at=timezone.now())
    assert "It was last used on" in client.get(page).text


def test_a_question_that_was_asked_stays_and_can_be_switched_off(
    acme: Company, olive: Person, ada: Person, lee: Person, visit: Visit, assign: Assign
) -> None:
    now, assignment = timezone.now(), assign(lee)
    question = Question.objects.all()[0]
    brief = Brief.objects.create(
        manager=ada, iso_year=2026, iso_week=40, due_at=now, written_at=now, state="written"
    )
    BriefItem.objects.create(
        brief=brief,
        report=lee,
        assignment=assignment,
        question=question,
        position=0,
        why="new",
        moment="starting",
    )
    page = visit(acme, olive).get(f"/admin/reinforcement/question/{question.pk}/delete/")
    assert "Switch “In use” off" in page.text
    assert "Delete the question</button>" not in page.text


def test_a_new_question_takes_words_alone(
    acme: Company, olive: Person, visit: Visit, sales_path: Path
) -> None:
    sent = QUESTION | {"skill": _skill(sales_path)}
    answer = visit(acme, olive).post("/admin/reinforcement/question/add/", sent)
    assert answer.status_code == 302
    made = Choice.objects.filter(question__text=sent["text"]).order_by("position")
    assert [(each.position, each.label, each.level) for each in made] == [
        (0, "Not yet", 0),
        (1, "Yes", 2),
    ]
    assert len({each.value for each in made}) == 2


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"choices-1-label": "not yet"}, "Another answer says the same."),
        ({"choices-1-label": "", "choices-1-level": ""}, "This field is required."),
        ({"choices-TOTAL_FORMS": "1"}, "Write 2 answers or more."),
    ],
)
def test_answers_that_cannot_be_are_told(
    acme: Company, olive: Person, visit: Visit, sales_path: Path, wrong: Any, said: str
) -> None:
    sent = QUESTION | {"skill": _skill(sales_path)} | wrong
    answer = visit(acme, olive).post("/admin/reinforcement/question/add/", sent)
    assert answer.status_code == 200
    assert said in answer.text
    assert not Question.objects.filter(text=sent["text"]).exists()


def _skill(path: Path) -> int:
    return int(path.role.role_skills.all()[0].skill_id)
