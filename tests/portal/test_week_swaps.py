"""By htmx a press answers with the card and the heading, no more."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from reinforcement.actions import hold_conversation
from reinforcement.models import Answer, Brief, BriefItem, Conversation, Prompt
from tenants.companies.models import Company
from tenants.people.models import Person
from tests.conftest import NOW
from tests.portal.cast import MakePerson, Visit, WriteBrief


@pytest.fixture
def brief(ada: Person, lee: Person, nia: Person, write_brief: WriteBrief) -> Brief:
    return write_brief(ada, lee, nia)


@pytest.fixture
def item(brief: Brief, lee: Person) -> BriefItem:
    return brief.items.get(report=lee)


@pytest.fixture
def browser(visit: Visit, acme: Company, ada: Person) -> Client:
    return visit(acme, ada)


def press(client: Client, item: BriefItem, what: str, **sent: str) -> Any:
    return client.post(f"/week/{item.uid}/{what}", sent, headers={"HX-Request": "true"})


def prompt_of(item: BriefItem) -> str:
    return str(Prompt.objects.get(items=item).uid)


def cards_in(response: Any) -> list[str]:
    return re.findall(r'id="about-([^"]+)"', response.content.decode())


def test_an_answer_swaps_its_card_and_the_heading(browser: Client, item: BriefItem) -> None:
    response = press(browser, item, "answer", choice="once", stood="open")
    page = response.content.decode()
    assert response.status_code == 200
    assert cards_in(response) == [str(item.uid)]
    assert "<html" not in page
    assert page.count('aria-pressed="true"') == 1
    assert re.search(r'id="week-head"\s+hx-swap-oob="true"', page)
    assert "1 of 2 questions answered" in page
    assert "Thank you." in page
    assert "HX-Retarget" not in response
    later = browser.get("/week/").content.decode()
    assert "Thank you." not in later  # told once, not again on the next page


def test_the_last_answer_swaps_the_week_which_says_that_it_is_all(
    browser: Client, brief: Brief, item: BriefItem, nia: Person
) -> None:
    press(browser, item, "answer", choice="once", stood="open")
    last = brief.items.get(report=nia)
    response = press(browser, last, "answer", choice="once", stood="open")
    page = response.content.decode()
    assert (response["HX-Retarget"], response["HX-Reswap"]) == ("#week", "outerHTML")
    assert "That is all for this week." in page
    assert len(cards_in(response)) == 2
    assert page.count('<details class="card folded"') == 2
    assert page.index("That is all for this week.") < page.index("Thank you.")
    again = press(browser, last, "answer/back", stood="done")
    assert again["HX-Retarget"] == "#week"
    assert "Two people to talk with" in again.content.decode()


def test_on_a_week_that_is_done_the_card_stays_open(browser: Client, brief: Brief) -> None:
    for each in brief.items.all():
        press(browser, each, "answer", choice="once")
    response = press(browser, each, "answer", choice="not-yet", stood="done")
    page = response.content.decode()
    assert cards_in(response) == [str(each.uid)]
    assert re.search(r'<details class="card folded"[^>]*\sopen', page)
    assert "That is all for this week." in page


def test_a_talk_and_taking_it_back_swap_the_card(browser: Client, item: BriefItem) -> None:
    page = press(browser, item, "talk", note="Hers").content.decode()
    assert "You talked today." in page
    assert "Hers" in page
    talk = str(Conversation.objects.get().uid)
    response = press(browser, item, "talk/back", talk=talk)
    assert response.status_code == 409
    assert re.search(r'<details class="own-note" open', response.content.decode())
    response = press(browser, item, "talk/back", talk=talk, with_note="1")
    assert response.status_code == 200
    assert "We talked" in response.content.decode()


def test_another_prompt_is_read_out(browser: Client, item: BriefItem) -> None:
    page = press(browser, item, "prompt", prompt=prompt_of(item)).content.decode()
    prompt = BriefItem.objects.get(pk=item.pk).prompt
    assert prompt is not None
    aloud = page[page.index('hx-swap-oob="innerHTML:#aloud"') :]
    assert prompt.said_about("Lee").replace("'", "&#x27;") in aloud


def test_a_note_that_is_too_long_comes_back_in_its_card(browser: Client, item: BriefItem) -> None:
    press(browser, item, "answer", choice="once")
    response = press(browser, item, "answer", choice="once", note="a" * 501)
    page = response.content.decode()
    assert response.status_code == 400
    assert cards_in(response) == [str(item.uid)]
    assert re.search(r'aria-invalid="true"\s+autofocus', page)
    assert "a" * 501 in page
    assert Answer.objects.get().note == ""


def test_the_page_swaps_what_a_refusal_says_and_evaluates_nothing(
    browser: Client, brief: Brief
) -> None:
    page = browser.get("/week/").content.decode()
    assert '"allowEval": false' in page
    assert '{"code": "400|409|422", "swap": true}' in page
    assert "portal/week.js" in page


@pytest.mark.parametrize(
    ("what", "most"), [("answer", 30), ("prompt", 20), ("talk", 17), ("note", 14)]
)
def test_a_press_costs_as_much_in_a_team_of_fifty_as_of_ten(
    browser: Client, ada: Person, person: MakePerson, write_brief: WriteBrief, what: str, most: int
) -> None:
    """Those that cut a plan anew cost what that costs; the answer of the page itself is ten."""
    team = [person(f"Person{n}", "Ek", manager=ada) for n in range(50)]
    costs = []
    for number, size in enumerate((10, 50)):
        Brief.objects.all().delete()
        featured = team[:2] if size == 10 else team[2:7]
        also = [each.pk for each in team[7:size]]
        due_at = NOW - timedelta(hours=number + 1)
        item = write_brief(ada, *featured, also=also, due_at=due_at).items.first()
        assert item is not None
        if what == "note":
            hold_conversation(manager=ada, report=item.report, via="portal")
        sent = {"choice": "not-yet", "note": "n", "prompt": prompt_of(item)}
        with CaptureQueriesContext(connection) as queries:
            assert press(browser, item, what, **sent).status_code == 200
        costs.append(len(queries))
    assert costs[0] == costs[1]
    assert costs[0] <= most
