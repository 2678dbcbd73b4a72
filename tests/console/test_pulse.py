"""The pulse on the admin site: figures, each with its plot, its table and a page of its own."""

import csv
import io
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext
from time_machine import Traveller

from console.pulse import FIGURES, Shown
from console.pulse.kept import KEPT
from console.pulse.tables import HIDDEN
from learning.actions import finish_step, observe
from learning.models import Assignment, Observation, Path, PlanStep
from reinforcement.actions import hold_conversation, note_barrier
from reinforcement.models import Reputation
from tenants.companies.models import Company
from tenants.people.models import Department, Person
from tests.conftest import NOW, TODAY
from tests.console.cast import MakePerson, Visit
from tests.pulse import crowd, give

BY_SLUG = {figure.slug: figure for figure in FIGURES}
EVERY = sorted(BY_SLUG)
SECRET = "between the two of us"
pytestmark = pytest.mark.usefixtures("clock", "acme")


def shown(slug: str) -> Shown:
    figure = BY_SLUG[slug]
    return figure.show(figure.report(now=NOW))


@pytest.fixture
def lived(sales_path: Path, olive: Person) -> list[Person]:
    """Six managers in Sales and two in Legal, each with a report hired three weeks ago.

    Every report but two talked with their manager, won something on a gap, and said what their
    start was like; one of Sales' has a barrier.
    """
    sales, legal = (Department.objects.get_or_create(name=name)[0] for name in ("Sales", "Legal"))
    managers = crowd(6, family_name="Zyxw", department=sales)
    managers += crowd(2, family_name="Zyxw", department=legal)
    hired_on = TODAY - timedelta(days=21)
    reports = [person for each in managers for person in crowd(1, manager=each, hired_on=hired_on)]
    skill = sales_path.role.role_skills.all()[0].skill
    for report in reports:
        _see(report, 0, days=100, skill=skill)
    for given in give(sales_path, reports, at=NOW - timedelta(days=20))[2:]:
        person = given.person
        _talk(person)
        finish_step(plan_step=_quick_win(given), intention=SECRET, now=NOW - timedelta(days=12))
        _see(person, 3, days=1, skill=skill)
    for person in reports:
        Reputation.objects.create(
            person=person, hired_on=hired_on, day=14, asked_at=NOW, answer=3, answered_at=NOW
        )
    note_barrier(manager=managers[0], words=SECRET, actor=olive)
    return reports


def _talk(report: Person) -> None:
    assert report.manager
    hold_conversation(manager=report.manager, report=report, via="portal", note=SECRET)


def _see(person: Person, level: int, *, days: int, skill: Any) -> None:
    observe(
        person=person,
        skill=skill,
        level=level,
        source=Observation.Source.MANAGER,
        observer=person.manager,
        observed_on=TODAY - timedelta(days=days),
        context=SECRET,
    )


def _quick_win(assignment: Assignment) -> PlanStep:
    won = assignment.plan_steps.filter(quick_win=True, receipt_code__in=["gap", "not_seen"])
    return won.order_by("position")[0]


def test_each_figure_says_what_it_found(lived: list[Person]) -> None:
    told = {slug: (shown(slug).value, shown(slug).says) for slug in EVERY}
    assert told["talking"] == (
        "75%",
        "6 of 8 managers talked with every report who is on a path, as did 6 of 8 pairs of a "
        "manager and a report.",
    )
    assert told["first-wins"] == (
        "75%",
        "6 of 8 people hired in October had a first win on a gap of their own; 6 of 8 in twelve "
        "months.",
    )
    assert told["gaps-closed"] == (
        "75%", "6 of 8 gaps closed since 26 August, 6 seen by a manager.",
    )  # fmt: skip
    assert told["reputation"] == (
        "100%", "8 of 8 who answered on day 14 say that it helped with their work, or more.",
    )  # fmt: skip
    assert told["barriers"][0] == "1"
    assert told["not-spoken-to"] == ("8", "of 8 managers have not spoken with you in 60 days.")
    assert told["signals"][0] == "0"


def test_small_groups_and_whoever_they_could_be_worked_out_from_are_hidden(
    lived: list[Person],
) -> None:
    by_department = shown("talking").tables[1]
    assert by_department.rows == (
        ("Legal", HIDDEN, HIDDEN, HIDDEN),
        ("Sales", HIDDEN, HIDDEN, HIDDEN),
    )
    assert by_department.hides
    assert len(shown("talking").plots) == 1


@pytest.mark.parametrize("slug", EVERY)
def test_a_figure_of_nobody_says_when_it_is_shown(slug: str) -> None:
    empty = shown(slug)
    assert (empty.value, empty.plot, empty.tables) == ("", None, ())
    assert empty.says


@pytest.mark.parametrize("slug", EVERY)
def test_every_figure_has_a_page_with_its_definition_and_its_table(
    acme: Company, olive: Person, lived: list[Person], visit: Visit, slug: str
) -> None:
    page = visit(acme, olive).get(f"/admin/pulse/{slug}/")
    assert page.status_code == 200
    figure = BY_SLUG[slug]
    for words in (figure.name, figure.counted, figure.left_out, figure.when_low):
        assert words in _plain(page.text)
    assert 'role="img"' in page.text
    assert "<caption>" in page.text
    assert figure.way.link in _plain(page.text)
    assert SECRET not in page.text
    assert "Zyxw" not in page.text


def _plain(text: str) -> str:
    return text.replace("&amp;", "&").replace("&#x27;", "'")


def test_what_cannot_be_told_yet_is_a_line_and_no_card(
    acme: Company, olive: Person, ada: Person, lee: Person, visit: Visit
) -> None:
    note_barrier(manager=ada, words=SECRET, actor=olive)
    context = visit(acme, olive).get("/admin/").context
    assert [each.figure.slug for each, _ in context["pulse"]] == ["barriers"]
    assert len(context["coming"]) == len(FIGURES) - 1


def test_it_can_be_downloaded(
    acme: Company, olive: Person, lived: list[Person], visit: Visit
) -> None:
    Department.objects.filter(name="Legal").update(name="=1+1")
    file = visit(acme, olive).get("/admin/pulse/talking/figures.csv")
    assert "talking-2026-11-18.csv" in file.headers["Content-Disposition"]
    lines = list(csv.reader(io.StringIO(file.content.decode("utf-8-sig"))))
    assert lines[0] == ["By week"]
    assert lines[2] == ["today", "6", "8", "75%", "6", "8", "75%"]
    assert ["'=1+1", HIDDEN, HIDDEN, HIDDEN] in lines


def test_there_are_no_other_figures(acme: Company, olive: Person, visit: Visit) -> None:
    assert visit(acme, olive).get("/admin/pulse/hours/").status_code == 404
    assert visit(acme, olive).post("/admin/pulse/talking/").status_code == 405


@pytest.mark.parametrize("slug", EVERY)
def test_a_figure_is_for_whoever_may_see_what_it_counts(
    acme: Company, olive: Person, visit: Visit, person: MakePerson, slug: str
) -> None:
    reader = person("Rae", "Reader", is_staff=True)
    needed = [name.split(".")[1] for name in BY_SLUG[slug].may]
    others = Permission.objects.exclude(codename__in=needed)
    reader.user_permissions.set(others)
    theirs = visit(acme, reader)
    for page in (f"/admin/pulse/{slug}/", f"/admin/pulse/{slug}/figures.csv"):
        assert theirs.get(page).status_code == 403
    assert f"/admin/pulse/{slug}/" not in theirs.get("/admin/").text
    reader.user_permissions.set(Permission.objects.filter(codename__in=needed))
    theirs = visit(acme, Person.objects.get(pk=reader.pk))
    assert theirs.get(f"/admin/pulse/{slug}/").status_code == 200
    assert f"/admin/pulse/{slug}/" in theirs.get("/admin/").text


def test_a_stranger_is_sent_to_sign_in(acme: Company, lee: Person, visit: Visit) -> None:
    assert visit(acme).get("/admin/pulse/talking/").status_code == 302
    assert visit(acme, lee).get("/admin/pulse/talking/").status_code == 302


def test_figures_are_kept_for_ten_minutes(
    acme: Company, olive: Person, lived: list[Person], visit: Visit, clock: Traveller
) -> None:
    client = visit(acme, olive)
    assert "75%" in client.get("/admin/pulse/talking/").text
    _talk(lived[0])
    clock.shift(KEPT - timedelta(seconds=1))
    assert "As of 09:30." in client.get("/admin/pulse/talking/").text
    clock.shift(1)
    later = client.get("/admin/pulse/talking/").text
    assert "As of 09:40." in later
    assert "88%" in later


def test_what_is_kept_is_the_company_s_own(
    acme: Company, olive: Person, lived: list[Person], globex: Company, gus: Person, visit: Visit
) -> None:
    visit(acme, olive).get("/admin/")
    home = visit(globex, gus).get("/admin/").text
    assert "75%" not in home
    assert "It is shown once five managers have somebody on a path." in home


def test_home_costs_the_same_for_few_people_and_for_many(
    acme: Company, olive: Person, lived: list[Person], sales_path: Path, visit: Visit,
    count: Callable[[], int],
) -> None:  # fmt: skip
    visit(acme, olive).get("/admin/")
    few = count(), count()
    managers = crowd(40)
    give(sales_path, [person for each in managers for person in crowd(2, manager=each)])
    assert (count(), count()) == few
    assert few[0] <= 19  # two are the savepoint of the cache, which there is in tests alone
    assert few[1] <= 12


@pytest.fixture
def count(acme: Company, olive: Person, visit: Visit, clock: Traveller) -> Callable[[], int]:
    """Queries of the home page: the first time after ten minutes, then with what is kept."""
    turns = iter(range(100))

    def queries() -> int:
        if next(turns) % 2 == 0:
            clock.shift(KEPT)
        client = visit(acme, olive)
        with CaptureQueriesContext(connection) as asked:
            assert client.get("/admin/").status_code == 200
        return len(asked)

    return queries
