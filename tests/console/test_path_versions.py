"""Changing a path in the admin site while people are on it."""

from typing import Any

import pytest

from learning.models import Assignment, Path, PathVersion, Role, Step
from tenants.companies.models import Company
from tenants.people.models import Person
from tests.console.cast import Visit, rows


@pytest.fixture
def assignment(assign: Any, lee: Person) -> Assignment:
    made: Assignment = assign(lee)
    return made


def page_of(path: Path) -> str:
    return f"/admin/learning/path/{path.pk}/change/"


def people_page(path: Path) -> str:
    return f"/admin/learning/path/{path.pk}/people/"


def titles(assignment: Assignment) -> list[str]:
    return list(assignment.plan_steps.values_list("step__title", flat=True))


def test_rewording_a_step_in_its_row_leaves_plans_as_they_are(
    acme: Company, olive: Person, visit: Visit, assignment: Assignment, sales_path: Path
) -> None:
    client, before = visit(acme, olive), titles(assignment)
    values = rows(client, page_of(sales_path)) | {"steps-0-title": "Reworded"}
    answer = client.post(page_of(sales_path), values, follow=True)
    assert "1 person on this path keeps it as it was until now" in answer.text
    assert titles(assignment) == before
    assert sales_path.steps.all()[0].title == "Reworded"


def test_saving_without_a_change_makes_no_version(
    acme: Company, olive: Person, visit: Visit, assignment: Assignment, sales_path: Path
) -> None:
    client = visit(acme, olive)
    step = sales_path.steps.all()[3]
    for page in (page_of(sales_path), f"/admin/learning/step/{step.pk}/change/"):
        assert client.post(page, rows(client, page)).status_code == 302
    assert not PathVersion.objects.exists()


def test_a_step_is_deleted_for_the_next_and_kept_for_whoever_has_it(
    acme: Company, olive: Person, visit: Visit, assignment: Assignment, sales_path: Path
) -> None:
    client, before = visit(acme, olive), titles(assignment)
    values = rows(client, page_of(sales_path)) | {"steps-2-DELETE": "on"}
    assert client.post(page_of(sales_path), values).status_code == 302
    assert titles(assignment) == before
    assert sales_path.steps.count() == len(before) - 1


@pytest.mark.parametrize("bulk", [False, True])
def test_so_it_is_from_the_page_of_the_step_and_from_the_list(
    acme: Company,
    olive: Person,
    visit: Visit,
    assignment: Assignment,
    sales_path: Path,
    bulk: bool,
) -> None:
    client, before, step = visit(acme, olive), titles(assignment), sales_path.steps.all()[2]
    page = f"/admin/learning/step/{step.pk}/change/"
    assert "1 person has this step in their plan" in client.get(page).text
    if bulk:
        chosen = {"action": "delete_selected", "_selected_action": step.pk, "post": "yes"}
        answer = client.post("/admin/learning/step/", chosen)
    else:
        answer = client.post(f"/admin/learning/step/{step.pk}/delete/", {"post": "yes"})
    assert answer.status_code == 302
    assert not Step.objects.filter(pk=step.pk).exists()
    assert titles(assignment) == before


def test_changing_what_a_step_raises_leaves_plans_as_they_are(
    acme: Company, olive: Person, visit: Visit, assignment: Assignment, sales_path: Path
) -> None:
    client, step = visit(acme, olive), sales_path.steps.get(slug="three-question-opener")
    page = f"/admin/learning/step/{step.pk}/change/"
    values = rows(client, page) | {"step_skills-0-raises_to": 3}
    assert client.post(page, values).status_code == 302
    mine = assignment.plan_steps.get(step__slug="three-question-opener").step
    assert (mine.copy_of, mine.step_skills.get().raises_to) == (step.uid, 1)
    assert step.step_skills.get().raises_to == 3


def test_the_page_says_who_is_on_which_version_and_offers_the_change(
    acme: Company, olive: Person, visit: Visit, assignment: Assignment, sales_path: Path
) -> None:
    client = visit(acme, olive)
    assert "1 person is on this path, and keeps the steps" in client.get(page_of(sales_path)).text
    client.post(page_of(sales_path), rows(client, page_of(sales_path)) | {"steps-0-title": "New"})
    shown = client.get(people_page(sales_path)).text
    assert "1 step is changed" in shown
    assert "Lee Tanaka" in shown
    version = PathVersion.objects.get()
    answer = client.post(people_page(sales_path), {"version": version.pk}, follow=True)
    assert "Offered to 1 person" in answer.text
    assert "1 has not decided yet" in answer.text
    assignment.refresh_from_db()
    assert assignment.offered_at is not None


def test_of_another_path_no_version_is_offered(
    acme: Company, olive: Person, visit: Visit, sales_path: Path
) -> None:
    client = visit(acme, olive)
    for version in ("7", "", "x"):
        answer = client.post(people_page(sales_path), {"version": version})
        assert answer.status_code == 404


def test_only_who_may_change_paths_offers_a_change(
    acme: Company, person: Any, visit: Visit, sales_path: Path
) -> None:
    reader = person("Rae", "Reader", is_staff=True)
    assert visit(acme, reader).get(people_page(sales_path)).status_code == 403
    assert visit(acme, reader).post(people_page(sales_path)).status_code == 403


def test_a_path_without_steps_is_not_published(
    acme: Company, olive: Person, visit: Visit, sales_path: Path
) -> None:
    client = visit(acme, olive)
    new = {"name": "Empty", "role": sales_path.role_id, "summary": "", "status": "published"}
    management = {"steps-TOTAL_FORMS": 0, "steps-INITIAL_FORMS": 0}
    answer = client.post("/admin/learning/path/add/", new | management)
    assert "A published path needs a step" in answer.text
    drafted = client.post("/admin/learning/path/add/", {**new, **management, "status": "draft"})
    assert drafted.status_code == 302


def test_a_path_of_a_draft_role_is_not_published(
    acme: Company, olive: Person, visit: Visit, sales_path: Path
) -> None:
    Role.objects.filter(pk=sales_path.role_id).update(status=Role.Status.DRAFT)
    client = visit(acme, olive)
    answer = client.post(page_of(sales_path), rows(client, page_of(sales_path)))
    errors = answer.context["adminform"].form.errors
    assert errors == {"status": ["The role Account executive is draft: make it active first."]}


def test_prerequisites_that_close_a_loop_are_refused_spelling_it_out(
    acme: Company, olive: Person, visit: Visit, sales_path: Path
) -> None:
    client = visit(acme, olive)
    first, second, third = sales_path.steps.all()[:3]
    second.prerequisites.set([first])
    third.prerequisites.set([second])
    page = f"/admin/learning/step/{first.pk}/change/"
    answer = client.post(page, rows(client, page) | {"prerequisites": [third.pk]})
    told = answer.context["adminform"].form.errors["prerequisites"][0]
    assert told.startswith("These would wait for each other: ")
    for step in (first, second, third):
        assert f"“{step}”" in told
    assert not first.prerequisites.exists()
