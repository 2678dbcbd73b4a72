from learning.models import Path, Step
from tenants.companies.models import Company
from tenants.people.models import Person
from tests.console.cast import Visit, rows


def test_role_shows_outcomes_and_required_skills(
    acme: Company, olive: Person, visit: Visit, sales_path: Path
) -> None:
    client, page = visit(acme, olive), f"/admin/learning/role/{sales_path.role_id}/change/"
    shown = client.get(page)
    assert "Close deals faster" in shown.text
    assert "Discovery conversations" in shown.text
    assert client.post(page, rows(client, page)).status_code == 302


def test_steps_change_places(acme: Company, olive: Person, visit: Visit, sales_path: Path) -> None:
    client, page = visit(acme, olive), f"/admin/learning/path/{sales_path.pk}/change/"
    values = rows(client, page)
    first, second = values["steps-0-position"], values["steps-1-position"]
    values |= {"steps-0-position": second, "steps-1-position": first}
    before = [step.slug for step in sales_path.steps.all()]

    assert client.post(page, values).status_code == 302

    after = [step.slug for step in sales_path.steps.all()]
    assert after == [before[1], before[0], *before[2:]]


def test_new_step_comes_last(acme: Company, olive: Person, visit: Visit, sales_path: Path) -> None:
    client, page = visit(acme, olive), f"/admin/learning/path/{sales_path.pk}/change/"
    values = rows(client, page)
    count = int(values["steps-TOTAL_FORMS"])
    new = {"title": "Look back", "kind": Step.Kind.TALK, "keep": "always"}
    values |= {f"steps-{count}-{name}": value for name, value in new.items()}
    values |= {f"steps-{count}-path": sales_path.pk, "steps-TOTAL_FORMS": count + 1}

    assert client.post(page, values).status_code == 302
    last = list(sales_path.steps.all())[-1]
    assert last.title == "Look back"
    assert last.slug.startswith("look-back-")


def test_two_steps_at_one_place_are_refused(
    acme: Company, olive: Person, visit: Visit, sales_path: Path
) -> None:
    client, page = visit(acme, olive), f"/admin/learning/path/{sales_path.pk}/change/"
    values = rows(client, page)
    values["steps-0-position"] = values["steps-1-position"]
    assert client.post(page, values).status_code == 200


def test_step_needs_only_steps_of_its_own_path(
    acme: Company, olive: Person, visit: Visit, sales_path: Path
) -> None:
    other = Path.objects.create(role=sales_path.role, slug="other", name="Other")
    Step.objects.create(path=other, slug="x", position=1, title="Elsewhere", kind=Step.Kind.READ)
    step = sales_path.steps.all()[1]
    page = visit(acme, olive).get(f"/admin/learning/step/{step.pk}/change/")
    offered = page.context["adminform"].form.fields["prerequisites"].queryset
    assert set(offered) == set(sales_path.steps.exclude(pk=step.pk))


def test_question_needs_two_answers(
    acme: Company, olive: Person, visit: Visit, sales_path: Path
) -> None:
    client = visit(acme, olive)
    question = sales_path.role.role_skills.all()[0].skill.questions.all()[0]
    page = f"/admin/reinforcement/question/{question.pk}/change/"
    values = rows(client, page)
    assert client.post(page, values).status_code == 302
    kept = question.choices.count()
    values |= {f"choices-{number}-DELETE": "on" for number in range(1, kept)}
    assert client.post(page, values).status_code == 200
    assert question.choices.count() == kept
