"""The admin site for everybody: axe's serious findings, width, icons, what the console says."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from learning.models import Path
from tenants.companies.models import Company
from tests.browser.doorway import Doorway, open_door
from tests.browser.looking import ASK_AXE, AXE, PHONE, QUICKLY, RULES, TOO_WIDE, WIDE, Watch, show
from tests.browser.office import open_office
from tests.browser.workshop import NO_PAGE, Bench, benches, own_names
from tests.browser.world import World

pytestmark = pytest.mark.browser

ASKED = {**QUICKLY, "runOnly": {"type": "tag", "values": RULES}}
GRAVE = ("serious", "critical")
NO_ICON = """() => [...document.querySelectorAll(".material-symbols-outlined")]
  .filter(it => it.checkVisibility())
  .filter(it => it.offsetWidth > 2 * parseFloat(getComputedStyle(it).fontSize))
  .map(it => it.textContent.trim())"""
READ_OUT = """() => [...document.querySelectorAll(".material-symbols-outlined")]
  .filter(it => it.checkVisibility() && !it.closest("[aria-hidden=true], [aria-label]"))
  .map(it => it.parentElement.outerHTML.slice(0, 140))"""
FOR_A_MOUSE = """() => [...document.querySelectorAll("[x-on\\\\:click]")]
  .filter(it => it.checkVisibility() && it.textContent.trim() && it.tabIndex < 0)
  .map(it => it.outerHTML.slice(0, 140))"""


@pytest.fixture
def shown(world: World, acme: Company, sales_path: Path, person: Any) -> list[Bench]:
    return benches(world, acme, sales_path, person)


@pytest.fixture
def door(shown: list[Bench], acme: Company) -> Iterator[Doorway]:
    with open_office() as office, open_door(office, acme) as door:
        yield door


def test_everybody_can_use_the_admin_site(
    shown: list[Bench], door: Doorway, browser: Browser, world: World
) -> None:
    wrong: list[str] = []
    with door.enter(browser, world.people["olive"]) as context:
        page = context.new_page()
        watch = Watch(page)
        for bench in shown:
            answered = page.goto(door.address(bench.path))
            assert answered
            if answered.status != 200:
                wrong.append(f"{bench}: answered with {answered.status}")
            wrong += [f"{bench}: {fault}" for fault in (*_faults(page), *watch.taken())]
    assert not wrong, "\n".join(wrong)


def _faults(page: Page) -> Iterator[str]:
    page.evaluate(AXE)
    page.evaluate("document.fonts.ready")
    for width, scheme in ((WIDE, "light"), (PHONE, "dark")):
        show(page, width, scheme)
        where = f"{width} {scheme}"
        yield from (f"{where}: too wide: {it}" for it in page.evaluate(TOO_WIDE))
        _unroll(page, width)
        for each in page.evaluate(ASK_AXE, ASKED):
            if each["impact"] in GRAVE:
                yield from (
                    f"{where}: {each['id']}: {node['target']} {node['html'][:140]}"
                    for node in each["nodes"]
                )
    yield from (f"no icon: {it}" for it in page.evaluate(NO_ICON))
    yield from (f"an icon's word is read out: {it}" for it in page.evaluate(READ_OUT))
    yield from (f"only a mouse presses it: {it}" for it in page.evaluate(FOR_A_MOUSE))


def _unroll(page: Page, width: int) -> None:
    """As high as the page: or the bar that stays at the bottom would cover whatever is behind."""
    height = page.evaluate("document.documentElement.scrollHeight")
    page.set_viewport_size({"width": width, "height": height})


def test_every_page_is_looked_at(shown: list[Bench]) -> None:
    assert own_names() - {bench.name for bench in shown} - NO_PAGE == set()
    assert own_names() >= NO_PAGE


def test_a_phone_s_navigation_and_a_list_s_filters_open_by_keyboard(
    shown: list[Bench], door: Doorway, browser: Browser, world: World
) -> None:
    with door.enter(browser, world.people["olive"]) as context:
        page = context.new_page()
        show(page, PHONE, "light")
        page.goto(door.address("/admin/people/person/"))
        expect(page.get_by_role("link", name="Rhythm", exact=True)).to_be_hidden()
        page.get_by_role("button", name="Navigation").press("Enter")
        expect(page.get_by_role("link", name="Rhythm", exact=True)).to_be_visible()
        page.goto(door.address("/admin/people/person/"))
        page.get_by_role("button", name="Filters").press("Enter")
        expect(page.get_by_text("By employment status")).to_be_visible()


def test_a_field_for_choosing_from_many_says_what_it_asks_for_and_what_is_chosen(
    shown: list[Bench], door: Doorway, browser: Browser, world: World
) -> None:
    with door.enter(browser, world.people["olive"]) as context:
        page = context.new_page()
        page.goto(door.address(f"/admin/people/person/{world.people['lee'].pk}/change/"))
        expect(page.get_by_role("combobox", name="Manager Ada Lindqvist")).to_be_visible()
        page.get_by_role("combobox", name="Manager Ada Lindqvist").click()
        page.get_by_role("searchbox", name="Search").fill("Olive")
        page.get_by_role("option", name="Olive Okafor").click()
        expect(page.get_by_role("combobox", name="Manager Olive Okafor")).to_be_visible()
