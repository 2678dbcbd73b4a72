"""Acme on a Wednesday: teams in the middle of their week, and people with nothing to do."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from time_machine import Traveller

from learning.actions import keep_version, offer_change, pause_assignment
from learning.models import Assignment, Calibration, Path, Step
from reinforcement.actions import (
    ask_due_reputations,
    open_calendar_feed,
    set_preference,
    write_due_briefs,
)
from tenants.companies.context import current_company
from tenants.people.models import Person
from tenants.people.single_sign_on.models import SignInConnection
from tests.browser.happenings import answer_all, answer_first, compare, tell_what_slows, walk
from tests.browser.newcomers import on_their_way
from tests.conftest import NOW, TODAY
from tests.people.single_sign_on.saml_provider import ENTITY, OURS, SIGN_IN
from tests.reinforcement.cast import DUE

MakePerson = Callable[..., Person]
Assign = Callable[[Person], Assignment]
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

    `ways` are the paths by which somebody comes to a company: see `on_their_way`. `providers` are
    uids of sign-in connections, by what they speak.
    """

    people: dict[str, Person]
    assignments: dict[str, Assignment]
    ways: dict[str, str]
    calibration: Calibration
    providers: dict[str, UUID]


def build(tools: Tools, *, olive: Person, ada: Person, lee: Person, nia: Person) -> World:
    """Two weeks up to NOW; the clock stands there in the end."""
    tools.clock.move_to(DUE - timedelta(days=14))
    people = {"olive": olive, "ada": ada, "lee": lee, "nia": nia} | _more_people(tools, ada)
    given = {"pat": _offered(tools, people["pat"])}
    teams = ("lee", "nia", "bo", "cy", "dana", "eli", "flo", "pia", "quin", "fin", "rae")
    given |= {name: tools.assign(people[name]) for name in teams}
    walk(tools.path, people, given)
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
    answer_all(people["max"])
    answer_first(ada)
    tell_what_slows(tools.path, ada, olive)
    open_calendar_feed(person=ada)
    pause_assignment(assignment=given["rae"])
    calibration = compare(tools.path, people, olive)
    owner = tools.person("Olga", "Ek", is_staff=True)
    owner.set_unusable_password()
    owner.save()
    ways = on_their_way(current_company(), owner)
    return World(people, given, ways, calibration, _providers())


def _providers() -> dict[str, UUID]:
    """Both are on, so the page to sign in has two buttons more."""
    domains = ["acme.example"]
    google = SignInConnection.objects.create(
        name="Google", protocol="openid_connect", issuer="https://accounts.google.com",
        client_id="acme", domains=domains, is_on=True,
    )  # fmt: skip
    entra = SignInConnection.objects.create(
        name="Microsoft", protocol="saml", entity_id=ENTITY, sign_in_url=SIGN_IN,
        certificates=OURS.certificate, domains=domains, is_on=True,
    )  # fmt: skip
    return {"openid": google.uid, "saml": entra.uid}


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
