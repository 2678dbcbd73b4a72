"""A learner's week in a browser, with JavaScript and without: first day, self-check, first win."""

import re
from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from playwright.sync_api import Browser, Page, expect
from time_machine import Traveller

from learning.models import Assignment, Observation, PlanStep
from tenants.companies.models import Company
from tenants.people.models import Person
from tests.browser.doorway import Doorway, open_door
from tests.browser.office import open_office
from tests.conftest import PASSWORD

pytestmark = pytest.mark.browser

LINE = "Open Thursday's call with Brandt with the three questions"
PHONE = {"width": 390, "height": 844}


@pytest.fixture
def assignment(nia: Person, assign: Callable[[Person], Assignment]) -> Assignment:
    return assign(nia)


@pytest.fixture
def door(assignment: Assignment, acme: Company) -> Iterator[Doorway]:
    """Made before the browser starts."""
    with open_office() as office, open_door(office, acme) as door:
        yield door


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
def test_a_learners_week(
    door: Doorway, browser: Browser, nia: Person, assignment: Assignment, clock: Traveller,
    scripts: bool,
) -> None:  # fmt: skip
    with door.enter(browser, nia, viewport=PHONE, java_script_enabled=scripts) as context:
        page = context.new_page()
        page.goto(door.address("/"))
        first_day(page, assignment)
        self_check(page)
        title = start_with_a_line(page)
        clock.shift(timedelta(hours=1))
        done_and_undone(page, title, scripts=scripts)
        page.get_by_role("button", name="I have done this").click()
        notice = page.get_by_role("status")
        expect(notice).to_contain_text(f"Done: {title}. That is your first win.")
        expect(page.get_by_text("First win on 18 November.")).to_be_visible()
        expect(page.get_by_text("Day 4 of 14")).to_have_count(0)
        expect(page.locator(".next h2")).not_to_have_text(title)
    kept = PlanStep.objects.filter(assignment=assignment, state="done")
    assert door.office.do(lambda: list(kept.values_list("intention", flat=True))) == [LINE]
    assert door.office.do(Observation.objects.count) == 2


def first_day(page: Page, assignment: Assignment) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text(assignment.framing)
    expect(page.get_by_text("Day 4 of 14")).to_be_visible()
    expect(page.get_by_text("One step is enough for today")).to_be_visible()


def self_check(page: Page) -> None:
    page.get_by_role("paragraph").get_by_role("link", name="Where am I?").click()
    page.get_by_role("button", name="Begin").click()
    for place in range(1, 7):
        expect(page.get_by_text(f"{place} of 6")).to_be_visible()
        if place > 2:
            page.get_by_role("link", name="I don’t know yet").click()
            continue
        page.get_by_role("radio", name="With help").check()
        page.get_by_role("button", name="Save and").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("our plan")
    page.get_by_role("link", name="Go to my path").click()


def start_with_a_line(page: Page) -> str:
    title = page.locator(".next h2").inner_text()
    page.get_by_role("button", name="I am starting this").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(title)
    field = page.get_by_label("What will you try at work?")
    field.fill(LINE)
    page.get_by_role("button", name="Keep this line").click()
    expect(page.get_by_text("Your line is kept.")).to_be_visible()
    expect(field).to_have_value(LINE)
    page.get_by_role("link", name="From first call to signature").click()
    expect(page.get_by_text("You are on this")).to_be_visible()
    return title


def done_and_undone(page: Page, title: str, *, scripts: bool) -> None:
    page.get_by_role("button", name="I have done this").click()
    expect(page.get_by_role("status")).to_contain_text(f"Done: {title}")
    if scripts:
        expect(page.get_by_role("status")).to_be_focused()
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_text(f"Taken back: “{title}” is as it was before.")).to_be_visible()
    if scripts:
        expect(page.get_by_role("status")).to_be_focused()
    expect(page.locator(".next h2")).to_have_text(title)
    expect(page.get_by_text("You are on this")).to_be_visible()


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
def test_signed_out_in_the_middle_of_a_line_nothing_is_lost(
    door: Doorway, browser: Browser, nia: Person, assignment: Assignment, scripts: bool
) -> None:
    step = door.office.do(lambda: assignment.plan_steps.earliest("position"))
    with door.enter(browser, nia, viewport=PHONE, java_script_enabled=scripts) as context:
        page = context.new_page()
        page.goto(door.address(f"/path/{step.uid}/"))
        page.get_by_label("What will you try at work?").fill(LINE)
        context.clear_cookies(name="session")
        page.get_by_role("button", name="I am starting this").click()
        expect(
            page.get_by_text("What you wrote is kept: sign in, and send it then.")
        ).to_be_visible()
        sign_in(page, nia)
        expect(page.get_by_role("heading", level=1)).to_have_text(
            "You had been signed out. Nothing was lost."
        )
        expect(page.get_by_text(LINE)).to_be_visible()
        page.get_by_role("button", name="Send it now").click()
        expect(page).to_have_url(re.compile(f"/path/{step.uid}/$"))
        expect(page.get_by_label("What will you try at work?")).to_have_value(LINE)
    door.office.do(step.refresh_from_db)
    assert (step.state, step.intention) == ("doing", LINE)


def test_another_sign_in_meanwhile_loses_nothing_either(
    door: Doorway, browser: Browser, nia: Person, assignment: Assignment
) -> None:
    step = door.office.do(lambda: assignment.plan_steps.earliest("position"))
    with door.enter(browser, nia) as context:
        page, other = context.new_page(), context.new_page()
        page.goto(door.address(f"/path/{step.uid}/"))
        page.get_by_label("What will you try at work?").fill(LINE)
        context.clear_cookies(name="session")
        other.goto(door.address("/path/"))
        sign_in(other, nia)
        expect(other.get_by_text("Every step, and why it is yours")).to_be_visible()
        page.get_by_role("button", name="I am starting this").click()
        expect(page.get_by_text("Nothing was lost.")).to_be_visible()
        page.get_by_role("button", name="Send it now").click()
        expect(page.get_by_label("What will you try at work?")).to_have_value(LINE)


def test_a_line_that_is_too_long_has_the_focus_and_stays(
    door: Doorway, browser: Browser, nia: Person, assignment: Assignment
) -> None:
    step = door.office.do(lambda: assignment.plan_steps.earliest("position"))
    with door.enter(browser, nia, viewport=PHONE) as context:
        page = context.new_page()
        page.goto(door.address(f"/path/{step.uid}/"))
        field = page.get_by_label("What will you try at work?")
        field.evaluate("field => field.removeAttribute('maxlength')")
        field.fill("Ask who signs. " * 21)
        page.get_by_role("button", name="I am starting this").click()
        expect(field).to_be_focused()
        expect(field).to_have_value("Ask who signs. " * 21)
        expect(field).to_have_accessible_description(re.compile("this line has 314"))


def sign_in(page: Page, person: Person) -> None:
    page.get_by_label("mail").fill(person.email or "")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
