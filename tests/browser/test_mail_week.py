"""A manager's week by mail alone: five people, read, answered and talked about by clicks."""

import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from learning.actions import start_step
from reinforcement.actions import write_due_briefs
from reinforcement.channels.mail.messages import compose
from reinforcement.models import Answer, Brief, Conversation
from reinforcement.reports import Card, cards_of
from tenants.people.models import Person
from tests.browser.office import Office, open_office
from tests.reinforcement.cast import DUE, Assign, MakePerson

pytestmark = pytest.mark.browser

Scheme = Literal["light", "dark"]
SECONDS_PER_CLICK = 2  # to find the next button, for somebody who reads
INTENTION = "Open Thursday's call with Brandt with the three questions"


@dataclass
class Letter:
    """A brief as it was sent, and what it has to show."""

    html: str
    cards: list[Card]

    @property
    def said(self) -> list[str]:
        """Every prompt, question and line that must be there to read."""
        prompts = [f"“{card.prompt}”" for card in self.cards]
        return [*prompts, *(card.question for card in self.cards), f"“{INTENTION}”"]

    @property
    def answers(self) -> list[str]:
        return [choice.label for card in self.cards for choice in card.choices]


@pytest.fixture
def letter(
    clock, assign: Assign, ada: Person, lee: Person, nia: Person, person: MakePerson
) -> Letter:
    """Ada's week about five people. Made before the browser starts."""
    clock.move_to(DUE)
    names = [("Bo", "Ek"), ("Cy", "Oh"), ("Dana", "Whitfield-Montgomery")]
    title = {"manager": ada, "job_title": "Account Executive"}
    for report in (lee, nia, *(person(*name, **title) for name in names)):
        assignment = assign(report)
    start_step(plan_step=assignment.plan_steps.order_by("position")[0], intention=INTENTION)
    ada.refresh_from_db()
    [brief] = write_due_briefs(now=DUE)
    message = compose(brief.deliveries.get())
    [(html, _)] = message.alternatives
    return Letter(str(html), cards_of(Brief.objects.get(pk=brief.pk)))


@pytest.fixture
def office(letter: Letter) -> Iterator[Office]:
    with open_office() as office:
        yield office


@pytest.fixture
def shown(letter: Letter, browser: Browser):
    """``shown(600, "dark", images=False)``: a page with the letter, and nothing else to load."""

    def show(width: int, scheme: Scheme, *, images: bool = True) -> Page:
        page = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
        if not images:
            page.route(
                "**/*",
                lambda route: (
                    route.abort() if route.request.resource_type == "image" else route.continue_()
                ),
            )
        page.set_content(letter.html)
        return page

    return show


def is_shown(place: Locator) -> bool:
    """Visible, with size, and within the width of the page."""
    box = place.bounding_box()
    page = place.page.viewport_size
    return bool(
        place.is_visible()
        and box
        and page
        and box["width"] > 20
        and box["height"] > 14
        and box["x"] >= 0
        and box["x"] + box["width"] <= page["width"]
    )


@pytest.mark.parametrize("images", [True, False])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [600, 390])
def test_all_there_is_to_say_and_to_answer_is_seen(
    letter: Letter, shown, width: int, scheme: str, images: bool
) -> None:
    page = shown(width, scheme, images=images)
    for text in letter.said:
        assert is_shown(page.get_by_text(text, exact=True).first), text
    buttons = page.locator(".choice a")
    expected = len(letter.answers) + len(letter.cards)
    assert expected >= 15
    assert buttons.count() == expected
    for button in buttons.all():
        assert is_shown(button)
        box = button.bounding_box()
        assert box
        assert box["height"] >= 44  # WCAG 2.2, target size, enhanced
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_line_stands_out_from_what_it_is_on(letter: Letter, shown, scheme: str) -> None:
    """WCAG 2.2, success criterion 1.4.3: 4.5 to 1, and 3 to 1 where letters are large."""
    page = shown(600, scheme)
    poor = page.evaluate(CONTRAST)
    assert poor["measured"] > 50
    assert poor["found"] == []


def test_nothing_is_fetched_from_anywhere(letter: Letter, browser: Browser) -> None:
    page = browser.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.set_content(letter.html, wait_until="networkidle")
    assert asked == []
    assert "<img" not in letter.html
    assert len(letter.html.encode()) < 102_000  # Gmail cuts off what is longer


@dataclass
class Hand:
    """Presses what is on the screen, and counts."""

    context: BrowserContext
    clicks: int = 0
    opened: list[Page] = field(default_factory=list)

    def click(self, place: Locator) -> None:
        self.clicks += 1
        place.click()

    def follow(self, place: Locator) -> Page:
        with self.context.expect_page() as opened:
            self.click(place)
        return opened.value


def test_a_whole_week_is_done_from_the_mail_in_under_a_minute(
    letter: Letter, office: Office, browser: Browser, ada: Person
) -> None:
    with browser.new_context(viewport={"width": 390, "height": 844}) as context:
        mail = context.new_page()
        mail.set_content(letter.html)
        office.serve(context)
        hand = Hand(context)
        began = time.perf_counter()
        for card in letter.cards:
            best = card.choices[-1].label
            about = mail.locator(".card").filter(has_text=card.item.report.name)
            page = hand.follow(about.get_by_role("link", name=best, exact=True))
            expect(page.get_by_role("radio", name=best, exact=True)).to_be_checked()
            hand.click(page.get_by_label("We talked about it"))
            hand.click(page.get_by_role("button", name="Send this answer"))
            expect(page.get_by_role("heading", level=1)).to_contain_text("and you talked")
            page.close()
        took = time.perf_counter() - began
        assert context.cookies() == []
    answered = Answer.objects.filter(item__brief__manager=ada, via="mail")
    talked = Conversation.objects.filter(manager=ada, via="mail")
    assert [office.do(answered.count), office.do(talked.count), len(letter.cards)] == [5, 5, 5]
    assert hand.clicks == 15
    assert took + hand.clicks * SECONDS_PER_CLICK < 60
    assert all(address.startswith("http://acme.localhost:8000/") for address in office.asked)


CONTRAST = """() => {
  const light = colour => {
    const [r, g, b] = colour.match(/[\\d.]+/g).map(Number).map(part => {
      const share = part / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const behind = element => {
    for (let each = element; each; each = each.parentElement) {
      const colour = getComputedStyle(each).backgroundColor;
      if (!/, 0\\)$/.test(colour)) return colour;
    }
    return "rgb(255, 255, 255)";
  };
  const found = [];
  let measured = 0;
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const text = walker.currentNode.textContent.trim(), element = walker.currentNode.parentElement;
    if (!text || !element.checkVisibility({checkOpacity: true})) continue;
    const style = getComputedStyle(element);
    const [a, b] = [light(style.color), light(behind(element))].sort((x, y) => y - x);
    const ratio = (a + 0.05) / (b + 0.05);
    measured += 1;
    if (ratio < (parseFloat(style.fontSize) >= 24 ? 3 : 4.5))
      found.push([text.slice(0, 40), style.color, behind(element), ratio]);
  }
  return {measured, found};
}"""
