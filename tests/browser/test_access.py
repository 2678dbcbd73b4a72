"""Each kind of access in a browser: what somebody finds there, what they are told of the rest."""

from collections.abc import Callable, Iterator
from typing import Final

import pytest
from playwright.sync_api import Browser, expect

from learning.models import Path
from tenants.companies.models import Company
from tenants.people.access import Access
from tenants.people.actions import give_access
from tenants.people.models import Person
from tests.browser.doorway import Doorway, open_door
from tests.browser.office import open_office

pytestmark = pytest.mark.browser

KINDS: Final = (Access.READ_ONLY, Access.HRIS, Access.LEARNING)
FINDS: Final = {
    Access.READ_ONLY: ["Roles", "Assignments", "Managers", "Barriers"],
    Access.HRIS: ["Import people", "Departments", "Sync runs", "API tokens"],
    Access.LEARNING: ["Starter library", "Assign a path", "Rules", "Calibrations", "Rhythm"],
}
MISSES: Final = {
    Access.READ_ONLY: ["Starter library", "Assign a path", "Import people", "API tokens"],
    Access.HRIS: ["Roles", "Assignments", "Observations", "Barriers", "Managers", "Audit log"],
    Access.LEARNING: ["Import people", "API tokens", "Sync runs", "Audit log"],
}
REFUSED: Final = {
    Access.READ_ONLY: "/admin/library/",
    Access.HRIS: "/admin/reinforcement/barrier/board/",
    Access.LEARNING: "/admin/api/apitoken/",
}


@pytest.fixture
def staff(olive: Person, person: Callable[..., Person], sales_path: Path) -> dict[Access, Person]:
    made = {}
    for access in KINDS:
        made[access] = person("Ida", access.name.title())
        give_access(person=made[access], access=access, actor=olive)
        made[access].refresh_from_db()
    return made


@pytest.fixture
def door(staff: dict[Access, Person], acme: Company) -> Iterator[Doorway]:
    with open_office() as office, open_door(office, acme) as door:
        yield door


@pytest.mark.parametrize("access", KINDS, ids=[each.name for each in KINDS])
def test_everybody_finds_their_work_and_is_told_who_can_help(
    door: Doorway, browser: Browser, staff: dict[Access, Person], access: Access
) -> None:
    with door.enter(browser, staff[access]) as context:
        page = context.new_page()
        page.goto(door.address("/admin/"))
        ways = page.get_by_role("navigation").first
        for words in FINDS[access]:
            expect(ways.get_by_role("link", name=words)).not_to_have_count(0)
        for words in MISSES[access]:
            expect(ways.get_by_role("link", name=words)).to_have_count(0)
        answer = page.goto(door.address(REFUSED[access]))
        assert answer
        assert answer.status == 403
        expect(page.get_by_text("Olive Okafor")).to_be_visible()
        expect(ways).to_be_visible()


def test_a_persons_story_shows_each_what_they_may_know(
    door: Doorway, browser: Browser, staff: dict[Access, Person], olive: Person
) -> None:
    shown = {}
    for access, who in staff.items():
        with door.enter(browser, who) as context:
            page = context.new_page()
            page.goto(door.address(f"/admin/people/person/{olive.pk}/story/"))
            shown[access] = set(page.get_by_role("heading", level=2).all_inner_texts())
    for access, headings in shown.items():
        assert ("Roles" in headings) == (access != Access.HRIS)
        assert ("Access" in headings) == (access == Access.HRIS)
