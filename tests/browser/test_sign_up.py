"""A company signs up in the running demo: form, code, progress, password, admin site."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Demo
from tests.browser.signing_up import PASSWORD, PATIENCE, choose_a_password, code_in_the_mail

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("demo")]


def test_a_company_signs_up_and_its_owner_goes_in(demo: Demo, browser: Browser) -> None:
    with browser.new_context(timezone_id="Europe/Madrid", locale="en-GB") as context:
        page = context.new_page()
        page.goto(demo.told["url"])
        page.get_by_role("link", name="Set up your company").click()
        fill_in(page)
        code = code_in_the_mail(context.new_page(), demo, "ines@vandelay.example")
        page.get_by_label("Code").fill(code)
        page.get_by_role("button", name="Go on").click()
        watch_it_come_to_be(page)
        choose_a_password(page, "Ines")
        expect(page).to_have_url(re.compile(r"^http://vandelay\.localhost:\d+/admin/$"))
        expect(page.get_by_role("heading", level=1)).to_be_visible()
    with browser.new_context(java_script_enabled=False) as context:
        signs_in_without_a_script(context.new_page(), demo)


def fill_in(page: Page) -> None:
    """The address follows the name; that it is free is said meanwhile; the clock is asked."""
    page.get_by_label("Name of your company").press_sequentially("Acme")
    expect(page.get_by_text("acme is taken. acme-2 is free.")).to_be_visible()
    page.get_by_label("Name of your company").fill("Vandelay")
    expect(page.get_by_label("Its address here")).to_have_value("vandelay")
    expect(page.get_by_text("vandelay.localhost is free.")).to_be_visible()
    expect(page.get_by_label("Time zone")).to_have_value("Europe/Madrid")
    page.get_by_label("Given name").fill("Ines")
    page.get_by_label("Work e-mail").fill("ines@vandelay.example")
    page.get_by_role("button", name="Send me a code").click()
    expect(page.get_by_role("heading", name="Look into your mail")).to_be_visible()


def watch_it_come_to_be(page: Page) -> None:
    """The page asks for itself; it is never loaded anew. A company is made within a moment."""
    page.evaluate("document.body.dataset.kept = 'since the first look'")
    expect(page.get_by_role("heading", name="Vandelay is ready")).to_be_visible(timeout=PATIENCE)
    expect(page.get_by_role("status")).to_have_text("Vandelay is ready.")
    expect(page.locator("body[data-kept]")).to_be_attached()


def signs_in_without_a_script(page: Page, demo: Demo) -> None:
    page.goto(demo.told["url"].replace("//", "//vandelay."))
    page.get_by_label("mail").fill("ines@vandelay.example")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
