"""Every page for everybody: axe, both schemes, small and large, from right to left, large text."""

from collections.abc import Iterator

import pytest
from django.test import Client
from playwright.sync_api import Browser, Page

from tenants.companies.models import Company
from tenants.people.models import Person
from tests.browser.doorway import Doorway, open_door
from tests.browser.every_page import NO_PAGE, addresses
from tests.browser.looking import HEIGHT, WIDE, Watch, faults
from tests.browser.office import open_office
from tests.browser.sights import Sight, sights
from tests.browser.world import World
from tests.portal.cast import Visit

pytestmark = pytest.mark.browser

WITH_A_FORM = dict.fromkeys(
    ("week_talk", "person_seen", "person_suggest", "calibration_levels"), "/week/"
)
"""Where a form is sent to an address that is no page itself."""
SEND = """([address, sent]) => {
  const form = document.createElement("form")
  form.method = "post"
  form.action = address
  const token = document.querySelector("[name=csrfmiddlewaretoken]")
  for (const [name, value] of [...sent, ["csrfmiddlewaretoken", token?.value ?? ""]]) {
    const field = document.createElement("input")
    field.name = name
    field.value = value
    form.append(field)
  }
  document.body.append(form)
  form.submit()
}"""

BROKEN = """<title>x</title>
<nav class="places"><a href="/" style="margin-left: -80px">Start</a></nav>
<p style="color: #999">Pale</p><img src="data:,"><div style="width: 1300px">Wide</div>
<button style="width: 9px; height: 9px; padding: 0">a</button><a href="/">a</a>
<button style="width: 40px; overflow: hidden; white-space: nowrap">Cut in the middle</button>"""
WHAT_IS_BROKEN = [
    "1280 light: color-contrast",
    "1280 dark: color-contrast",
    "390 light: image-alt",
    "390 light: target-size",
    "1280 light: too wide",
    "320: <div",
    "from right to left, unreachable: <a",
    "large text, cut: <button",
    "not one h1",
    "no title",
    "no lang",
    "no stylesheet",
]

Seen = list[tuple[Sight, Person | None]]


@pytest.fixture
def seen(world: World) -> Seen:
    return [(sight, world.people.get(sight.reader)) for sight in sights(world)]


@pytest.fixture
def door(seen: Seen, acme: Company) -> Iterator[Doorway]:
    """Made before the browser starts."""
    with open_office() as office, open_door(office, acme) as door:
        yield door


@pytest.mark.parametrize("half", [0, 1], ids=["even", "odd"])
def test_everybody_can_use_every_page(
    seen: Seen, door: Doorway, browser: Browser, half: int
) -> None:
    wrong: list[str] = []
    readers = sorted({sight.reader for sight, _ in seen})
    for reader in readers[half::2]:
        mine = [(sight, person) for sight, person in seen if sight.reader == reader]
        with door.enter(browser, mine[0][1], viewport={"width": WIDE, "height": HEIGHT}) as context:
            page = context.new_page()
            watch = Watch(page)
            for sight, _ in mine:
                status = look(page, door, sight)
                found = [*faults(page), *watch.taken()]
                if status != sight.status:
                    found.append(f"answered with {status}")
                wrong += [f"{sight}: {fault}" for fault in found]
    assert not wrong, "\n".join(wrong)


def test_what_is_wrong_is_found(browser: Browser) -> None:
    page = browser.new_page()
    page.set_content(BROKEN)
    told = "\n".join(faults(page))
    assert all(fault in told for fault in WHAT_IS_BROKEN), told


def look(page: Page, door: Doorway, sight: Sight) -> int:
    """Open the page, or send the form; returns the status of the answer."""
    address = door.address(sight.path, root=sight.root)
    if not sight.sent:
        answered = page.goto(address)
    else:
        page.goto(door.address(WITH_A_FORM.get(sight.name, sight.path), root=sight.root))
        with page.expect_navigation() as sent:
            page.evaluate(SEND, [address, list(sight.sent)])
        answered = sent.value
    assert answered
    return answered.status


def test_every_page_is_seen(seen: Seen, acme: Company, ada: Person, visit: Visit) -> None:
    shown = {sight.name for sight, _ in seen} - {""}
    company, root = visit(acme, ada), Client(headers={"host": "localhost"})
    unseen = {
        name
        for address, name in addresses().items()
        if name not in shown | NO_PAGE and not only_takes_a_post(address, company, root)
    }
    assert unseen == set()
    assert NO_PAGE.issubset(addresses().values())


def only_takes_a_post(address: str, company: Client, root: Client) -> bool:
    host, _, path = address.partition("/")
    return (root if host else company).get(f"/{path}").status_code == 405
