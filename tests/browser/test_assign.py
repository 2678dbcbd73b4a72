"""Forty people are given a path by somebody at a browser, with JavaScript and without."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, expect
from time_machine import Traveller

from learning.models import Assignment, Path
from tenants.companies.models import Company
from tenants.people.models import Department, Person
from tests.browser.doorway import Doorway, open_door
from tests.browser.looking import Watch
from tests.browser.office import open_office

pytestmark = pytest.mark.browser

FORTY = 40
GIVE = "/admin/learning/assignment/give/"
BECAUSE = "two of your demos ended without a next meeting"
SIGN = "every demo ends with a date in both calendars"


@pytest.fixture
def door(
    clock: Traveller,
    acme: Company,
    olive: Person,
    sales_path: Path,
    person: Callable[..., Person],
) -> Iterator[Doorway]:
    """Forty people are in Sales."""
    sales = Department.objects.create(name="Sales")
    for number in range(FORTY):
        person(f"Bo{number:02}", "Ek", department=sales)
    with open_office() as office, open_door(office, acme) as door:
        yield door


def test_forty_people_are_given_a_path_with_its_framing_and_it_is_taken_back(
    door: Doorway, browser: Browser, olive: Person
) -> None:
    with door.enter(browser, olive) as context:
        page = context.new_page()
        watch = Watch(page)
        page.goto(door.address("/admin/learning/assignment/"))
        page.get_by_role("link", name="Assign a path").last.click()
        choose_path_and_people(page)
        page.get_by_role("radio", name="Close deals faster").check()
        page.get_by_role("button", name="close deals faster the outcome").click()
        expect(page.get_by_label("This helps them", exact=True)).to_have_value("close deals faster")
        page.get_by_label("Because", exact=True).fill("it is good for your career")
        expect(page.get_by_text("speaks of a career")).to_be_visible()
        page.get_by_label("Because", exact=True).fill(BECAUSE)
        page.get_by_label("They will see it when", exact=True).fill(SIGN)
        expect(page.get_by_text("speaks of a career")).to_have_count(0)
        expect(page.get_by_role("figure")).to_contain_text(f"faster, because {BECAUSE}. You will")
        see_plans_and_assign(page)
        assert door.office.do(Assignment.objects.count) == FORTY
        page.get_by_text("Take it back", exact=True).click()
        expect(page.get_by_text("Nobody has begun yet.")).to_be_visible()
        page.get_by_role("button", name=f"Take back: withdraw {FORTY} assignments").click()
        expect(page.get_by_text(f"Taken back: {FORTY} paths.")).to_be_visible()
        assert watch.taken() == []


def test_without_javascript_it_is_the_same(door: Doorway, browser: Browser, olive: Person) -> None:
    with door.enter(browser, olive, java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(door.address(GIVE))
        choose_path_and_people(page)
        page.get_by_role("radio", name="Close deals faster").check()
        page.get_by_role("button", name="Check the wording").click()
        page.get_by_role("button", name="close deals faster the outcome").click()
        page.get_by_label("Because", exact=True).fill(BECAUSE)
        page.get_by_label("They will see it when", exact=True).fill(SIGN)
        see_plans_and_assign(page)
        assert door.office.do(Assignment.objects.count) == FORTY


def choose_path_and_people(page: Page) -> None:
    page.get_by_role("radio", name="From first call to signature").check()
    page.get_by_role("button", name="Next: people").click()
    page.get_by_label("Department").select_option(label=f"Sales ({FORTY})")
    page.get_by_role("button", name="Search", exact=True).click()
    page.get_by_role("button", name=f"Choose all {FORTY}").click()
    expect(page.get_by_text(f"{FORTY} people chosen")).to_be_visible()
    page.get_by_role("button", name="Next: framing").first.click()


def see_plans_and_assign(page: Page) -> None:
    page.get_by_role("button", name="Next: everybody’s plan").click()
    expect(page.get_by_text(f"{FORTY} of {FORTY} have a quick win")).to_be_visible()
    expect(page.locator(".beside tbody tr")).to_have_count(FORTY)
    page.get_by_role("row", name="Bo00").get_by_role("button", name="why").click()
    expect(page.get_by_role("dialog", name="Bo00 Ek")).to_contain_text("not seen yet")
    page.get_by_role("button", name="Close").click()
    page.get_by_role("button", name="Next: assign").click()
    page.get_by_role("button", name=f"Assign to {FORTY} people").click()
    expect(page.get_by_text(f"was given to {FORTY} people")).to_be_visible()
