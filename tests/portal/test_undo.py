"""Undo beside what was just done, on My path and on the step."""

from datetime import timedelta

import pytest
from time_machine import Traveller

from learning.actions import finish_step, pause
from learning.models import PlanStep
from tenants.companies.models import Company
from tenants.people.models import Person
from tests.conftest import NOW
from tests.portal.cast import Assign, Visit


@pytest.fixture
def plan_step(lee: Person, assign: Assign) -> PlanStep:
    return assign(lee).plan_steps.earliest("position")


def state_of(plan_step: PlanStep) -> str:
    plan_step.refresh_from_db()
    return str(plan_step.state)


def test_after_done_the_next_step_is_there_and_undo_beside_it(
    visit: Visit, acme: Company, lee: Person, plan_step: PlanStep
) -> None:
    client = visit(acme, lee)
    page = client.post(f"/path/{plan_step.uid}/done", follow=True).text
    following = plan_step.assignment.plan_steps.filter(state="to_do").earliest("position")
    assert f'id="next-{following.uid}"' in page
    notice = page[page.index("undoable") :]
    assert f'action="/path/{plan_step.uid}/undo"' in notice
    assert "Write down what you will try at work" in notice
    assert "undoable" not in client.get("/path/").text
    page = client.post(f"/path/{plan_step.uid}/undo", {"state": "done"}, follow=True).text
    assert f"Taken back: “{plan_step.step.title}” is as it was before." in page
    assert f'id="next-{plan_step.uid}"' in page
    assert state_of(plan_step) == "to_do"


def test_sent_twice_both_ways_it_is_done_or_undone_once(
    visit: Visit, acme: Company, lee: Person, plan_step: PlanStep, clock: Traveller
) -> None:
    client, address = visit(acme, lee), f"/path/{plan_step.uid}/"
    client.post(f"{address}start")
    clock.shift(timedelta(minutes=1))
    for _ in range(2):
        page = client.post(f"{address}done", follow=True)
    assert "Done: " in page.text
    for _ in range(2):
        client.post(f"{address}undo", {"state": "done"})
    assert state_of(plan_step) == "doing"


def test_the_last_step_sent_twice_says_that_it_is_done(
    visit: Visit, acme: Company, lee: Person, plan_step: PlanStep
) -> None:
    for each in plan_step.assignment.plan_steps.exclude(pk=plan_step.pk):
        finish_step(plan_step=each)
    client = visit(acme, lee)
    for _ in range(2):
        page = client.post(f"/path/{plan_step.uid}/done", follow=True).text
        assert "That was the last step of this path." in page
        assert "You are through." in page
    client.post(f"/path/{plan_step.uid}/undo", {"state": "done"})
    assert "You are through." not in client.get("/path/").text


def test_a_start_and_a_finish_are_taken_back_on_the_step_itself_until_the_day_ends(
    visit: Visit, acme: Company, lee: Person, plan_step: PlanStep, clock: Traveller
) -> None:
    client, address = visit(acme, lee), f"/path/{plan_step.uid}/"
    for verb, state, offered in (
        ("start", "doing", "I have not started yet"),
        ("done", "done", "Not done after all"),
    ):
        assert offered not in client.get(address).text
        client.post(f"{address}{verb}")
        assert offered in client.get(address).text
        answer = client.post(f"{address}undo", {"state": state, "on": "step"})
        assert answer["Location"] == address
        assert state_of(plan_step) == "to_do"
    client.post(f"{address}done")
    clock.move_to(NOW + timedelta(days=1))
    assert "Not done after all" not in client.get(address).text
    page = client.post(f"{address}undo", {"state": "done", "on": "step"}, follow=True).text
    assert "This can be taken back on the same day only." in page
    assert state_of(plan_step) == "done"


def test_while_a_path_rests_nothing_is_offered_or_taken_back(
    visit: Visit, acme: Company, lee: Person, plan_step: PlanStep
) -> None:
    finish_step(plan_step=plan_step)
    pause(people=[lee.pk], now=NOW)
    client, address = visit(acme, lee), f"/path/{plan_step.uid}/"
    assert "Not done after all" not in client.get(address).text
    page = client.post(f"{address}undo", {"state": "done"}, follow=True).text
    assert "This path rests: its steps cannot change." in page
    assert state_of(plan_step) == "done"


def test_nobody_takes_back_somebody_elses_step(
    visit: Visit,
    acme: Company,
    globex: Company,
    ada: Person,
    lee: Person,
    nia: Person,
    gus: Person,
    plan_step: PlanStep,
) -> None:
    finish_step(plan_step=plan_step)
    for company, other in ((acme, ada), (acme, nia), (globex, gus)):
        answer = visit(company, other).post(f"/path/{plan_step.uid}/undo", {"state": "done"})
        assert answer.status_code == 404
    assert visit(acme, lee).get(f"/path/{plan_step.uid}/undo").status_code == 405
    assert state_of(plan_step) == "done"


@pytest.mark.parametrize("state", ["", "to_do", "set_aside", "gone"])
def test_an_unknown_state_takes_nothing_back(
    visit: Visit, acme: Company, lee: Person, plan_step: PlanStep, state: str
) -> None:
    finish_step(plan_step=plan_step)
    visit(acme, lee).post(f"/path/{plan_step.uid}/undo", {"state": state})
    assert state_of(plan_step) == "done"
