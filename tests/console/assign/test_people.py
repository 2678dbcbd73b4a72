"""Choosing people: what is ticked survives searching, paging and leaving."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from learning.actions import drafts, hold_role
from learning.models import RoleHolding
from tenants.people.models import Department, Person
from tests.console.assign.cast import Wizard
from tests.console.cast import MakePerson


def names(answer: Any) -> list[str]:
    return [line.person.given_name for line in answer.context["lines"]]


@pytest.fixture
def many(person: MakePerson, ada: Person) -> list[Person]:
    """Thirty in Sales, and five in Support in Kiel."""
    sales = [person(f"Bo{n:02}", "Ek", department=ada.department) for n in range(30)]
    support = Department.objects.create(name="Support")
    return sales + [
        person(f"Cy{n}", "Oh", department=support, location="Kiel", job_title="Engineer")
        for n in range(5)
    ]


def test_ticks_survive_a_search_and_a_turn_of_the_page(wizard: Wizard, many: list[Person]) -> None:
    first = wizard.look("people")
    assert len(first.context["lines"]) == 25
    shown = [line.person.pk for line in first.context["lines"]]
    after = wizard.press("people", "search", q="cy oh", shown=shown, chosen=[many[0].pk])
    assert names(after) == [f"Cy{n}" for n in range(5)]
    shown = [line.person.pk for line in after.context["lines"]]
    paged = wizard.press("people", "page-2", q="", shown=shown, chosen=[many[-1].pk])
    assert paged.context["page"].number == 2
    assert wizard.chosen() == {"Bo00", "Cy4"}
    chosen = wizard.press("people", "chosen")
    assert names(chosen) == ["Bo00", "Cy4"]
    assert all(line.is_chosen for line in chosen.context["lines"])
    wizard.press("people", "search", shown=[many[0].pk, many[-1].pk], chosen=[many[-1].pk])
    assert wizard.chosen() == {"Cy4"}


@pytest.mark.parametrize(
    "asked", [{"q": "engineer"}, {"q": "cy OH"}, {"q": "cy1.oh@acme"}, {"location": "Kiel"}]
)
def test_people_are_found_by_name_address_title_and_place(
    wizard: Wizard, many: list[Person], asked: dict[str, str]
) -> None:
    found = set(names(wizard.look("people", **asked)))
    assert found
    assert found <= {f"Cy{n}" for n in range(5)}


def test_a_whole_department_or_role_is_chosen_and_left_out_again(
    wizard: Wizard, many: list[Person], lee: Person
) -> None:
    support = str(many[-1].department_id)
    told = wizard.press("people", "add-found", department=support)
    assert "Chosen: 5 people more." in told.text
    assert wizard.chosen() == {f"Cy{n}" for n in range(5)}
    role = wizard.draft.path.role
    hold_role(person=lee, role=role, source=RoleHolding.Source.HAND)
    wizard.press("people", "add-found", role=str(role.pk))
    assert "Lee" in wizard.chosen()
    told = wizard.press("people", "leave-out-found", show="chosen", location="Kiel")
    assert "Not chosen any more: 5 people." in told.text
    assert wizard.chosen() == {"Lee"}


def test_who_is_on_the_path_cannot_be_ticked_and_is_not_chosen_with_the_others(
    wizard: Wizard, lee: Person, nia: Person, assign: Any
) -> None:
    assign(lee)
    shown = wizard.look("people", q="lee")
    assert f'value="{lee.pk}"' not in shown.text
    assert "on this path already" in shown.text
    told = wizard.press("people", "add-found")
    assert "On this path already, and not chosen: 1 person." in told.text
    assert "Lee" not in wizard.chosen()
    assert "Nia" in wizard.chosen()


def test_pasted_addresses_are_chosen_and_the_others_named(
    wizard: Wizard, lee: Person, nia: Person, ada: Person, assign: Any, person: MakePerson
) -> None:
    assign(ada)
    gone = person("Bo", "Ek", employment_status="terminated")
    text = (
        f"Tanaka, Lee <{str(lee.email).upper()}>; {nia.email},{gone.email}\n{ada.email}\t"
        "lea.tanaka@acme.example\nnobody@nowhere.example\nLee Tanaka"
    )
    told = wizard.press("people", "paste", addresses=text)
    assert wizard.chosen() == {"Lee", "Nia"}
    pasted = told.context["pasted"]
    assert [(each.text, each.nearest) for each in pasted.unknown] == [
        ("lea.tanaka@acme.example", "lee.tanaka@acme.example"),
        ("nobody@nowhere.example", ""),
        ("Lee Tanaka", "lee.tanaka@acme.example"),
    ]
    assert (pasted.gone, pasted.on_it) == ([gone], [ada])
    assert "did you mean lee.tanaka@acme.example?" in told.text
    assert told.context["addresses"].split("\n")[0] == "lea.tanaka@acme.example"
    again = wizard.press("people", "paste", addresses=f" {lee.email} ")
    assert "Chosen from the addresses: 1 person." in again.text


def test_what_is_pasted_is_read_whichever_button_is_pressed(wizard: Wizard, lee: Person) -> None:
    told = wizard.press("people", "next", addresses=f"{lee.email}, <b>@nowhere")
    assert told.context["steps"][1]["is_now"]
    assert "<b>@nowhere" not in told.text
    assert wizard.chosen() == {"Lee"}
    told = wizard.press("people", "next", addresses=str(lee.email))
    assert told.redirect_chain[-1][0] == wizard.at("framing")


def test_nobody_and_too_many_are_refused_with_what_to_do(
    wizard: Wizard, many: list[Person], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "Choose somebody first" in wizard.press("people", "next").text
    monkeypatch.setattr(drafts, "MOST", 20)
    told = wizard.press("people", "add-found", q="ek")
    assert "These would be 30 people. At most 20" in told.text
    assert wizard.chosen() == set()


def test_nonsense_in_the_address_finds_nobody_and_breaks_nothing(
    wizard: Wizard, lee: Person
) -> None:
    for asked in (
        {"department": "x"}, {"role": "9" * 40}, {"location": "\0"}, {"q": "\0<b>"}, {"page": "-1"},
    ):  # fmt: skip
        shown = wizard.look("people", **asked)
        assert shown.status_code == 200
        assert "<b>&quot;" not in shown.text
    wizard.press("people", "page-x", shown=["x", "9" * 40], chosen=["-1", ""])
    assert wizard.chosen() == set()


def test_it_costs_the_same_for_3_people_and_for_40(
    wizard: Wizard, person: MakePerson, ada: Person
) -> None:
    counts = []
    for numbers in (range(3), range(3, 40)):
        for number in numbers:
            department = Department.objects.create(name=f"D{number}")
            person(f"Bo{number}", "Ek", department=department, location=f"L{number}")
        wizard.press("people", "add-found")
        for _ in range(2):
            with CaptureQueriesContext(connection) as queries:
                wizard.look("people")
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 20
