"""Rules as L&D writes them: the form, the list, and who may."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from learning.actions import switch_on
from learning.models import AssignmentRule, Outcome, Path, Role
from tenants.companies.models import Company
from tenants.people.models import Person
from tests.console.cast import MakePerson, Visit

LIST = "/admin/learning/assignmentrule/"
ADD = f"{LIST}add/"
Post = Callable[..., Any]


@pytest.fixture
def form(sales_path: Path, ada: Person) -> dict[str, Any]:
    """New account executives in Sales, filled in well."""
    return {
        "name": "New account executives",
        "path": sales_path.pk,
        "roles": [sales_path.role_id],
        "departments": [ada.department_id],
        "statuses": ["active"],
        "days_since_hire_from": "",
        "days_since_hire_to": 30,
        "outcome": sales_path.role.outcomes.get(slug="close-faster").pk,
        "claim": "close deals faster",
        "because": "two of three demos in {department} end without a next meeting",
        "sign": "every demo ends with a date in both calendars",
    }


@pytest.fixture
def post(acme: Company, olive: Person, visit: Visit, form: dict[str, Any]) -> Post:
    """``post(claim="...")``: what the site answers when Olive sends the form with these changes."""
    client = visit(acme, olive)
    return lambda page=ADD, **changes: client.post(page, form | changes)


def errors(answer: Any) -> dict[str, list[str]]:
    assert answer.status_code == 200
    found: dict[str, list[str]] = answer.context["adminform"].form.errors
    return found


def test_saving_gives_nobody_anything_and_leads_to_the_preview(
    post: Post, olive: Person, form: dict[str, Any]
) -> None:
    answer = post(active="on")
    rule = AssignmentRule.objects.get()
    assert answer.headers["Location"] == f"{LIST}{rule.pk}/preview/"
    assert (rule.active, rule.created_by) == (False, olive)
    assert [role.pk for role in rule.roles.all()] == form["roles"]
    assert (rule.days_since_hire_from, rule.days_since_hire_to) == (None, 30)
    assert not rule.matches.exists()


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("name", "", "required"),
        ("claim", "close {deals} faster", "There is no placeholder {deals}. There is: {name}"),
        ("because", "half of {department ended with nothing", "A brace stands alone"),
        ("sign", "tbd", "Say how you will both see it"),
        ("claim", "", "Say what it helps them do at work"),
        ("statuses", [], "Choose at least one"),
        ("statuses", ["terminated"], "not one of the available choices"),
        ("locations", ["Atlantis"], "not one of the available choices"),
        ("days_since_hire_to", -1, "greater than or equal to 0"),
        ("days_since_hire_to", 99999, "less than or equal to 32767"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(post: Post, field: str, value: Any, said: str) -> None:
    found = errors(post(**{field: value}))
    assert list(found) == [field]
    assert said in found[field][0]
    assert not AssignmentRule.objects.exists()


def test_days_that_run_backwards_are_said_at_the_field(post: Post) -> None:
    found = errors(post(days_since_hire_from=31))
    assert found == {"days_since_hire_to": ["This ends before it begins, on day 31."]}


def test_outcome_of_another_role_is_said_at_the_field(post: Post) -> None:
    other = Role.objects.create(slug="other", name="Other")
    outcome = Outcome.objects.create(role=other, slug="o", name="Faster", direction="lower")
    found = errors(post(outcome=outcome.pk))
    assert found == {"outcome": ["Faster is not an outcome of Account executive."]}


def test_wording_that_will_not_land_is_asked_about_once(post: Post) -> None:
    career = {"claim": "boost your career in {department}"}
    answer = post(**career)
    assert not AssignmentRule.objects.exists()
    assert "speaks of a career" in answer.context["adminform"].form["claim"].help_text
    assert post(**career, keep_wording="on").status_code == 302
    assert AssignmentRule.objects.get().claim == career["claim"]


def test_only_published_paths_are_offered_and_the_one_it_has(
    acme: Company, olive: Person, visit: Visit, post: Post, sales_path: Path
) -> None:
    Path.objects.create(role=sales_path.role, slug="draft", name="Draft")
    post()
    page = f"{LIST}{AssignmentRule.objects.get().pk}/change/"
    Path.objects.filter(pk=sales_path.pk).update(status=Path.Status.ARCHIVED)
    client = visit(acme, olive)
    for where, offered in ((ADD, []), (page, [sales_path])):
        form = client.get(where).context["adminform"].form
        assert list(form.fields["path"].queryset) == offered


def test_places_are_those_of_people_and_those_the_rule_has(
    acme: Company, olive: Person, lee: Person, visit: Visit, post: Post
) -> None:
    Person.objects.filter(pk=lee.pk).update(location="Berlin")
    post(locations=["Berlin"])
    rule = AssignmentRule.objects.get()
    assert rule.locations == ["Berlin"]
    Person.objects.filter(pk=lee.pk).update(location="Oslo")
    form = visit(acme, olive).get(f"{LIST}{rule.pk}/change/").context["adminform"].form
    assert [label for _, label in form.fields["locations"].choices] == [
        "Berlin (nobody is there now)",
        "Oslo (1 person)",
    ]


def test_form_says_what_each_placeholder_means(acme: Company, olive: Person, visit: Visit) -> None:
    shown = visit(acme, olive).get(ADD).text
    assert "{manager}" in shown
    assert "what colleagues call their manager" in shown
    assert 'name="active"' not in shown


def test_editing_a_rule_that_is_on_says_what_will_follow(
    acme: Company, olive: Person, visit: Visit, post: Post
) -> None:
    post()
    rule, client = AssignmentRule.objects.get(), visit(acme, olive)
    page = f"{LIST}{rule.pk}/change/"
    assert "Nobody it has given the path loses it" not in client.get(page).text
    switch_on(rule=rule)
    assert "Nobody it has given the path loses it" in client.get(page).text
    post(page, days_since_hire_to=60)
    rule.refresh_from_db()
    assert (rule.active, rule.days_since_hire_to) == (True, 60)


def test_list_says_whom_each_means_how_it_stands_and_what_it_gave(
    acme: Company, olive: Person, nia: Person, visit: Visit, post: Post, sales_path: Path
) -> None:
    post(roles=[], departments=[], days_since_hire_to=7, because="two demos ended with no date")
    rule, client = AssignmentRule.objects.get(), visit(acme, olive)
    page = client.get(LIST).text
    assert "First 7 days" in page
    assert "nobody yet" in page
    Person.objects.exclude(pk=nia.pk).update(hired_on="2024-01-01")
    AssignmentRule.objects.update(days_since_hire_to=30000)
    switch_on(rule=rule)
    page = client.get(LIST).text
    given = rule.assignments.count()
    assert f'href="/admin/learning/assignment/?rule__id__exact={rule.pk}">{given} people' in page
    Path.objects.filter(pk=sales_path.pk).update(status=Path.Status.ARCHIVED)
    assert "cannot run: its path is archived" in client.get(LIST).text


def test_list_costs_the_same_for_5_rules_and_for_40(
    acme: Company, olive: Person, visit: Visit, post: Post
) -> None:
    client, counts = visit(acme, olive), []
    for numbers in (range(5), range(5, 40)):
        for number in numbers:
            post(name=f"Rule {number}")
        for _ in range(2):
            with CaptureQueriesContext(connection) as queries:
                client.get(LIST)
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 20


def test_deleting_a_rule_leaves_what_it_gave(
    acme: Company, olive: Person, lee: Person, visit: Visit, post: Post
) -> None:
    post(roles=[], days_since_hire_to="")
    rule, client = AssignmentRule.objects.get(), visit(acme, olive)
    [given, *_] = switch_on(rule=rule)
    page = f"{LIST}{rule.pk}/delete/"
    assert "Whoever it gave the path keeps it" in client.get(page).text
    assert client.post(page, {"post": "yes"}).status_code == 302
    given.refresh_from_db()
    assert (given.rule, given.status) == (None, "assigned")


def test_roles_and_departments_are_found_by_typing(
    acme: Company, olive: Person, ada: Person, visit: Visit, sales_path: Path
) -> None:
    client = visit(acme, olive)
    about = {"app_label": "learning", "model_name": "assignmentrule", "term": "sal"}
    found = client.get("/admin/autocomplete/", {**about, "field_name": "departments"}).json()
    assert [each["text"] for each in found["results"]] == ["Sales"]
    about["term"] = "execut"
    found = client.get("/admin/autocomplete/", {**about, "field_name": "roles"}).json()
    assert [each["text"] for each in found["results"]] == ["Account executive"]


def test_staff_without_the_permission_are_refused(
    acme: Company, person: MakePerson, visit: Visit, post: Post, form: dict[str, Any]
) -> None:
    post()
    rule = AssignmentRule.objects.get()
    client = visit(acme, person("Rae", "Reader", is_staff=True))
    for page in (LIST, ADD, f"{LIST}{rule.pk}/change/", f"{LIST}{rule.pk}/delete/"):
        assert client.get(page).status_code == 403
    assert client.post(ADD, form | {"name": "Another"}).status_code == 403
    assert AssignmentRule.objects.count() == 1
