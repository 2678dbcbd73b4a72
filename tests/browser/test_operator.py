"""An operator's day: a company comes to be, is switched off and on, and is looked at."""

from collections.abc import Iterator

import pytest
from django_tenants.utils import schema_context
from playwright.sync_api import Browser, BrowserContext, Page, expect
from pytest_django import Settings

from portal.sign_up import tasks
from tenants.companies.connections import connection
from tenants.companies.models import Company, ProvisioningRun
from tenants.people.actions.operators import create_operator
from tenants.people.models import Person
from tests.browser.doorway import Doorway, open_door
from tests.browser.looking import (
    AXE,
    COLOURS,
    EVERYTHING,
    PHONE,
    TOO_WIDE,
    WIDE,
    Watch,
    _found_by_axe,
)
from tests.browser.office import open_office
from tests.console.operator.conftest import desk_of

pytestmark = pytest.mark.browser

WHY = "The owner asked for help with paths"
HEIGHT = 900


@pytest.fixture
def olena(db: None) -> Person:
    return create_operator(email="olena@throughline.example", given_name="Olena")


@pytest.fixture
def door(acme: Company, olena: Person, settings: Settings) -> Iterator[Doorway]:
    connection.set_schema_to_public()
    with open_office() as office, open_door(office, acme) as door:
        settings.SITE_PORT = door.port  # of the links that are written
        yield door


@pytest.fixture
def desk(door: Doorway, olena: Person, browser: Browser) -> Iterator[BrowserContext]:
    """Olena's browser, signed in to the console."""
    cookie = door.office.do(lambda: desk_of(olena).cookies["session"].value)
    with browser.new_context(viewport={"width": WIDE, "height": HEIGHT}) as context:
        url = door.address("/", root=True)
        context.add_cookies([{"name": "session", "value": cookie, "url": url}])
        yield context


def test_an_operator_sets_up_suspends_resumes_and_looks(
    door: Doorway, desk: BrowserContext
) -> None:
    page = desk.new_page()
    watch = Watch(page)
    wrong: list[str] = []
    page.goto(door.address("/console/", root=True))
    expect(page.get_by_role("row", name="Acme")).to_contain_text("active")
    wrong += faults(page)
    page.get_by_role("link", name="New company").click()
    fill_in(page)
    expect(page.get_by_role("heading", name="Setting up Initech")).to_be_visible()
    door.office.do(work)
    expect(page.get_by_role("heading", name="Initech is ready")).to_be_visible()
    page.get_by_role("link", name="Go to Initech").click()
    wrong += faults(page)
    switch_off_and_on(page, door, wrong)
    look(page, wrong)
    assert watch.taken() == []
    assert wrong == []


def fill_in(page: Page) -> None:
    page.wait_for_load_state()  # what is typed before the scripts are there is not looked at
    page.get_by_label("Name", exact=True).press_sequentially("Acme")
    expect(page.get_by_text("acme is taken. acme-2 is free.")).to_be_visible()
    page.get_by_label("Name", exact=True).fill("Initech")
    expect(page.get_by_text("initech.localhost is free.")).to_be_visible()
    page.get_by_label("Given name").fill("Ines")
    page.get_by_label("E-mail").fill("ines@initech.example")
    page.get_by_role("button", name="Set it up").click()


def work() -> None:
    """What a worker does."""
    with schema_context("public"):
        tasks.provision(str(ProvisioningRun.objects.get().uid))


def switch_off_and_on(page: Page, door: Doorway, wrong: list[str]) -> None:
    theirs = page.context.new_page()
    at_home = door.address("/", root=True).replace("//", "//initech.")
    page.get_by_role("link", name="Suspend it").click()
    expect(page.get_by_text("1 person, 0 of them leading others")).to_be_visible()
    page.get_by_label("Why").fill("Unpaid since May")
    page.get_by_label("Its address, to confirm").fill("acme")
    page.get_by_role("button", name="Suspend it").click()
    expect(page.get_by_text("This is not its address: type initech.")).to_be_visible()
    wrong += faults(page)
    page.get_by_label("Its address, to confirm").fill("initech")
    page.get_by_role("button", name="Suspend it").click()
    expect(page.get_by_text("Initech is suspended.")).to_be_visible()
    answer = theirs.goto(at_home)
    assert answer
    assert answer.status == 503
    expect(theirs.get_by_role("heading", name="Not available")).to_be_visible()
    page.get_by_role("link", name="Resume it").click()
    page.get_by_label("Why").fill("Paid")
    page.get_by_role("button", name="Resume it").click()
    expect(page.get_by_text("Initech is resumed.")).to_be_visible()
    answer = theirs.goto(at_home)
    assert answer
    assert answer.status == 200
    theirs.close()


def look(page: Page, wrong: list[str]) -> None:
    page.get_by_role("link", name="Look as somebody").click()
    page.get_by_label("Why").fill(WHY)
    page.get_by_role("button", name="Make a link").click()
    page.get_by_role("link", name="Open Initech").click()
    expect(page.get_by_role("heading", name="Look as Ines")).to_be_visible()
    page.get_by_role("button", name="Begin").click()
    for address in ("/path/", "/admin/"):
        page.goto(page.url.split("/path/")[0].rstrip("/") + address)
        bar = page.get_by_role("region", name="Somebody of Throughline is looking")
        expect(bar).to_contain_text("Olena of Throughline is looking as Ines")
        expect(bar).to_contain_text(WHY)
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            expect(bar).to_be_in_viewport()
            wrong += [f"{address} {scheme}: {it}" for it in readable(page)]
    page.get_by_role("button", name="End now").click()
    expect(page.get_by_role("heading", name="You look as yourself again")).to_be_visible()
    expect(page.get_by_role("link", name="Back to the console")).to_be_visible()


def readable(page: Page) -> list[str]:
    """What axe finds in the bar."""
    page.evaluate(AXE)
    found = page.evaluate(
        "options => axe.run('.looked-on', options).then(it => it.violations.map(v => v.id))",
        EVERYTHING,
    )
    return [str(each) for each in found]


def faults(page: Page) -> list[str]:
    """What is wrong with a page, large and light, small and dark."""
    found: list[str] = []
    page.evaluate(AXE)
    for width, scheme, rules in ((WIDE, "light", EVERYTHING), (PHONE, "dark", COLOURS)):
        page.set_viewport_size({"width": width, "height": HEIGHT})
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")  # type: ignore[arg-type]
        where = f"{page.url} {width} {scheme}"
        found += [f"{where}: {it}" for it in _found_by_axe(page, rules)]
        found += [f"{where}: too wide: {it}" for it in page.evaluate(TOO_WIDE)]
    page.set_viewport_size({"width": WIDE, "height": HEIGHT})
    return found
