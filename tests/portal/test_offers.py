"""A path that L&D changed: its people take the change, or stay."""

from typing import Any

import pytest

from learning.actions import finish_step, keep_version, offer_change
from learning.models import Assignment, Path, Step
from tenants.companies.models import Company
from tenants.people.models import Person


@pytest.fixture
def assignment(assign: Any, lee: Person) -> Assignment:
    made: Assignment = assign(lee)
    return made


@pytest.fixture
def offered(assignment: Assignment, sales_path: Path) -> Assignment:
    """Lee's path gained a step, and L&D offers it."""
    version = keep_version(path=sales_path)
    assert version
    Step.objects.create(path=sales_path, slug="new", position=90, title="Write it", keep="always")
    offer_change(version=version)
    return assignment


def answer_to(assignment: Assignment) -> str:
    return f"/paths/{assignment.uid}/change"


def test_the_offer_says_what_changed(acme: Company, lee: Person, visit, offered) -> None:
    shown = visit(acme, lee).get("/path/").text
    assert "This path has changed" in shown
    assert "1 step is new" in shown
    assert "Write it" in shown


def test_taken_the_new_step_is_there_and_the_offer_gone(
    acme: Company, lee: Person, visit, offered
) -> None:
    client = visit(acme, lee)
    shown = client.post(answer_to(offered), {"answer": "take"}, follow=True).text
    assert "Your path is up to date." in shown
    assert "This path has changed" not in shown
    assert offered.plan_steps.filter(step__slug="new").exists()


def test_declined_everything_stays_and_the_offer_is_gone(
    acme: Company, lee: Person, visit, offered
) -> None:
    client = visit(acme, lee)
    shown = client.post(answer_to(offered), {"answer": "stay"}, follow=True).text
    assert "You stay with your steps as they are." in shown
    assert "This path has changed" not in shown
    assert not offered.plan_steps.filter(step__slug="new").exists()


def test_without_an_offer_a_changed_path_says_nothing_and_cannot_be_taken(
    acme: Company, lee: Person, visit, assignment, sales_path: Path
) -> None:
    keep_version(path=sales_path)
    client = visit(acme, lee)
    assert "This path has changed" not in client.get("/path/").text
    shown = client.post(answer_to(assignment), {"answer": "take"}, follow=True).text
    assert "Nobody has offered a change of this path." in shown


def test_a_completed_path_is_not_offered_anything(
    acme: Company, lee: Person, visit, offered
) -> None:
    for plan_step in offered.plan_steps.all():
        finish_step(plan_step=plan_step)
    assert "This path has changed" not in visit(acme, lee).get("/path/").text


def test_nobody_answers_for_somebody_else(
    acme: Company, ada: Person, globex: Company, gus: Person, visit, offered
) -> None:
    assert visit(acme, ada).post(answer_to(offered), {"answer": "take"}).status_code == 404
    assert visit(globex, gus).post(answer_to(offered), {"answer": "take"}).status_code == 404
    assert visit(acme).post(answer_to(offered), {"answer": "take"}).status_code == 302
    assert visit(acme, ada).get(answer_to(offered)).status_code == 405
    offered.refresh_from_db()
    assert offered.version is not None
