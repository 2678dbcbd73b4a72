"""A new hire goes through the self-check without a mouse, on a small screen."""

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect

from tests.browser.conftest import Demo
from tests.browser.test_thread import sign_in

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("demo")]

SMALL: ViewportSize = {"width": 360, "height": 740}


def test_the_whole_check_by_keyboard(demo: Demo, browser: Browser) -> None:
    globex = demo.company("Globex")
    with browser.new_context(viewport=SMALL) as context:
        page = context.new_page()
        broken: list[str] = []
        page.on("pageerror", lambda error: broken.append(str(error)))
        sign_in(page, globex, "new_hire")
        expect(page.get_by_text("nobody has seen yet what you can do")).to_be_visible()
        tab_to(page, "Where am I?")
        page.keyboard.press("Enter")
        expect(page.get_by_text("6 skills of your role")).to_be_visible()
        tab_to(page, "Begin")
        page.keyboard.press("Enter")
        for place in range(1, 7):
            expect(page.get_by_text(f"{place} of 6")).to_be_visible()
            fits(page)
            answer(page, "On their own" if place == 2 else "With help", skip=place == 4)
        see_what_moved(page)
        fits(page)
        assert broken == []


def answer(page: Page, label: str, *, skip: bool) -> None:
    """Focus is on the skill; one Tab further are the levels, then the two ways on."""
    expect(page.get_by_role("heading", level=1)).to_be_focused()
    page.keyboard.press("Tab")
    if skip:
        tab_to(page, "I don’t know yet")
        page.keyboard.press("Enter")
        return
    page.keyboard.press("Space")
    while not page.get_by_role("radio", name=label).is_checked():
        page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")


def see_what_moved(page: Page) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text("Your plan has changed.")
    moved = page.get_by_role("region").filter(has_text="Set aside now")
    expect(moved.get_by_text("You already showed this: you said so on").first).to_be_visible()
    skills = page.get_by_role("region", name="Where you are, skill by skill")
    expect(skills.get_by_role("listitem")).to_have_count(6)
    expect(skills.get_by_text("Not seen yet")).to_have_count(1)
    tab_to(page, "Go to my path")
    page.keyboard.press("Enter")
    expect(page.get_by_text("You already showed this: you said so on").first).to_be_attached()


def tab_to(page: Page, name: str) -> None:
    """Press Tab until the link or button of this name has the focus."""
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.innerText?.trim()") == name:
            return
    raise AssertionError(f"Tab does not lead to {name}.")


def fits(page: Page) -> None:
    """Nothing has to be scrolled sideways."""
    assert page.evaluate("document.documentElement.scrollWidth") <= SMALL["width"]
