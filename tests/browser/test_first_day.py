"""A new L&D lead's first day: from an empty company to a first rule and the pulse."""

import csv
import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Demo
from tests.browser.signing_up import sign_up

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("demo")]

PATIENCE = 60_000  # milliseconds, on a machine that does other things too
FORTY = 40
OUTCOME = "Account executive: Close deals faster"
CLAIM = "close deals faster"
BECAUSE = "two of three demos here end without a next meeting"
SIGN = "every demo ends with a date in both calendars"


def test_first_day_of_a_new_lead(demo: Demo, browser: Browser, tmp_path: Path) -> None:
    with browser.new_context(timezone_id="Europe/Berlin", locale="en-GB") as context:
        page = context.new_page()
        sign_up(page, context.new_page(), demo, company="Kramerica", given_name="Kim")
        import_people(page, everybody(tmp_path / "people.csv"))
        start_a_role(page)
        adjust_and_publish(page)
        assign_forty(page)
        switch_a_rule_on(page)
        read_the_pulse(page)


def everybody(file: Path) -> Path:
    """A head of sales, and forty who sell."""
    fields = ["Employee ID", "First name", "Last name", "E-mail", "Job title", "Department",
              "Hire date", "Manager ID"]  # fmt: skip
    with file.open("w", encoding="utf-8", newline="") as text:
        sheet = csv.writer(text)
        sheet.writerow(fields)
        sheet.writerow(["1", "Hana", "Sato", "hana@kramerica.example", "Head of Sales", "Sales",
                        "2020-01-06", ""])  # fmt: skip
        for number in range(2, FORTY + 2):
            sheet.writerow([number, f"Bo{number:02}", "Ek", f"bo{number}@kramerica.example",
                            "Account Executive", "Sales", "2024-03-04", "1"])  # fmt: skip
    return file


def import_people(page: Page, file: Path) -> None:
    page.get_by_role("link", name="Import people").first.click()
    page.get_by_label("File", exact=True).set_input_files(file)
    page.get_by_role("button", name="Upload").click()
    page.get_by_role("button", name="Show what would change").click()
    expect(page.get_by_text(f"{FORTY + 1} new", exact=True)).to_be_visible()
    page.get_by_role("button", name="Import now").click()
    expect(page.get_by_text(f"{FORTY + 1} new", exact=True)).to_be_visible(timeout=PATIENCE)
    expect(page.get_by_role("link", name="What happened to each row")).to_be_visible(
        timeout=PATIENCE
    )


def start_a_role(page: Page) -> None:
    page.get_by_role("link", name="Starter library").click()
    card = page.get_by_role("form", name="Account executive")
    card.get_by_label("Keep the path a draft: we read it first").check()
    card.get_by_role("button", name="Put into our company").click()
    page.get_by_role("link", name="To its path").first.click()


def adjust_and_publish(page: Page) -> None:
    """The second step comes first, the first gets other words, and the path goes out."""
    titles = page.locator('.form-group.original [name$="-title"]')
    first = titles.first.input_value()
    page.get_by_role("button", name=f"Move down: {first}").click()
    titles.first.fill("Listen to the last call you lost, and note when they went quiet")
    page.get_by_label("Status").select_option("published")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("was changed successfully")).to_be_visible()


def assign_forty(page: Page) -> None:
    page.get_by_role("link", name="Assign a path").first.click()
    page.get_by_role("radio", name="From first call to signature").check()
    page.get_by_role("button", name="Next: people").click()
    page.get_by_label("Name, e-mail or title").fill("Account Executive")
    page.get_by_role("button", name="Search", exact=True).click()
    page.get_by_role("button", name=f"Choose all {FORTY}").click()
    page.get_by_role("button", name="Next: framing").first.click()
    page.get_by_role("radio", name="Close deals faster").check()
    page.get_by_label("This helps them", exact=True).fill(CLAIM)
    page.get_by_label("Because", exact=True).fill(BECAUSE)
    page.get_by_label("They will see it when", exact=True).fill(SIGN)
    page.get_by_role("button", name="Next: everybody’s plan").click()
    expect(page.locator(".beside tbody tr")).to_have_count(FORTY)
    page.get_by_role("button", name="Next: assign").click()
    page.get_by_role("button", name=f"Assign to {FORTY} people").click()
    expect(page.get_by_text(f"was given to {FORTY} people")).to_be_visible(timeout=PATIENCE)


def switch_a_rule_on(page: Page) -> None:
    """Whoever joins from now on is given the same in their first month."""
    page.get_by_role("link", name=re.compile("Rules$")).click()
    page.get_by_role("link", name=re.compile("Add a assignment rule|Add")).last.click()
    page.locator("#id_name").fill("New in sales")
    page.locator("#id_path").select_option(label="From first call to signature")
    page.locator("#id_days_since_hire_to").fill("30")
    page.locator("#id_outcome").select_option(label=OUTCOME)
    page.locator("#id_claim").fill(CLAIM)
    page.locator("#id_because").fill(BECAUSE)
    page.locator("#id_sign").fill(SIGN)
    page.get_by_role("button", name="Save", exact=True).click()
    page.get_by_role("button", name=re.compile("[Ss]witch")).click()
    expect(page.get_by_text("From now on whoever comes to meet the conditions")).to_be_visible()


def read_the_pulse(page: Page) -> None:
    page.get_by_role("link", name=re.compile("Home$")).first.click()
    expect(page.get_by_text("7 of 9 done.")).to_be_visible()
    expect(
        page.get_by_text("It is shown once five managers have somebody on a path.")
    ).to_be_visible()
    page.get_by_role("link", name="Managers who talk with their people").click()
    expect(page.get_by_role("heading", name="What this is")).to_be_visible()
