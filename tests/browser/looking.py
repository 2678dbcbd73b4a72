"""What is wrong with a page that a browser shows: axe's findings, and what no rule of axe sees."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from importlib.resources import files
from typing import Any, Literal

from playwright.sync_api import ConsoleMessage, Page, Request, Response

Scheme = Literal["light", "dark"]
WIDE, PHONE = 1280, 390
NARROWEST = 320  # CSS pixels, as 1280 at 400 %: WCAG 2.2, success criterion 1.4.10
LARGE_TEXT = 640  # pixels wide, with text twice its size: success criterion 1.4.4
HEIGHT = 900
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
QUICKLY = {"resultTypes": ["violations"], "preload": False}
EVERYTHING = {
    **QUICKLY,
    "runOnly": {"type": "tag", "values": RULES},
    "rules": {"target-size": {"enabled": True}},  # 24 pixels: success criterion 2.5.8
}
COLOURS = {  # all that another scheme changes
    **QUICKLY,
    "runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]},
}
AXE = (files("axe_playwright_python") / "axe.min.js").read_text()
ASK_AXE = "options => axe.run(options).then(found => found.violations)"
TOO_WIDE = """() => {
  const page = document.documentElement
  if (page.scrollWidth <= page.clientWidth) return []
  return [...document.querySelectorAll("body *")]
    .filter(it => {
      const box = it.getBoundingClientRect()
      return box.width && (box.right > page.clientWidth + 1 || box.left < -1)
    })
    .slice(0, 3)
    .map(it => it.outerHTML.slice(0, 120))
    .concat(`${page.scrollWidth} > ${page.clientWidth}`)
}"""
CUT = """() => [...document.querySelectorAll("button, summary, label, h1, h2, h3, a, legend, th")]
  .filter(it => it.checkVisibility() && !it.matches(".skip, .unseen"))
  .filter(it => {
    const style = getComputedStyle(it), box = it.getBoundingClientRect()
    const hides = side => !["visible", ""].includes(style[side])
    return hides("overflowX") && it.scrollWidth > it.clientWidth + 1
      || hides("overflowY") && it.scrollHeight > it.clientHeight + 1
      || box.width && (box.left < -1 || box.right > innerWidth + 1) && !it.closest("[tabindex='0']")
  })
  .map(it => it.outerHTML.slice(0, 120))"""
FRAME = """() => [
  document.querySelectorAll("h1").length === 1 || "not one h1",
  document.title.trim().length > 3 || "no title",
  document.documentElement.lang || "no lang",
  document.styleSheets.length > 0 || "no stylesheet",
].filter(it => typeof it === "string" && it.startsWith("no"))"""
OUT_OF_REACH = """() => [...document.querySelectorAll("nav.places a, .me")]
  .filter(it => {
    const box = it.getBoundingClientRect()
    return box.width < 24 || box.height < 24 || box.left < 0 || box.right > innerWidth
  })
  .map(it => it.outerHTML.slice(0, 120))"""


@dataclass
class Watch:
    """What a page says on its console, and what it could not load."""

    page: Page
    heard: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.on("console", self._said)
        self.page.on("pageerror", lambda error: self.heard.append(f"script: {error}"))
        self.page.on("requestfailed", self._failed)
        self.page.on("response", self._answered)

    def _said(self, message: ConsoleMessage) -> None:
        """A page that is not there says so on the console too: that is not its fault."""
        if message.type == "error" and "the server responded with a status" not in message.text:
            self.heard.append(f"console: {message.text}")

    def _failed(self, request: Request) -> None:
        """What a page still asks for when the next one opens is given up, not broken."""
        if request.failure != "net::ERR_ABORTED":
            self.heard.append(f"failed: {request.url}")

    def _answered(self, response: Response) -> None:
        if response.status >= 400 and not response.request.is_navigation_request():
            self.heard.append(f"{response.status}: {response.url}")

    def taken(self) -> list[str]:
        heard, self.heard = self.heard, []
        return heard


def faults(page: Page) -> Iterator[str]:
    """Everything that is wrong with it, in both schemes, at every width, in both directions."""
    page.evaluate(AXE)
    for width, scheme, rules in (
        (WIDE, "light", EVERYTHING),
        (WIDE, "dark", COLOURS),
        (PHONE, "dark", COLOURS),
        (PHONE, "light", EVERYTHING),
    ):
        show(page, width, scheme)
        where = f"{width} {scheme}"
        yield from (f"{where}: {fault}" for fault in _found_by_axe(page, rules))
        yield from (f"{where}: too wide: {it}" for it in page.evaluate(TOO_WIDE))
    yield from page.evaluate(FRAME)
    yield from _at_other_sizes(page)


def _at_other_sizes(page: Page) -> Iterator[str]:
    for width in (PHONE, WIDE):
        show(page, width, "light")
        page.evaluate("document.documentElement.dir = 'rtl'")
        yield from (f"{width} from right to left: {it}" for it in page.evaluate(TOO_WIDE))
        yield from (
            f"{width} from right to left, unreachable: {it}" for it in page.evaluate(OUT_OF_REACH)
        )
        page.evaluate("document.documentElement.dir = 'ltr'")
    show(page, NARROWEST, "light")
    yield from (f"{NARROWEST}: {it}" for it in page.evaluate(TOO_WIDE))
    show(page, LARGE_TEXT, "light")
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    yield from (f"large text, too wide: {it}" for it in page.evaluate(TOO_WIDE))
    yield from (f"large text, cut: {it}" for it in page.evaluate(CUT))
    page.evaluate("document.documentElement.style.fontSize = ''")


def show(page: Page, width: int, scheme: str) -> None:
    page.set_viewport_size({"width": width, "height": HEIGHT})
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")  # type: ignore[arg-type]


def _found_by_axe(page: Page, rules: dict[str, Any]) -> list[str]:
    return [
        f"{each['id']}: {node['html'][:160]} ({node['failureSummary'][:200]})"
        for each in page.evaluate(ASK_AXE, rules)
        for node in each["nodes"]
    ]
