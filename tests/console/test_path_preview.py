"""L&D looks at a path with somebody's eyes, before anybody has it."""

from datetime import date

from django.test.utils import CaptureQueriesContext

from learning.actions import hold_role, observe
from learning.models import Assignment, Level, Observation, Path, RoleHolding
from tenants.companies.connections import connection
from tenants.companies.models import Company
from tenants.people.models import Person
from tests.console.cast import Visit
from tests.reinforcement.cast import Assign


def address(path: Path) -> str:
    return f"/admin/learning/path/{path.pk}/preview/"


def seen(person: Person, path: Path, level: int) -> None:
    for need in path.role.role_skills.all():
        observe(
            person=person,
            skill=need.skill,
            level=level,
            source=Observation.Source.MANAGER,
            observer=person.manager,
            observed_on=date(2026, 11, 2),
        )


def test_preview_is_their_own_plan(
    acme: Company, olive: Person, lee: Person, nia: Person, sales_path: Path, visit: Visit
) -> None:
    seen(lee, sales_path, Level.COACHES_OTHERS)
    client = visit(acme, olive)
    of_lee = client.get(address(sales_path), {"person": str(lee.uid)})
    of_nia = client.get(address(sales_path), {"person": str(nia.uid)})
    assert len(of_lee.context["included"]) < len(of_nia.context["included"])
    assert "What Lee Tanaka would get" in of_lee.text
    assert "You already showed this" in of_lee.text
    assert "Not seen yet" in " ".join(of_nia.text.split()) or "not seen yet" in of_nia.text
    assert not Assignment.objects.exists()


def test_draft_is_previewed_too(
    acme: Company, olive: Person, nia: Person, sales_path: Path, visit: Visit
) -> None:
    Path.objects.filter(pk=sales_path.pk).update(status=Path.Status.DRAFT)
    page = visit(acme, olive).get(address(sales_path), {"person": str(nia.uid)})
    assert page.context["included"]


def test_people_of_the_role_are_there_and_anybody_is_found(
    acme: Company, olive: Person, lee: Person, nia: Person, sales_path: Path, visit: Visit
) -> None:
    hold_role(
        person=lee,
        role=sales_path.role,
        starts_on=date(2026, 11, 1),
        source=RoleHolding.Source.HAND,
    )
    client = visit(acme, olive)
    assert list(client.get(address(sales_path)).context["people"]) == [lee]
    found = client.get(address(sales_path), {"q": "nia account"})
    assert list(found.context["people"]) == [nia]
    assert "Nobody here is called that" in client.get(address(sales_path), {"q": "zzz"}).text


def test_who_has_it_already_is_said(
    acme: Company, olive: Person, lee: Person, assign: Assign, sales_path: Path, visit: Visit
) -> None:
    given = assign(lee)
    page = visit(acme, olive).get(address(sales_path), {"person": str(lee.uid)})
    assert f'href="/admin/learning/assignment/{given.pk}/change/"' in page.text


def test_nobody_of_that_uid(acme: Company, olive: Person, sales_path: Path, visit: Visit) -> None:
    client = visit(acme, olive)
    for wanted in ("x", "01a22b7e-ad2c-7240-bd88-99488d8cbb99", "é" * 32):
        assert client.get(address(sales_path), {"person": wanted}).status_code == 404


def test_preview_costs_few_queries_whatever_the_plan(
    acme: Company, olive: Person, lee: Person, nia: Person, sales_path: Path, visit: Visit
) -> None:
    seen(lee, sales_path, Level.COACHES_OTHERS)
    client, costs = visit(acme, olive), []
    for person in (lee, nia):
        with CaptureQueriesContext(connection) as queries:
            client.get(address(sales_path), {"person": str(person.uid)})
        costs.append(len(queries))
    assert max(costs) <= 15
