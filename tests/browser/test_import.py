"""A file of people with a mistake in it, imported by somebody at a browser."""

import csv
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Demo
from tests.browser.test_thread import sign_in

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("demo")]

BATCH = """\
Personal-Nr;Vorname;Nachname;E-Mail;Eintrittsdatum;Vorgesetzter;Gehalt;Büro
90001;Uma;Bergström;uma.bergstrom@acme.example;01.03.2026;;90000;Kiel
90002;Ivo;Lund;ivo.lund at acme;01.04.2026;Bergström, Uma;80000;Kiel
90003;Eve;Moss;eve.moss@acme.example;01.05.2026;Bergström, Uma;70000;Kiel
"""


def test_a_file_is_imported_in_the_background(demo: Demo, browser: Browser, tmp_path: Path) -> None:
    file = tmp_path / "new people.csv"
    file.write_text(BATCH, encoding="cp1252")
    with browser.new_context() as context:
        page = context.new_page()
        broken: list[str] = []
        page.on("pageerror", lambda error: broken.append(str(error)))
        acme = demo.company("Acme")
        sign_in(page, acme, "owner")
        page.goto(acme["url"] + "admin/people/person/")
        page.get_by_role("link", name="Import a file").click()
        page.get_by_label("File", exact=True).set_input_files(file)
        page.get_by_role("button", name="Upload").click()
        choose_columns(page)
        see_what_would_change(page)
        page.get_by_role("button", name="Import now").click()
        expect(page.get_by_text("2 new · 1 refused")).to_be_visible(timeout=60_000)
        ivo = refused_rows(page, tmp_path)[1]
        assert ivo[1:4] == ["90002", "Ivo", "Lund"]
        assert ivo[-1] == "'ivo.lund at acme' is not an e-mail address."
        page.get_by_role("link", name="What happened to each row").click()
        page.get_by_role("link", name="Eve Moss").click()
        expect(page.get_by_label("Hired on", exact=True)).to_have_value("2026-05-01")
        assert broken == []


def choose_columns(page: Page) -> None:
    """They are recognised; the office is a location, and the pay is nobody's business."""
    expect(page.get_by_text("it was read as Windows-1252")).to_be_visible()
    expect(page.get_by_label("Personal-Nr")).to_have_value("employee_number")
    expect(page.get_by_label("Gehalt")).to_have_value("")
    page.get_by_label("Büro").select_option(label="Department")
    page.get_by_role("button", name="Show what would change").click()


def see_what_would_change(page: Page) -> None:
    expect(page.get_by_text("2 new · 1 cannot be read")).to_be_visible()
    page.get_by_role("link", name="Cannot be read 1").click()
    expect(page.get_by_text("'ivo.lund at acme' is not an e-mail address.")).to_be_visible()
    expect(page.get_by_role("rowheader")).to_have_count(1)


def refused_rows(page: Page, folder: Path) -> list[list[str]]:
    with page.expect_download() as download:
        page.get_by_role("link", name="Download the refused rows").click()
    path = folder / "refused.csv"
    download.value.save_as(path)
    with path.open(encoding="utf-8-sig", newline="") as text:
        return list(csv.reader(text))
