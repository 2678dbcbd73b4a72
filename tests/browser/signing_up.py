"""A company of one's own in the running demo, from the form to the admin site."""

import re

from playwright.sync_api import Page, expect

from tests.browser.conftest import Demo

PASSWORD = "a heron stands in the reeds"
PATIENCE = 240_000  # milliseconds, on a machine that does other things too


def code_in_the_mail(page: Page, demo: Demo, email: str) -> str:
    """The code that came to that address."""
    mail = page.get_by_role("listitem").filter(has_text=email)
    mail = mail.filter(has_text="Your code for Throughline")
    for _ in range(120):
        page.goto(demo.told["mail_url"])
        if mail.count():
            break
        page.wait_for_timeout(500)
    found = re.search(r"\d{6}", mail.first.inner_text())
    assert found
    return found[0]


def choose_a_password(page: Page, given_name: str) -> None:
    page.get_by_role("link", name="Choose a password").click()
    expect(page.get_by_role("heading", name=f"Welcome, {given_name}")).to_be_visible()
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Save it and go in").click()


def sign_up(page: Page, mail: Page, demo: Demo, *, company: str, given_name: str) -> None:
    """A company whose owner is on the admin site's home page in the end."""
    email = f"{given_name}@{company}.example".lower()
    page.goto(demo.told["url"] + "sign-up/")
    page.get_by_label("Name of your company").fill(company)
    expect(page.get_by_label("Its address here")).to_have_value(company.lower())
    page.get_by_label("Given name").fill(given_name)
    page.get_by_label("Work e-mail").fill(email)
    page.get_by_role("button", name="Send me a code").click()
    page.get_by_label("Code").fill(code_in_the_mail(mail, demo, email))
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_role("heading", name=f"{company} is ready")).to_be_visible(timeout=PATIENCE)
    choose_a_password(page, given_name)
    expect(page).to_have_url(re.compile(rf"^http://{company.lower()}\.localhost:\d+/admin/$"))
