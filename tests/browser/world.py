"""Acme on a Wednesday: teams in the middle of their week, and people with nothing to do."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from time_machine import Traveller

from learning.actions import (
    add_file,
    finish_step,
    hold_role,
    keep_version,
    observe,
    offer_change,
    pause_assignment,
    start_step,
)
from learning.models import Assignment, Observation, Path, RoleHolding, Step
from reinforcement.actions import (
    answer,
    ask_due_reputations,
    hold_conversation,
    move_barrier,
    note_barrier,
    open_calendar_feed,
    set_preference,
    write_due_briefs,
)
from reinforcement.models import Barrier, Brief
from tenants.companies.context import current_company
from tenants.people.models import Person
from tests.browser.newcomers import on_their_way
from tests.conftest import NOW, TODAY
from tests.learning.tiny_files import PDF, upload
from tests.reinforcement.cast import DUE

MakePerson = Callable[..., Person]
Assign = Callable[[Person], Assignment]
LINE = "Open Thursday's call with Brandt with the three questions"
LONG = "https://intranet.example/" + "quarterly-review-of-everything-we-sold/" * 3


@dataclass(frozen=True)
class Tools:
    """The fixtures that build it."""

    clock: Traveller
    person: MakePerson
    assign: Assign
    path: Path


@dataclass(frozen=True)
class World:
    """Everybody by their given name, in small letters; `assignments` by the same.

    `ways` are the paths by which somebody comes to a company: see `on_their_way`.
    """

    people: dict[str, Person]
    assignments: dict[str, Assignment]
    ways: dict[str, str]


def build(tools: Tools, *, olive: Person, ada: Person, lee: Person, nia: Person) -> World:
    """Two weeks up to NOW; the clock stands there in the end."""
    tools.clock.move_to(DUE - timedelta(days=14))
    people = {"olive": olive, "ada": ada, "lee": lee, "nia": nia} | _more_people(tools, ada)
    given = {"pat": _offered(tools, people["pat"])}
    teams = ("lee", "nia", "bo", "cy", "dana", "eli", "flo", "pia", "quin", "fin", "rae")
    given |= {name: tools.assign(people[name]) for name in teams}
    _walk(tools, people, given)
    set_preference(
        person=people["ina"], channel="portal", day=None, hour=None,
        paused_until=TODAY + timedelta(days=30), now=DUE - timedelta(days=10),
    )  # fmt: skip
    for manager in people.values():
        manager.refresh_from_db()
    tools.clock.move_to(DUE)
    write_due_briefs(now=DUE)
    tools.clock.move_to(NOW)
    given |= {"noa": tools.assign(people["noa"])}
    ask_due_reputations(now=NOW)
    _answer_all(people["max"])
    _answer_first(ada)
    _tell_what_slows(tools, ada, olive)
    open_calendar_feed(person=ada)
    pause_assignment(assignment=given["rae"])
    owner = tools.person("Olga", "Ek", is_staff=True)
    owner.set_unusable_password()
    owner.save()
    return World(people, given, on_their_way(current_company(), owner))


def brief_of(manager: Person) -> Brief:
    """This week's."""
    return Brief.objects.filter(manager=manager).latest("due_at")


def _more_people(tools: Tools, ada: Person) -> dict[str, Person]:
    """Max is done with his week, Ina paused, Mia's team is on no path, Uma's came today.

    Zoe has no role, no path and no team; Gil leads Ada.
    """
    made: dict[str, Person] = {"gil": tools.person("Gil", "Ek", job_title="Chief Revenue Officer")}
    Person.objects.filter(pk=ada.pk).update(manager=made["gil"])
    for family, manager, names in (
        ("Ek", None, "max mia ina uma zoe"),
        ("Whitfield-Montgomery-Trostburg", ada, "bo cy dana eli flo"),
        ("Oh", "max", "pia quin fin rae pat"),
        ("Oh", "mia", "rob"),
        ("Oh", "ina", "sam"),
        ("Oh", "uma", "noa"),
    ):
        boss = made[manager] if isinstance(manager, str) else manager
        title = "Senior Account Executive for the Public Sector" if boss else "Head of Sales"
        for name in names.split():
            hired = date(2026, 11, 4) if name == "noa" else date(2024, 3, 1)
            made[name] = tools.person(
                name.title(), family, manager=boss, job_title=title, hired_on=hired
            )
    return made


def _offered(tools: Tools, pat: Person) -> Assignment:
    """Pat is on the path as it was; L&D offers what came since."""
    assignment = tools.assign(pat)
    version = keep_version(path=tools.path)
    assert version
    Step.objects.create(
        path=tools.path, slug="new", position=90, title="Write it up", keep="always", location=LONG
    )
    offer_change(version=version)
    return assignment


def _walk(tools: Tools, people: dict[str, Person], given: dict[str, Assignment]) -> None:
    """Lee and Pia are in the middle, Fin is through, Cy was seen."""
    add_file(step=tools.path.steps.order_by("position")[0], upload=upload("Opener.pdf", PDF))
    for name in ("lee", "nia", "noa", "bo"):
        hold_role(person=people[name], role=tools.path.role, source=RoleHolding.Source.HAND)
    for name, level in (("cy", 3), ("lee", 2), ("bo", 0)):
        observe(
            person=people[name], skill=tools.path.role.role_skills.order_by("pk")[0].skill,
            level=level, source=Observation.Source.MANAGER, observer=people[name].manager,
            observed_on=DUE.date() - timedelta(days=20),
        )  # fmt: skip
    for name, steps in (("lee", 3), ("pia", 1), ("fin", 99)):
        for plan_step in given[name].plan_steps.exclude(state="set_aside").order_by("position"):
            if steps := max(steps - 1, 0):
                finish_step(plan_step=plan_step, intention=LINE if name == "lee" else None)
    doing = given["lee"].plan_steps.filter(state="to_do").order_by("position")[0]
    start_step(plan_step=doing, intention=LINE)


def _answer_all(manager: Person) -> None:
    for item in brief_of(manager).items.all():
        if item.question:
            answer(item=item, choice=item.question.choices.all()[0], via="portal", actor=manager)


def _answer_first(manager: Person) -> None:
    """One of five is answered and talked about, with a note; the others wait."""
    item = brief_of(manager).items.order_by("position")[0]
    assert item.question
    choice = item.question.choices.all()[0]
    answer(item=item, choice=choice, via="portal", actor=manager, note="On Tuesday.")
    hold_conversation(manager=manager, report=item.report, via="portal", item=item, note="Good.")


def _tell_what_slows(tools: Tools, ada: Person, olive: Person) -> None:
    outcome = tools.path.role.outcomes.all()[0]
    for words, outcome_hurt, status in (
        ("Quotes wait three days for legal, and by then the customer is elsewhere.", outcome, ""),
        ("Nobody knows what a demo may promise.", outcome, Barrier.Status.DESIGNING),
        ("The dialler drops every tenth call.", None, Barrier.Status.GONE),
    ):
        barrier = note_barrier(manager=ada, words=words, outcome=outcome_hurt, actor=olive)
        if status:
            barrier.paths.add(tools.path)
            move_barrier(barrier=barrier, status=status, actor=olive)
