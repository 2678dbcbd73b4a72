"""Touchpoints in the admin site: what L&D learned of a manager."""

from datetime import timedelta
from typing import Any

import pytest
from time_machine import Traveller

from reinforcement.actions import note_barrier, note_touchpoint
from reinforcement.models import Barrier, Touchpoint
from tenants.companies.models import Company
from tenants.people.models import Person
from tests.conftest import TODAY
from tests.console.cast import MakePerson, Visit

TALKS = "/admin/reinforcement/touchpoint/"
WORDS = "Legal takes nine days to look at a contract."
YESTERDAY, TOMORROW = TODAY - timedelta(days=1), TODAY + timedelta(days=1)


@pytest.fixture
def barrier(clock: Traveller, olive: Person, ada: Person, lee: Person) -> Barrier:
    """Ada told Olive today."""
    return note_barrier(manager=ada, words=WORDS, actor=olive)


def page_of(talk: Touchpoint) -> str:
    return f"{TALKS}{talk.pk}/change/"


def errors(answer: Any) -> dict[str, list[str]]:
    assert answer.status_code == 200
    found: dict[str, list[str]] = answer.context["adminform"].form.errors
    return found


def test_a_touchpoint_is_noted_and_leads_on_to_a_barrier(
    acme: Company, olive: Person, ada: Person, visit: Visit, barrier: Barrier, person: MakePerson
) -> None:
    client = visit(acme, olive)
    bo = person("Bo", "Ek")
    person("Cy", "Oh", manager=bo)
    note_barrier(manager=bo, words="Tooling.", actor=bo)
    page = client.get(f"{TALKS}add/", {"manager": ada.pk})
    assert WORDS in page.text
    assert "Tooling." not in page.text
    given = {"manager": ada.pk, "learned": "Deals wait.", "held_on": "", "barriers": [barrier.pk]}
    answer = client.post(f"{TALKS}add/", given, follow=True)
    talk = Touchpoint.objects.get()
    assert (talk.manager, talk.held_by, talk.held_on) == (ada, olive, TODAY)
    assert list(talk.barriers.all()) == [barrier]
    assert answer.redirect_chain[-1][0] == page_of(talk)
    assert WORDS in answer.text
    onward = client.get(f"{TALKS}{talk.pk}/note-barrier/", follow=True)
    assert onward.context["adminform"].form.initial["touchpoint"] == str(talk.pk)
    assert onward.context["adminform"].form.initial["manager"] == str(ada.pk)


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("manager", "", "required"),
        ("learned", "", "required"),
        ("held_on", TOMORROW, "still to come"),
        ("barriers", [0], "not one of the available choices"),
    ],
)
def test_what_is_wrong_of_a_touchpoint_is_said_at_its_field(
    acme: Company, olive: Person, ada: Person, lee: Person, visit: Visit, clock, field, value, said
) -> None:
    given = {"manager": ada.pk, "learned": "Deals wait.", "held_on": ""}
    found = errors(visit(acme, olive).post(f"{TALKS}add/", given | {field: value}))
    assert list(found) == [field]
    assert said in found[field][0]
    assert not Touchpoint.objects.exists()


def test_a_touchpoint_with_who_leads_nobody_is_refused(
    acme: Company, olive: Person, lee: Person, visit: Visit
) -> None:
    given = {"manager": lee.pk, "learned": "Deals wait.", "held_on": ""}
    found = errors(visit(acme, olive).post(f"{TALKS}add/", given))
    assert found == {"manager": ["Nobody reports to Lee Tanaka: choose a manager."]}


def test_a_touchpoint_is_put_right(
    acme: Company, olive: Person, ada: Person, visit: Visit, barrier: Barrier
) -> None:
    talk = note_touchpoint(manager=ada, learned="Deals wait.", actor=olive)
    client, given = visit(acme, olive), {"learned": "It is Finance.", "held_on": YESTERDAY}
    assert client.post(page_of(talk), given | {"manager": olive.pk}).status_code == 302
    talk.refresh_from_db()
    assert (talk.learned, talk.held_on, talk.manager) == ("It is Finance.", YESTERDAY, ada)
    assert "held_on" in errors(client.post(page_of(talk), given | {"held_on": TOMORROW}))
    found = client.get(TALKS, {"q": "finance"}).context["cl"].result_list
    assert list(found) == [talk]
