"""What a page costs to fetch and to show: bytes as they travel, and what holds the first paint."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from html.parser import HTMLParser

import pytest
from django.test import Client

from tenants.companies.actions import paint
from tenants.companies.models import Company
from tests.browser.sights import Sight, sights
from tests.browser.world import World
from tests.portal.cast import Visit

MOST = 60_000  # bytes of a page, its stylesheet, scripts and images, compressed
STYLESHEET = "/static/portal/portal.css"
ONLY_IN_DEVELOPMENT = {"style"}  # it has a sheet of its own beside the portal's
GZIP = {"accept-encoding": "gzip"}


class Parts(HTMLParser):
    """What a page loads, and what of it breaks a rule."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.stylesheets: list[str] = []
        self.loaded: list[str] = []
        self.wrong: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        self.wrong += [f"{tag} has {name}" for name in told if name == "style" or name[:2] == "on"]
        if tag == "link" and told.get("rel") == "stylesheet":
            self.stylesheets.append(told["href"])
        elif tag in ("link", "img", "script", "iframe", "source", "video", "audio"):
            self._load(tag, told)
        elif tag == "style" and not told.get("nonce"):
            self.wrong.append("a style without a nonce")

    def _load(self, tag: str, told: dict[str, str]) -> None:
        address = told.get("src") or told.get("href") or ""
        if tag == "script":
            if not address:
                self.wrong.append("an inline script")
            elif not ("defer" in told or "async" in told or told.get("type") == "module"):
                self.wrong.append(f"{address} holds the first paint")
        if tag == "link" and told.get("rel") != "icon":
            return  # tells of another address, loads nothing
        if address:
            self.loaded.append(address)


@dataclass(frozen=True)
class Seen:
    """A page that somebody was shown: what it is, its HTML as sent, and the browser that asked."""

    what: str
    sent: bytes
    page: str
    client: Client


@pytest.fixture
def shown(acme: Company, world: World, visit: Visit) -> list[Seen]:
    """Every page, on a full day, in a company with a colour of its own."""
    paint(company=acme, brand_colour="#b3261e")
    everything = sights(world)
    clients = {name: visit(acme, each) for name, each in world.people.items()}
    clients[""], root = visit(acme), Client(headers={"host": "localhost"})
    return [
        seen(root if sight.root else clients[sight.reader], sight)
        for sight in everything
        if not sight.sent and sight.name not in ONLY_IN_DEVELOPMENT
    ]


def seen(client: Client, sight: Sight) -> Seen:
    plain = client.get(sight.path).content.decode()
    packed = client.get(sight.path, headers=GZIP)
    assert packed["Content-Encoding"] == "gzip"
    return Seen(str(sight), packed.content, plain, client)


@cache
def weight(address: str) -> int:
    """Bytes of a file of ours, as the server sends it to a browser."""
    answer = Client(headers={"host": "acme.localhost"}).get(address, headers=GZIP)
    assert answer.status_code == 200, address
    return len(answer.getvalue())


def test_a_page_is_light_and_waits_for_one_stylesheet_only(shown: list[Seen]) -> None:
    wrong = [f"{each.what}: {fault}" for each in shown for fault in faults(each)]
    assert not wrong, "\n".join(wrong)
    assert len(shown) > 40


def faults(seen: Seen) -> Iterator[str]:
    parts = Parts(seen.page)
    yield from parts.wrong
    if parts.stylesheets != [STYLESHEET]:
        yield f"its stylesheets are {parts.stylesheets}"
    if strangers := [each for each in parts.loaded if not each.startswith("/static/")]:
        yield f"it asks others: {strangers}"
        return
    bytes_sent = len(seen.sent) + sum(map(weight, {STYLESHEET, *parts.loaded}))
    if bytes_sent >= MOST:
        yield f"{bytes_sent:,} bytes travel"


@pytest.mark.parametrize(
    ("fault", "page"),
    [
        ("p has style", "<p style='color: red'>"),
        ("body has onload", "<body onload='x()'>"),
        ("an inline script", "<script>x()</script>"),
        ("/static/a.js holds the first paint", "<script src='/static/a.js'></script>"),
        ("a style without a nonce", "<style>p {}</style>"),
    ],
)
def test_what_breaks_a_rule_is_found(fault: str, page: str) -> None:
    assert Parts(page).wrong == [fault]
