"""The skill map on the admin site."""

from datetime import date

from learning.actions import hold_role
from learning.models import Path, Role, RoleHolding
from tenants.companies.models import Company
from tenants.people.models import Person
from tests.console.cast import MakePerson, Visit


def test_map_shows_what_moves_what_and_how_many_are_where(
    acme: Company, olive: Person, person: MakePerson, sales_path: Path, visit: Visit
) -> None:
    for number in range(5):
        hold_role(
            person=person(f"Bo{number}", "Ek"),
            role=sales_path.role,
            starts_on=date(2026, 11, 1),
            source=RoleHolding.Source.HAND,
        )
    client = visit(acme, olive)
    role = f"/admin/learning/role/{sales_path.role_id}"
    assert f'{role}/skill-map/"' in client.get(f"{role}/change/").text
    page = client.get(f"{role}/map/")
    assert "5 people hold this role" in page.text
    assert "Close deals faster" in page.text
    assert 'aria-label="5 nobody has looked yet"' in page.text
    assert "Bo0" not in page.text


def test_role_without_skills_says_what_to_do(acme: Company, olive: Person, visit: Visit) -> None:
    role = Role.objects.create(slug="new", name="New")
    page = visit(acme, olive).get(f"/admin/learning/role/{role.pk}/map/")
    assert "requires no skill yet" in page.text
