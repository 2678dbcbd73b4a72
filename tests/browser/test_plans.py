"""Three people of one role, in a running demo: three plans, each with its reasons."""

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Demo
from tests.browser.test_thread import sign_in

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("demo")]


@pytest.mark.parametrize("company", ["Acme", "Globex"])
def test_three_of_one_role_have_plans_of_their_own(
    demo: Demo, browser: Browser, company: str
) -> None:
    told = demo.company(company)
    plans = {}
    for who in ("learner", "peer", "new_hire"):
        with browser.new_context() as context:
            page = context.new_page()
            sign_in(page, told, who)
            plans[who] = plan_on(page)
    steps = {who: tuple(inside) for who, (inside, _, _) in plans.items()}
    assert len(set(steps.values())) == 3
    assert len(steps["peer"]) < len(steps["new_hire"])
    everything = [sorted(inside + aside) for inside, aside, _ in plans.values()]
    assert len(everything[0]) == 14
    assert [len(each) for each in everything] == [14, 14, 14]  # of one path, nothing lost
    for inside, aside, receipts in plans.values():
        assert len(receipts) == len(inside) + len(aside)
    reasons = {who: " ".join(receipts) for who, (_, _, receipts) in plans.items()}
    assert "You already showed this: " in reasons["learner"]
    assert " saw it on " in reasons["peer"]
    assert "not seen yet. Start here and we will find out." in reasons["new_hire"]
    assert "Everyone in this role does this." in reasons["new_hire"]


def plan_on(page: Page) -> tuple[list[str], list[str], list[str]]:
    """Titles of the steps that are in, of those set aside, and every receipt."""
    expect(page.get_by_role("heading", name="Every step, and why it is yours")).to_be_visible()
    page.locator("details.set-aside summary").click()
    inside = page.locator("ol.steps > li > a").all_inner_texts()
    aside = page.locator("details.set-aside li > a").all_inner_texts()
    return inside, aside, page.locator(".steps .receipt").all_inner_texts()
