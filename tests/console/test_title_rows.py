"""Who has a role: its title rules, on the page of the role."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from time_machine import Traveller

from learning.models import Path, RoleHolding, TitleRule
from learning.tasks import follow_everybody
from tenants.companies.models import Company
from tenants.people.models import Person
from tests.console.cast import MakePerson, Visit, rows

Save = Callable[..., Any]


@pytest.fixture
def page(sales_path: Path) -> str:
    TitleRule.objects.all().delete()
    return f"/admin/learning/role/{sales_path.role_id}/change/"


@pytest.fixture
def save(
    acme: Company,
    olive: Person,
    visit: Visit,
    page: str,
    clock: Traveller,
    monkeypatch: pytest.MonkeyPatch,
    django_capture_on_commit_callbacks: Any,
) -> Save:
    """``save({"text": "account executive"})``: Olive adds these title rules, and a worker follows;
    other changes of the form by their names."""
    monkeypatch.setattr(follow_everybody, "delay", follow_everybody)
    client = visit(acme, olive)

    def post(*new: dict[str, str], **changes: Any) -> Any:
        values = rows(client, page)
        first = int(values["title_rules-TOTAL_FORMS"])
        for number, each in enumerate(new, first):
            row = {"field": "job_title", "match": "contains", **each}
            values |= {f"title_rules-{number}-{name}": value for name, value in row.items()}
        values["title_rules-TOTAL_FORMS"] = first + len(new)
        with django_capture_on_commit_callbacks(execute=True):
            return client.post(page, values | changes)

    return post


def holders() -> set[str]:
    held = RoleHolding.objects.filter(ends_on=None)
    return set(held.values_list("person__given_name", flat=True))


def test_whoever_a_rule_finds_has_the_role(save: Save, lee: Person, nia: Person) -> None:
    assert save({"text": "account executive"}).status_code == 302
    assert holders() == {"Lee", "Nia"}


def test_by_department_too(save: Save, lee: Person) -> None:
    save({"text": "Sales", "field": "department", "match": "is"})
    assert holders() == {"Ada", "Lee"}


def test_with_the_last_rule_the_roles_that_it_gave_end(save: Save, lee: Person) -> None:
    save({"text": "account executive"})
    save(**{"title_rules-0-DELETE": "on"})
    assert not TitleRule.objects.exists()
    assert holders() == set()


def test_saving_without_a_change_queues_nothing(
    save: Save, lee: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    save({"text": "account executive"})
    monkeypatch.setattr(follow_everybody, "delay", lambda: pytest.fail("queued"))
    assert save().status_code == 302


@pytest.mark.parametrize(
    ("new", "said"),
    [
        ([{"text": "", "match": "is"}], "required"),
        ([{"text": "–"}], "at least one word"),
        ([{"text": "seller"}, {"text": "SELLER"}], "has this rule already"),
        ([{"text": "Account Manager"}], "has this rule already"),
    ],
)
def test_what_is_wrong_is_said(
    save: Save, sales_path: Path, new: list[dict[str, str]], said: str
) -> None:
    TitleRule.objects.create(role=sales_path.role, text="account manager")
    answer = save(*new)
    assert answer.status_code == 200
    assert said in answer.text
    assert TitleRule.objects.count() == 1


def test_words_are_changed_to_others_but_not_to_those_of_another_row(
    save: Save, sales_path: Path
) -> None:
    for text in ("seller", "closer"):
        TitleRule.objects.create(role=sales_path.role, text=text)
    assert save(**{"title_rules-0-text": "CLOSER"}).status_code == 302  # its own, in capitals
    for also in ({}, {"title_rules-1-DELETE": "on"}):
        answer = save(**{"title_rules-0-text": "seller"}, **also)
        assert "has this rule already" in answer.text
    assert save(**{"title_rules-1-DELETE": "on"}).status_code == 302
    assert save(**{"title_rules-0-text": "seller"}).status_code == 302


def test_each_rule_says_how_many_it_finds_now(
    acme: Company,
    olive: Person,
    visit: Visit,
    page: str,
    sales_path: Path,
    lee: Person,
    nia: Person,
    person: MakePerson,
) -> None:
    person("Uma", "Gone", job_title="Account Executive", employment_status="terminated")
    for text in ("account executive", "executive", "manager", "astronaut"):
        TitleRule.objects.create(role=sales_path.role, text=text)
    [shown] = [
        inline
        for inline in visit(acme, olive).get(page).context["inline_admin_formsets"]
        if inline.opts.model is TitleRule
    ]
    found = {form.instance.text: shown.opts.finds(form.instance) for form in shown.formset}
    assert found == {
        "account executive": "2 people",
        "executive": "2 people",
        "manager": "1 person",
        "astronaut": "nobody",
    }


def test_a_page_costs_the_same_for_5_rules_and_for_40(
    acme: Company, olive: Person, visit: Visit, page: str, sales_path: Path
) -> None:
    client, counts = visit(acme, olive), []
    for numbers in (range(5), range(5, 40)):
        for number in numbers:
            TitleRule.objects.create(role=sales_path.role, text=f"seller {number}")
        for _ in range(2):
            with CaptureQueriesContext(connection) as queries:
                client.get(page)
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_a_new_role_is_saved_with_its_rules(
    acme: Company, olive: Person, visit: Visit, lee: Person
) -> None:
    empty = {"TOTAL_FORMS": 0, "INITIAL_FORMS": 0}
    inlines = {
        f"{name}-{key}": n for name in ("outcomes", "role_skills") for key, n in empty.items()
    }
    rule = {"field": "job_title", "match": "contains", "text": "executive"}
    values = {
        "name": "Seller",
        "status": "active",
        "summary": "",
        **inlines,
        "title_rules-TOTAL_FORMS": 1,
        "title_rules-INITIAL_FORMS": 0,
        **{f"title_rules-0-{name}": value for name, value in rule.items()},
    }
    assert visit(acme, olive).post("/admin/learning/role/add/", values).status_code == 302
    assert TitleRule.objects.get(text="executive").role.name == "Seller"
