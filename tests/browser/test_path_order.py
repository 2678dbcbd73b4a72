"""Steps of a path change places without a mouse."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from learning.models import Path
from tenants.companies.models import Company
from tenants.people.models import Person
from tests.browser.doorway import Doorway, open_door
from tests.browser.office import open_office

pytestmark = pytest.mark.browser


@pytest.fixture
def titles(sales_path: Path) -> list[str]:
    """Of the path's steps, before the browser starts."""
    return [step.title for step in sales_path.steps.all()]


@pytest.fixture
def door(titles: list[str], olive: Person, acme: Company) -> Iterator[Doorway]:
    with open_office() as office, open_door(office, acme) as door:
        yield door


@pytest.fixture
def page(door: Doorway, browser: Browser, olive: Person, sales_path: Path) -> Page:
    page = door.enter(browser, olive).new_page()
    page.goto(door.address(f"/admin/learning/path/{sales_path.pk}/change/"))
    return page


def test_without_scripts_the_form_is_there_and_places_are_numbers(
    door: Doorway, browser: Browser, olive: Person, sales_path: Path
) -> None:
    with door.enter(browser, olive, java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(door.address(f"/admin/learning/path/{sales_path.pk}/change/"))
        expect(page.locator('input[name="name"]')).to_be_visible()
        expect(page.locator('input[name="steps-0-position"]')).to_have_value("0")
        expect(page.locator('input[name="steps-0-position"]')).to_be_visible()
        expect(page.get_by_role("button", name="Save", exact=True)).to_be_visible()


def test_on_a_phone_steps_change_places_with_a_finger(
    door: Doorway, browser: Browser, olive: Person, sales_path: Path, titles: list[str]
) -> None:
    phone = {"viewport": {"width": 390, "height": 800}, "has_touch": True, "is_mobile": True}
    with door.enter(browser, olive, **phone) as context:
        page = context.new_page()
        page.goto(door.address(f"/admin/learning/path/{sales_path.pk}/change/"))
        page.get_by_role("button", name=f"Move down: {titles[0]}").tap()
        expect(page.get_by_role("status").filter(has_text=titles[0])).to_have_text(
            f"{titles[0]}: place 2 of {len(titles)}. Save to keep it."
        )
        assert page.evaluate("document.documentElement.scrollWidth") <= 390


def places(page: Page) -> list[str]:
    return [
        place.input_value()
        for place in page.locator('.form-group.original input[name$="-position"]').all()
    ]


def test_steps_change_places_by_keyboard(
    page: Page, door: Doorway, titles: list[str], sales_path: Path
) -> None:
    first, second, third, *rest = titles
    page.get_by_role("button", name=f"Move up: {first}").press("Enter")
    expect(page.get_by_role("status").filter(has_text=first)).to_have_text(
        f"{first} is first already."
    )
    page.get_by_role("button", name=f"Move down: {first}").press("Enter")
    expect(page.get_by_role("button", name=f"Move down: {first}")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("status").filter(has_text=first)).to_have_text(
        f"{first}: place 3 of {len(titles)}. Save to keep it."
    )
    field = page.locator(f'[name$="-title"]:text-is("{third}")')
    field.press("Alt+ArrowUp")
    expect(field).to_be_focused()
    assert places(page) == [str(place) for place in range(len(titles))]

    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("was changed successfully")).to_be_visible()
    after = door.office.do(lambda: [step.title for step in sales_path.steps.all()])
    assert after == [third, second, first, *rest]
