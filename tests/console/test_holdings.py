"""Who has which role: given and ended by hand."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext
from time_machine import Traveller

from learning.actions import hold_role
from learning.models import Path, Role, RoleHolding
from tenants.companies.models import Company
from tenants.people.models import Person
from tests.conftest import TODAY
from tests.console.cast import MakePerson, Visit

LIST = "/admin/learning/roleholding/"
ADD = f"{LIST}add/"


@pytest.fixture
def form(clock: Traveller, lee: Person, sales_path: Path) -> dict[str, Any]:
    return {"person": lee.pk, "role": sales_path.role_id, "starts_on": ""}


@pytest.fixture
def holding(clock: Traveller, lee: Person, sales_path: Path) -> RoleHolding:
    """Lee is an account executive since ten days ago, by a rule."""
    return hold_role(
        person=lee,
        role=sales_path.role,
        source=RoleHolding.Source.RULE,
        starts_on=TODAY - timedelta(days=10),
    )


def page_of(holding: RoleHolding) -> str:
    return f"{LIST}{holding.pk}/change/"


def errors(answer: Any) -> dict[str, list[str]]:
    assert answer.status_code == 200
    found: dict[str, list[str]] = answer.context["adminform"].form.errors
    return found


def test_a_role_is_given_from_today_or_another_day(
    acme: Company, olive: Person, nia: Person, visit: Visit, form: dict[str, Any]
) -> None:
    client = visit(acme, olive)
    assert client.post(ADD, form).status_code == 302
    assert client.post(ADD, form | {"person": nia.pk, "starts_on": "2026-12-01"}).status_code == 302
    assert list(RoleHolding.objects.values_list("person", "starts_on", "source")) == [
        (nia.pk, date(2026, 12, 1), "hand"),
        (form["person"], TODAY, "hand"),
    ]


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("person", "", "required"),
        ("role", "", "required"),
        ("starts_on", "soon", "valid date"),
        ("role", 0, "not one of the available choices"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(
    acme: Company, olive: Person, visit: Visit, form: dict[str, Any], field, value, said
) -> None:
    found = errors(visit(acme, olive).post(ADD, form | {field: value}))
    assert list(found) == [field]
    assert said in found[field][0]
    assert not RoleHolding.objects.exists()


def test_what_the_action_refuses_is_said_at_its_field(
    acme: Company, olive: Person, lee: Person, visit: Visit, form: dict[str, Any]
) -> None:
    client = visit(acme, olive)
    client.post(ADD, form)
    assert errors(client.post(ADD, form)) == {"role": ["They hold this role already in that time."]}
    Person.objects.filter(pk=lee.pk).update(employment_status="terminated")
    assert errors(client.post(ADD, form)) == {
        "person": ["Lee Tanaka is no longer with the company."]
    }
    assert RoleHolding.objects.count() == 1


def test_only_active_roles_are_offered(
    acme: Company, olive: Person, visit: Visit, form: dict[str, Any]
) -> None:
    Role.objects.update(status=Role.Status.ARCHIVED)
    assert "role" in errors(visit(acme, olive).post(ADD, form))


def test_a_role_is_ended_and_nothing_else_of_it_is_changed(
    acme: Company, olive: Person, nia: Person, visit: Visit, holding: RoleHolding
) -> None:
    client = visit(acme, olive)
    changes = {"ends_on": TODAY, "person": nia.pk, "starts_on": "2020-01-01"}
    assert client.post(page_of(holding), changes).status_code == 302
    began, person = holding.starts_on, holding.person
    holding.refresh_from_db()
    assert (holding.ends_on, holding.starts_on, holding.person) == (TODAY, began, person)
    assert holding.source == RoleHolding.Source.HAND  # so that no rule gives it again
    assert client.post(page_of(holding), {"ends_on": ""}).status_code == 302
    holding.refresh_from_db()
    assert holding.ends_on is None


def test_an_end_that_cannot_be_is_said_at_the_field(
    acme: Company, olive: Person, lee: Person, visit: Visit, holding: RoleHolding
) -> None:
    client = visit(acme, olive)
    early = holding.starts_on - timedelta(days=1)
    assert errors(client.post(page_of(holding), {"ends_on": early})) == {
        "ends_on": ["The last day is before the first one."]
    }
    client.post(page_of(holding), {"ends_on": TODAY - timedelta(days=1)})
    hold_role(person=lee, role=holding.role, source=RoleHolding.Source.HAND)
    assert errors(client.post(page_of(holding), {"ends_on": ""})) == {
        "ends_on": ["They hold this role already in that time."]
    }


def test_what_was_held_is_never_deleted(
    acme: Company, olive: Person, visit: Visit, holding: RoleHolding
) -> None:
    client = visit(acme, olive)
    assert client.post(f"{LIST}{holding.pk}/delete/", {"post": "yes"}).status_code == 403
    assert RoleHolding.objects.exists()


def test_list_is_narrowed_to_what_is_held_today(
    acme: Company, olive: Person, nia: Person, visit: Visit, holding: RoleHolding
) -> None:
    later = hold_role(
        person=nia,
        role=holding.role,
        source=RoleHolding.Source.HAND,
        starts_on=TODAY + timedelta(days=1),
    )
    past = Role.objects.create(slug="past", name="Past")
    over = RoleHolding.objects.create(
        person=nia, role=past, starts_on=date(2026, 1, 1), ends_on=TODAY - timedelta(days=1)
    )
    client = visit(acme, olive)
    for today, shown in (("held", holding), ("over", over), ("to_come", later)):
        found = client.get(LIST, {"today": today}).context["cl"].result_list
        assert list(found) == [shown]
    assert client.get(LIST, {"q": "haddad past"}).context["cl"].result_count == 1


def test_list_costs_the_same_for_5_holdings_and_for_40(
    acme: Company, olive: Person, visit: Visit, sales_path: Path, person: MakePerson
) -> None:
    client, counts = visit(acme, olive), []
    for numbers in (range(5), range(5, 40)):
        for number in numbers:
            bo = person(f"Bo{number}", "Ek")
            hold_role(person=bo, role=sales_path.role, source=RoleHolding.Source.HAND)
        for _ in range(2):
            with CaptureQueriesContext(connection) as queries:
                client.get(LIST, {"today": "held"})
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 20


def test_who_may_look_gives_and_ends_nothing(
    acme: Company,
    visit: Visit,
    holding: RoleHolding,
    person: MakePerson,
    form: dict[str, Any],
) -> None:
    reader = person("Rae", "Reader", is_staff=True)
    client = visit(acme, reader)
    for page in (LIST, ADD, page_of(holding)):
        assert client.get(page).status_code == 403
    reader.user_permissions.add(Permission.objects.get(codename="view_roleholding"))
    assert client.get(page_of(holding)).status_code == 200
    assert client.post(page_of(holding), {"ends_on": TODAY}).status_code == 403
    assert client.post(ADD, form).status_code == 403
    assert RoleHolding.objects.get().ends_on is None


def test_the_other_companys_holding_is_not_there(
    acme: Company, globex: Company, gus: Person, visit: Visit, holding: RoleHolding
) -> None:
    page = page_of(holding)
    answer = visit(globex, gus).get(page, follow=True)
    assert "is not here: it may be deleted" in answer.text
    assert "Lee" not in answer.text
