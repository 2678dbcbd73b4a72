"""Deleting what others rest on: what keeps it, and what becomes of it, in plain words."""

from typing import Any

from learning.models import Assignment, AssignmentRule, Outcome, Path, Role, Skill, Step
from tenants.companies.models import Company
from tenants.people.models import Person
from tests.console.cast import Visit, rows

ROLES = "/admin/learning/role/"


def test_a_role_that_is_in_use_says_what_keeps_it_and_what_to_do_instead(
    acme: Company, olive: Person, visit: Visit, sales_path: Path
) -> None:
    client, page = visit(acme, olive), f"{ROLES}{sales_path.role_id}/delete/"
    text = client.get(page).text
    assert "This role cannot be deleted" in text
    assert "1 path leads into it." in text
    assert "Set its status to archived instead" in text
    client.post(page, {"post": "yes"})
    assert Role.objects.filter(pk=sales_path.role_id).exists()


def test_a_path_says_how_many_were_given_it(
    acme: Company, olive: Person, lee: Person, nia: Person, visit: Visit, assign: Any
) -> None:
    path = assign(lee).path
    assign(nia)
    client, page = visit(acme, olive), f"/admin/learning/path/{path.pk}/delete/"
    assert "2 people were given it." in client.get(page).text
    client.post(page, {"post": "yes"})
    assert Path.objects.filter(pk=path.pk).exists()


def test_a_role_that_nobody_has_goes_once_it_was_asked(
    acme: Company, olive: Person, visit: Visit
) -> None:
    role = Role.objects.create(slug="r", name="Archivist")
    Outcome.objects.create(role=role, slug="o", name="O", measure="m", direction="lower")
    client, page = visit(acme, olive), f"{ROLES}{role.pk}/delete/"
    text = client.get(page).text
    assert "Delete the role “Archivist”?" in text
    assert "Its outcomes, required skills and job titles go with it." in text
    assert client.post(page, {"post": "yes"}).status_code == 302
    assert not Role.objects.filter(pk=role.pk).exists()


def test_a_step_says_in_how_many_plans_it_stays(
    acme: Company, olive: Person, lee: Person, visit: Visit, assign: Any
) -> None:
    step = assign(lee).plan_steps.exclude(state="set_aside")[0].step
    text = visit(acme, olive).get(f"/admin/learning/step/{step.pk}/delete/").text
    assert "1 person has it in their plan, and there it stays as it is." in text
    assert "relationship" not in text


def test_skills_chosen_in_the_list_are_kept_where_roles_require_them(
    acme: Company, olive: Person, visit: Visit, sales_path: Path
) -> None:
    skills = [each.skill for each in sales_path.role.role_skills.all()[:2]]
    chosen = {"action": "delete_selected", "_selected_action": [each.pk for each in skills]}
    answer = visit(acme, olive).post("/admin/learning/skill/", {**chosen, "post": "yes"})
    assert f"“{skills[0]}”: 1 role requires it." in answer.text
    assert Skill.objects.filter(pk__in=[each.pk for each in skills]).count() == 2


def test_an_outcome_that_paths_are_to_move_is_not_removed_and_says_why_in_a_line(
    acme: Company, olive: Person, lee: Person, nia: Person, visit: Visit, assign: Any
) -> None:
    outcome = assign(lee).outcome
    assign(nia)
    client, page = visit(acme, olive), f"{ROLES}{outcome.role_id}/change/"
    sent = rows(client, page)
    [row] = [name for name, value in sent.items() if name.endswith("-id") and value == outcome.pk]
    answer = client.post(page, sent | {row.replace("-id", "-DELETE"): "on"})
    assert answer.status_code == 200
    assert "2 people have a path that is to move it. Rename it instead." in answer.text
    assert "Lee Tanaka" not in answer.text
    assert Outcome.objects.filter(pk=outcome.pk).exists()


def test_deleting_costs_the_same_however_many_have_the_path(
    acme: Company,
    olive: Person,
    person: Any,
    visit: Visit,
    assign: Any,
    django_assert_max_num_queries: Any,
) -> None:
    for number in range(12):
        assign(person("Bo", f"Number{number}"))
    path = Assignment.objects.latest("pk").path
    client = visit(acme, olive)
    client.get("/admin/")
    with django_assert_max_num_queries(20):
        client.get(f"/admin/learning/path/{path.pk}/delete/")
    assert Step.objects.filter(path=path).exists()


def test_a_role_that_a_rule_asks_for_is_kept_and_gone_it_lets_the_rule_rest(
    acme: Company, olive: Person, visit: Visit, sales_path: Path
) -> None:
    role = Role.objects.create(slug="r", name="Archivist")
    rule = AssignmentRule.objects.create(
        name="R", path=sales_path, outcome=sales_path.role.outcomes.all()[0],
        claim="a", because="b", sign="c", active=True,
    )  # fmt: skip
    rule.roles.add(role)
    text = visit(acme, olive).get(f"{ROLES}{role.pk}/delete/").text
    assert "1 rule asks for it, and would mean more people without." in text
    role.delete()
    rule.refresh_from_db()
    assert not rule.active
