import uuid

import pytest
from django.utils import timezone

from learning.actions import pause
from learning.models import Assignment, PlanStep
from tenants.companies.models import Company
from tenants.people.models import Person
from tests.portal.cast import Assign, Visit


@pytest.fixture
def plan_step(lee: Person, assign: Assign) -> PlanStep:
    return assign(lee).plan_steps.earliest("position")


def test_a_step_says_what_to_do_and_why(
    visit: Visit, acme: Company, lee: Person, plan_step: PlanStep
) -> None:
    page = visit(acme, lee).get(f"/path/{plan_step.uid}/").content.decode()
    assert plan_step.step.title in page
    assert "Why this is here" in page
    assert "not seen yet" in page
    assert "Quick win" in page
    assert "<li>" in page  # the body's Markdown
    assert "One line, if you like. Ada sees it." in page


def test_starting_and_finishing_with_what_one_will_try(
    visit: Visit, acme: Company, lee: Person, plan_step: PlanStep
) -> None:
    client = visit(acme, lee)
    assert client.post(f"/path/{plan_step.uid}/start")["Location"] == f"/path/{plan_step.uid}/"
    plan_step.refresh_from_db()
    assert plan_step.state == PlanStep.State.DOING
    page = client.post(
        f"/path/{plan_step.uid}/done", {"intention": "Open with the agenda"}, follow=True
    )
    plan_step.refresh_from_db()
    assert (plan_step.state, plan_step.intention) == ("done", "Open with the agenda")
    assert "That is your first win." in page.content.decode()
    after = client.get(f"/path/{plan_step.uid}/").content.decode()
    assert "Open with the agenda" in after
    assert "I have done this" not in after


def test_only_the_first_win_is_the_first(
    visit: Visit, acme: Company, lee: Person, plan_step: PlanStep
) -> None:
    client = visit(acme, lee)
    for step in plan_step.assignment.plan_steps.filter(quick_win=True)[:2]:
        page = client.post(f"/path/{step.uid}/done", follow=True)
    assert "Done:" in page.content.decode()
    assert "first win." not in page.content.decode()


@pytest.mark.parametrize("verb", ["", "start", "done", "intention"])
def test_a_step_is_its_persons_alone(
    visit: Visit,
    acme: Company,
    globex: Company,
    ada: Person,
    nia: Person,
    gus: Person,
    plan_step: PlanStep,
    verb: str,
) -> None:
    for company, other in ((acme, ada), (acme, nia), (globex, gus)):
        client = visit(company, other)
        ask = client.post if verb else client.get
        assert ask(f"/path/{plan_step.uid}/{verb}").status_code == 404
    assert visit(acme).get(f"/path/{plan_step.uid}/").status_code == 302


def test_reading_never_starts_or_finishes(
    visit: Visit, acme: Company, lee: Person, plan_step: PlanStep
) -> None:
    client = visit(acme, lee)
    for verb in ("start", "done", "intention"):
        assert client.get(f"/path/{plan_step.uid}/{verb}").status_code == 405


def test_an_unknown_or_withdrawn_step_is_not_there(
    visit: Visit, acme: Company, lee: Person, plan_step: PlanStep
) -> None:
    client = visit(acme, lee)
    assert client.get(f"/path/{uuid.uuid4()}/").status_code == 404
    assert client.get("/path/1/").status_code == 404
    Assignment.objects.update(status=Assignment.Status.WITHDRAWN)
    assert client.get(f"/path/{plan_step.uid}/").status_code == 404


def test_a_paused_paths_step_can_be_read_but_not_moved(
    visit: Visit, acme: Company, lee: Person, plan_step: PlanStep
) -> None:
    pause(people=[lee.pk], now=timezone.now())
    client = visit(acme, lee)
    page = client.post(f"/path/{plan_step.uid}/done", follow=True).content.decode()
    assert "its steps cannot change" in page
    assert "This path is paused" in page
    plan_step.refresh_from_db()
    assert plan_step.state == PlanStep.State.TO_DO


def test_a_line_that_is_too_long_is_refused_with_its_length_and_nothing_is_half_written(
    visit: Visit, acme: Company, lee: Person, plan_step: PlanStep
) -> None:
    client = visit(acme, lee)
    for verb in ("start", "done", "intention"):
        address = f"/path/{plan_step.uid}/{verb}"
        page = client.post(address, {"intention": "x" * 301}, follow=True).content.decode()
        assert "Keep it to 300 characters: this line has 301." in page
        plan_step.refresh_from_db()
        assert (plan_step.state, plan_step.intention) == ("to_do", "")


def test_a_line_is_written_while_starting_and_changed_while_doing_and_after(
    visit: Visit, acme: Company, lee: Person, plan_step: PlanStep
) -> None:
    client, address = visit(acme, lee), f"/path/{plan_step.uid}/"
    client.post(f"{address}start", {"intention": "Ask who signs"})
    assert 'value="Ask who signs"' in client.get(address).content.decode()
    for state, verb, line in (
        ("doing", "intention", "Ask who signs, by name"),
        ("done", "done", "Open with the agenda"),
        ("done", "intention", ""),
        ("done", "intention", "Name the next date"),
    ):
        client.post(f"{address}{verb}", {"intention": line})
        plan_step.refresh_from_db()
        assert (plan_step.state, plan_step.intention) == (state, line)
    assert "<q>Name the next date</q>" in client.get(address).content.decode()


def test_markup_in_a_line_is_text(
    visit: Visit, acme: Company, lee: Person, plan_step: PlanStep
) -> None:
    client = visit(acme, lee)
    client.post(f"/path/{plan_step.uid}/intention", {"intention": '"><b>bold</b>'})
    for verb in ("start", "done"):
        client.post(f"/path/{plan_step.uid}/{verb}")
        page = client.get(f"/path/{plan_step.uid}/").content.decode()
        assert "&quot;&gt;&lt;b&gt;bold" in page
        assert "<b>bold" not in page
