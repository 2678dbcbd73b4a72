"""A person's sheet is printed on one A4 page, however much there is to say."""

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from playwright.sync_api import Browser
from time_machine import Traveller

from learning.actions import assign_path, finish_step, intend, observe
from learning.framing import Framing
from learning.library import load_role
from learning.models import Observation, Path, PlanStep, Skill
from reinforcement.actions import answer
from reinforcement.models import Brief, BriefItem, Question
from tenants.companies.models import Company
from tenants.people.models import Person
from tests.browser.doorway import Doorway, open_door
from tests.browser.office import open_office
from tests.conftest import NOW

pytestmark = pytest.mark.browser

LONG = Framing(
    claim="win the deals that today go to whoever answers the customer’s first question soonest, "
    "without giving away the margin that pays for the people who look after them",
    because="seven of your last ten demonstrations ended without a next meeting in anybody’s "
    "calendar, and the three that had one were those where you had asked the customer about their "
    "own deadline before you opened a single slide of the deck",
    sign="every demonstration ends with a day and an hour in both calendars, and the notes of the "
    "call name the person at the customer’s who decides, the one who pays, and the one who says no "
    "when nobody has asked for their opinion beforehand",
)


@pytest.fixture
def full(acme: Company, ada: Person, lee: Person, sales_path: Path, clock: Traveller) -> Person:
    """Lee with a long name, two paths with long framings, ten skills and more, and answers."""
    Person.objects.filter(pk=lee.pk).update(
        given_name="Maximiliane-Alexandra",
        family_name="von und zu Hohenlohe-Bartenstein-Jagstberg",
        job_title="Senior Account Executive, Public Sector and Healthcare, Northern Europe",
    )
    second = load_role("people-manager").paths.get()
    for path in (sales_path, second):
        given = assign_path(
            path=path, people=[lee], outcome=path.role.outcomes.all()[0], framing=LONG, actor=ada
        ).assignments[0]
        for step in given.plan_steps.order_by("position")[:3]:
            finish_step(plan_step=step, now=NOW - timedelta(days=3))
    skills = Skill.objects.filter(role_skills__role__in=[sales_path.role, second.role]).distinct()
    assert skills.count() >= 10
    for number, skill in enumerate(skills):
        for days in (150, 100, 40, 6):
            observe(
                person=lee,
                skill=skill,
                level=(number + days) % 4,
                source=Observation.Source.MANAGER,
                observer=ada,
                observed_on=NOW.date() - timedelta(days=days + number),
            )
    for plan_step in PlanStep.objects.filter(state=PlanStep.State.TO_DO):
        intend(plan_step=plan_step, intention="Ask who else has to say yes " * 9)
    for week, question in enumerate(Question.objects.all()[:4]):
        due = NOW - timedelta(days=7 * week)
        brief = Brief.objects.create(
            manager=ada, iso_year=2026, iso_week=47 - week, due_at=due, written_at=due,
            state=Brief.State.WRITTEN,
        )  # fmt: skip
        item = BriefItem.objects.create(
            brief=brief, report=lee, assignment=given, position=0, why="turn", moment="stuck",
            question=question,
        )  # fmt: skip
        choice = question.choices.all()[0]
        answer(item=item, choice=choice, via="portal", actor=ada, now=due)
    return lee


@pytest.fixture
def doorway(full: Person, acme: Company) -> Iterator[Doorway]:
    with open_office() as office, open_door(office, acme) as doorway:
        yield doorway


def test_the_fullest_sheet_is_one_page(
    doorway: Doorway, browser: Browser, ada: Person, full: Person
) -> None:
    with doorway.enter(browser, ada) as context:
        page = context.new_page()
        page.goto(doorway.address(f"/team/people/{full.uid}/"))
        paper = page.pdf(prefer_css_page_size=True)
        page.emulate_media(media="print")
        cut_off = page.locator(".person-sheet").evaluate("e => e.scrollHeight - e.clientHeight")
    assert len(re.findall(rb"/Type\s*/Page\b", paper)) == 1
    assert cut_off <= 0, f"{cut_off} pixels of it are cut off"
