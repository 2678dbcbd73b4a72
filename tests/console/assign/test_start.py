"""Beginning, going on where one was interrupted, and who may at all."""

from typing import Any

import pytest
from django.contrib.auth.models import Permission

from learning.actions import start_draft
from learning.library import load_role
from learning.models import Assignment, AssignmentDraft, Path, Step
from tenants.companies.models import Company
from tenants.people.models import Person
from tests.console.assign.cast import START, Wizard
from tests.console.cast import MakePerson, Visit

STEPS = ("path", "people", "framing", "plans", "assign")


def test_the_list_of_assignments_and_a_path_lead_to_it(
    acme: Company, olive: Person, sales_path: Path, visit: Visit
) -> None:
    client = visit(acme, olive)
    listed = client.get("/admin/learning/assignment/")
    assert "Assign a path" in listed.text
    page = f"/admin/learning/path/{sales_path.pk}"
    assert f"{page}/assign" in client.get(f"{page}/change/").text
    begun = client.get(f"{page}/assign", follow=True)
    assert begun.context["asked"] == str(sales_path.pk)


def test_only_a_path_that_can_be_given_is_offered(
    acme: Company, olive: Person, sales_path: Path, visit: Visit
) -> None:
    client = visit(acme, olive)
    empty = load_role("people-manager").paths.get()
    assert {each.pk for each in client.get(START).context["paths"]} == {sales_path.pk, empty.pk}
    Step.objects.filter(path=empty).delete()
    assert [each.pk for each in client.get(START).context["paths"]] == [sales_path.pk]
    assert "has no steps" in client.post(START, {"path": empty.pk}).text
    Path.objects.filter(pk=sales_path.pk).update(status="draft")
    assert "There is no path to give yet" in client.get(START).text
    for nothing in ("", "nonsense", "99999999", str(sales_path.pk), "9" * 40):
        assert client.post(START, {"path": nothing}).status_code == 200
    assert not AssignmentDraft.objects.exists()


def test_what_was_left_half_way_is_offered_and_goes_on_where_it_was(
    wizard: Wizard, lee: Person, nia: Person
) -> None:
    wizard.choose(lee, nia)
    wizard.frame()
    shown = wizard.client.get(START)
    assert "“From first call to signature” for 2 people, last changed" in shown.text
    [offered] = shown.context["drafts"]
    assert offered["link"] == wizard.at("plans")
    told = wizard.client.post(wizard.at("discard"), follow=True).text
    assert "is discarded; nobody was given it" in told
    assert wizard.client.get(START).context["drafts"] == []
    assert not Assignment.objects.exists()


def test_another_path_keeps_the_people(wizard: Wizard, lee: Person) -> None:
    wizard.choose(lee)
    other = load_role("people-manager").paths.get()
    wizard.client.post(wizard.at("path"), {"path": other.pk})
    wizard.draft.refresh_from_db()
    assert wizard.draft.path == other
    assert wizard.chosen() == {"Lee"}


def test_a_step_that_lacks_the_one_before_leads_there(wizard: Wizard, lee: Person) -> None:
    for step in ("framing", "plans", "assign"):
        assert wizard.look(step).url == wizard.at("people")
    wizard.choose(lee)
    for step in ("plans", "assign"):
        assert wizard.look(step).url == wizard.at("framing")


def test_a_draft_is_its_owner_s(
    wizard: Wizard, acme: Company, visit: Visit, person: MakePerson
) -> None:
    other = visit(acme, person("Oz", "Ek", is_staff=True, is_superuser=True))
    for step in STEPS:
        assert other.get(wizard.at(step)).status_code == 404
    assert other.post(wizard.at("discard")).status_code == 404
    assert other.get(START).context["drafts"] == []


@pytest.mark.parametrize("method", ["get", "post"])
def test_who_may_not_give_paths_is_refused_on_every_page(
    wizard: Wizard, acme: Company, visit: Visit, person: MakePerson, method: str
) -> None:
    reader = person("Rae", "Reader", is_staff=True)
    reader.user_permissions.add(Permission.objects.get(codename="view_assignment"))
    client = visit(acme, reader)
    pages = [START, *(wizard.at(step) for step in (*STEPS, "check", "discard"))]
    assert {getattr(client, method)(page).status_code for page in pages} == {403}
    assert "Assign a path" not in client.get("/admin/learning/assignment/").text
    reader.user_permissions.add(Permission.objects.get(codename="add_assignment"))
    allowed: Any = visit(acme, Person.objects.get(pk=reader.pk))
    assert allowed.get(START).status_code == 200


def test_drafts_cost_the_same_for_1_and_for_10(
    wizard: Wizard, olive: Person, sales_path: Path, django_assert_max_num_queries: Any
) -> None:
    for _ in range(9):
        start_draft(path=sales_path, actor=olive)
    wizard.client.get(START)
    with django_assert_max_num_queries(12):
        assert len(wizard.client.get(START).context["drafts"]) == 10
