"""The admin site for everybody: axe's serious findings, width, icons, what the console says."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

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
DJANGOS = "select2"  # the field that Django's admin site brings for choosing from many
NO_ICON = """() => [...document.querySelectorAll(".material-symbols-outlined")]
  .filter(it => it.checkVisibility())
  .filter(it => it.offsetWidth > 2 * parseFloat(getComputedStyle(it).fontSize))
  .map(it => it.textContent.trim())"""


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
        for each in page.evaluate(ASK_AXE, ASKED):
            if each["impact"] in GRAVE:
                yield from (
                    f"{where}: {each['id']}: {node['target']} {node['html'][:140]}"
                    for node in each["nodes"]
                    if DJANGOS not in str(node["target"])
                )
    yield from (f"no icon: {it}" for it in page.evaluate(NO_ICON))


def test_every_page_is_looked_at(shown: list[Bench]) -> None:
    assert own_names() - {bench.name for bench in shown} - NO_PAGE == set()
    assert own_names() >= NO_PAGE
