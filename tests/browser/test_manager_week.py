"""A manager's whole week in a browser: by mouse, by keyboard, and without JavaScript."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect
from time_machine import Traveller

from reinforcement.actions import write_due_briefs
from reinforcement.models import Answer, Brief, Conversation
from tenants.companies.models import Company
from tenants.people.models import Person
from tests.browser.doorway import Doorway, open_door
from tests.browser.office import open_office
from tests.reinforcement.cast import DUE, Assign, MakePerson

pytestmark = pytest.mark.browser

Open = Callable[..., Page]


@pytest.fixture
def brief(
    clock: Traveller,
    assign: Assign,
    ada: Person,
    lee: Person,
    nia: Person,
    olive: Person,
    person: MakePerson,
) -> Brief:
    """Ada's week about Nia, Lee and Bo. Made before the browser starts."""
    clock.move_to(DUE)
    for report in (lee, nia, person("Bo", "Ek", manager=ada)):
        assign(report)
    ada.refresh_from_db()
    [written] = write_due_briefs(now=DUE)
    return written


@pytest.fixture
def door(brief: Brief, acme: Company) -> Iterator[Doorway]:
    with open_office() as office, open_door(office, acme) as door:
        yield door


@pytest.fixture
def week(door: Doorway, browser: Browser, ada: Person) -> Open:
    """``week(java_script_enabled=False)``: Ada's week, in a browser of its own."""

    def opened(**options: object) -> Page:
        page = door.enter(browser, ada, **options).new_page()
        page.set_default_timeout(20_000)
        page.goto(door.address("/week/"))
        return page

    return opened


def card(page: Page, name: str) -> Locator:
    return page.locator("[data-card]").filter(has_text=name)


def prompt(place: Locator) -> str:
    return place.locator(".prompt").inner_text()


def first_answer(place: Locator) -> Locator:
    return place.locator(".choices button").first


def heading(page: Page) -> Locator:
    return page.get_by_role("heading", level=1)


def walk(page: Page) -> None:
    """Everything a week has, by its buttons; the same with JavaScript and without."""
    expect(heading(page)).to_contain_text("Three people to talk with")
    lee = card(page, "Lee Tanaka")
    before = prompt(lee)
    lee.get_by_role("button", name="Another one").click()
    expect(lee.locator(".prompt")).not_to_have_text(before)
    lee.get_by_role("button", name="The one before").click()
    expect(lee.locator(".prompt")).to_have_text(before)
    lee.get_by_role("button", name="We talked").click()
    expect(lee.get_by_text("You talked today.")).to_be_visible()
    lee.get_by_role("button", name="We did not talk").click()
    expect(lee.get_by_text("Taken back: you have not talked.")).to_be_visible()
    lee.get_by_text("Add a private note").click()
    lee.get_by_label("Your note").fill("Wants a second call")
    lee.get_by_role("button", name="We talked").click()
    expect(lee.locator(".kept")).to_have_text("Wants a second call")
    first_answer(lee).click()
    expect(lee.locator('[aria-pressed="true"]')).to_have_count(1)
    expect(page.get_by_text("1 of 3 questions answered")).to_be_visible()
    lee.get_by_role("button", name="Take my answer back").click()
    expect(lee.get_by_text("Your answer is taken back.")).to_be_visible()
    for name in ("Lee Tanaka", "Nia Haddad", "Bo Ek"):
        expect(heading(page)).to_contain_text("Three people to talk with")
        first_answer(card(page, name)).click()
        expect(card(page, name).locator('[aria-pressed="true"]')).to_have_count(1)
    expect(heading(page)).to_have_text("That is all for this week.")
    expect(page.locator(".notice")).to_contain_text("Thank you.")
    expect(page.locator("details.card")).to_have_count(3)


def kept() -> tuple[int, int, str]:
    return Answer.objects.count(), Conversation.objects.count(), Conversation.objects.get().note


def test_a_whole_week_by_mouse(door: Doorway, week: Open) -> None:
    page = week()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(f"{request.method} {request.resource_type}"))
    broken: list[str] = []
    page.on("pageerror", lambda error: broken.append(str(error)))
    page.on("console", lambda said: broken.append(said.text) if said.type == "error" else None)
    walk(page)
    assert broken == []
    assert "GET document" not in asked  # every press swapped its card
    assert door.office.do(kept) == (3, 1, "Wants a second call")
    page.go_back()
    page.go_forward()
    expect(heading(page)).to_have_text("That is all for this week.")


def test_a_whole_week_without_javascript(door: Doorway, week: Open) -> None:
    page = week(java_script_enabled=False)
    expect(page.get_by_role("button", name="Keyboard")).to_be_hidden()
    walk(page)
    assert door.office.do(kept) == (3, 1, "Wants a second call")


def test_a_whole_week_by_keyboard(door: Doorway, week: Open) -> None:
    page = week()
    press = page.keyboard.press
    places = page.locator("[data-card]")
    press("1")  # at nobody yet: it goes to the first one, and answers nothing
    expect(places.nth(0)).to_be_focused()
    press("j")
    expect(places.nth(1)).to_be_focused()
    press("k")
    before = prompt(places.nth(0))
    press("p")
    expect(places.nth(0).locator(".prompt")).not_to_have_text(before)
    expect(places.nth(0).get_by_role("button", name="Another one")).to_be_focused()
    press("u")
    expect(places.nth(0).locator(".prompt")).to_have_text(before)
    press("t")
    expect(places.nth(0).get_by_text("You talked today.")).to_be_focused()
    press("u")
    expect(places.nth(0).get_by_text("Taken back: you have not talked.")).to_be_focused()
    press("2")
    chosen = places.nth(0).locator(".choices button").nth(1)
    expect(chosen).to_have_attribute("aria-pressed", "true")
    expect(places.nth(0).get_by_text("Thank you.")).to_be_visible()
    expect(chosen).to_be_focused()
    press("1")
    expect(places.nth(0).get_by_role("button", pressed=True)).to_have_count(1)
    expect(first_answer(places.nth(0))).to_be_focused()
    for place in (1, 2):
        press("j")
        press("1")
        expect(places.nth(place).locator('[aria-pressed="true"]')).to_have_count(1)
    expect(heading(page)).to_have_text("That is all for this week.")
    expect(page.locator("#week > .notice")).to_be_focused()
    press("j")
    expect(places.nth(0).locator("> summary")).to_be_focused()
    press("2")  # it is folded: nobody would see what they answered
    press("Enter")
    expect(first_answer(places.nth(0))).to_have_attribute("aria-pressed", "true")
    assert door.office.do(Answer.objects.count) == 3


def test_keys_do_nothing_while_one_writes_or_once_they_are_switched_off(
    door: Doorway, week: Open
) -> None:
    page = week()
    press = page.keyboard.press
    lee = card(page, "Lee Tanaka")
    lee.get_by_text("Add a private note").click()
    note = lee.get_by_label("Your note")
    note.press_sequentially("just 1 talk, put up?")
    expect(note).to_have_value("just 1 talk, put up?")
    lee.focus()
    press("Control+1")
    press("Alt+t")
    press("?")
    sheet = page.get_by_role("dialog", name="This week by keyboard")
    expect(sheet).to_be_visible()
    press("t")
    sheet.get_by_label("Use these keys").uncheck()
    sheet.get_by_role("button", name="Close").click()
    page.reload()
    card(page, "Lee Tanaka").focus()
    for key in ("1", "t", "p", "j", "?"):
        press(key)
    expect(card(page, "Lee Tanaka")).to_be_focused()
    expect(sheet).to_be_hidden()
    page.get_by_role("button", name="Keyboard").click()
    expect(sheet.get_by_label("Use these keys")).not_to_be_checked()
    sheet.get_by_label("Use these keys").check()
    press("Escape")
    expect(page.get_by_role("button", name="Keyboard")).to_be_focused()
    press("?")
    expect(sheet).to_be_visible()
    said = door.office.do(lambda: (Answer.objects.count(), Conversation.objects.count()))
    assert said == (0, 0)


@pytest.mark.parametrize("scripted", [True, False])
def test_a_note_that_is_too_long_is_kept_with_the_focus_in_it(week: Open, scripted: bool) -> None:
    page = week(java_script_enabled=scripted)
    lee = card(page, "Lee Tanaka")
    lee.get_by_text("Add a private note").click()
    lee.get_by_label("Your note").fill("a" * 2001)
    lee.get_by_role("button", name="We talked").click()
    expect(lee.get_by_text("Make the note shorter by a character")).to_be_visible()
    expect(lee.get_by_label("Your note")).to_be_focused()
    expect(lee.get_by_label("Your note")).to_have_value("a" * 2001)
    lee.get_by_label("Your note").fill("Short")
    lee.get_by_role("button", name="We talked").click()
    expect(lee.locator(".kept")).to_have_text("Short")


@pytest.mark.parametrize("scripted", [True, False])
def test_whoever_was_moved_meanwhile_is_told_of_and_the_words_are_there_to_copy(
    door: Doorway, week: Open, lee: Person, olive: Person, scripted: bool
) -> None:
    page = week(java_script_enabled=scripted)
    place = card(page, "Lee Tanaka")
    place.get_by_text("Add a private note").click()
    place.get_by_label("Your note").fill("Wants a second call")
    door.office.do(lambda: Person.objects.filter(pk=lee.pk).update(manager=olive))
    place.get_by_role("button", name="We talked").click()
    expect(page.get_by_text("Lee reports to somebody else now.")).to_be_visible()
    expect(page.get_by_text("Nothing was recorded.").last).to_be_visible()
    words = page.get_by_label("What you wrote, to copy")
    expect(words).to_have_value("Wants a second call")
    if scripted:
        expect(card(page, "Lee Tanaka")).to_be_focused()
    page.get_by_role("link", name="See your week as it is now").click()
    expect(heading(page)).to_contain_text("Two people to talk with")


def test_a_press_that_does_not_arrive_is_told_and_undone(week: Open) -> None:
    page = week()
    lee = card(page, "Lee Tanaka")
    page.route("**/answer", lambda route: route.abort())
    first_answer(lee).click()
    expect(lee.get_by_role("alert")).to_contain_text("nothing was recorded")
    expect(lee.locator('[aria-pressed="true"]')).to_have_count(0)
    page.unroute("**/answer")
    first_answer(lee).click()
    expect(lee.get_by_text("Thank you.")).to_be_visible()
    expect(lee.get_by_role("alert")).to_have_count(0)


def test_pressing_fast_is_pressing_once(door: Doorway, week: Open) -> None:
    page = week()
    lee = card(page, "Lee Tanaka")
    before = prompt(lee)
    lee.get_by_role("button", name="Another one").dblclick()
    expect(lee.locator(".prompt")).not_to_have_text(before)
    page.wait_for_load_state("networkidle")
    lee.get_by_role("button", name="The one before").click()
    expect(lee.locator(".prompt")).to_have_text(before)
    expect(lee.get_by_role("button", name="The one before")).to_have_count(0)
