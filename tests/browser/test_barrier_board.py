"""Barriers change columns by keyboard, by dragging and, without scripts, by a button."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from reinforcement.actions import note_barrier
from reinforcement.models import Barrier
from tenants.companies.models import Company
from tenants.people.models import Person
from tests.browser.doorway import Doorway, open_door
from tests.browser.office import open_office

pytestmark = pytest.mark.browser
BOARD = "/admin/reinforcement/barrier/board/"


@pytest.fixture
def barrier(olive: Person, ada: Person, lee: Person) -> Barrier:
    """Before the browser starts."""
    note_barrier(manager=ada, words="Demos fail.", actor=olive, severity=3)
    return note_barrier(manager=ada, words="Legal takes nine days.", actor=olive)


@pytest.fixture
def door(barrier: Barrier, acme: Company) -> Iterator[Doorway]:
    with open_office() as office, open_door(office, acme) as door:
        yield door


def card_in(page: Page, stage: str) -> Locator:
    return page.get_by_role("region", name=stage).locator(".card", has_text="Legal takes")


def test_a_card_is_moved_by_keyboard_by_dragging_and_without_scripts(
    door: Doorway, browser: Browser, olive: Person, barrier: Barrier
) -> None:
    context = door.enter(browser, olive)
    page = context.new_page()
    page.goto(door.address(BOARD))
    said = page.locator("#board-said")

    card_in(page, "Heard").get_by_text("Move to …").press("Enter")
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Designing")).to_be_focused()
    page.keyboard.press("Enter")
    expect(card_in(page, "Designing")).to_be_focused()
    expect(said).to_have_text("Moved to: Designing.")

    card_in(page, "Designing").drag_to(page.get_by_role("region", name="Addressed"))
    expect(card_in(page, "Designing")).to_be_focused()
    expect(card_in(page, "Designing").get_by_role("alert")).to_contain_text("Add the path")
    expect(said).to_contain_text("Add the path that was designed for it")

    card_in(page, "Designing").drag_to(page.get_by_role("region", name="Gone"))
    expect(card_in(page, "Gone")).to_be_focused()
    expect(page.get_by_role("region", name="Gone").get_by_role("heading", level=2)).to_have_text(
        "Gone 1"
    )
    context.close()

    plain = door.enter(browser, olive, java_script_enabled=False).new_page()
    plain.goto(door.address(BOARD))
    card_in(plain, "Gone").get_by_text("Move to …").click()
    card_in(plain, "Gone").get_by_role("button", name="Heard").click()
    expect(card_in(plain, "Heard")).to_be_focused()
    assert door.office.do(lambda: Barrier.objects.get(pk=barrier.pk).status) == "heard"
