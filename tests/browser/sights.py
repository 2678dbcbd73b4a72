"""Who looks at which page: on a full day, with nothing there, and after what could not be done."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from learning.models import Calibration
from reinforcement.links import answer_path, unsubscribe_path
from reinforcement.models import Delivery, Reputation
from reinforcement.reputation_links import reputation_path
from tests.browser.every_page import name_of
from tests.browser.happenings import brief_of
from tests.browser.world import World

TOO_LONG = "Word " * 4000


@dataclass(frozen=True)
class Sight:
    """A page as somebody sees it. `reader` is a given name in small letters, or nobody's.

    `sent` is what a form sends there; empty where the page is only opened.
    """

    reader: str
    path: str
    status: int = 200
    root: bool = False
    sent: tuple[tuple[str, str], ...] = ()

    @property
    def name(self) -> str:
        """Its name in the URLconf; empty where there is no such address."""
        return "" if self.status == 404 else name_of(self.path, root=self.root)

    def __str__(self) -> str:
        what = " after sending" if self.sent else ""
        return f"{self.reader or 'nobody'} at {self.path[:60]}{what}"


Root = partial(Sight, "", root=True)


def sights(world: World) -> list[Sight]:
    """Everything there is to see; a new page is named here, with whoever sees it differently."""
    return [*_managers(world), *_learners(world), *_strangers(world), *_newcomers(world)]


def _managers(world: World) -> Iterator[Sight]:
    people = world.people
    yield from _seen("/week/", "ada max mia ina uma zoe olive")
    yield from _seen("/team/", "ada max uma zoe olive")
    yield from _seen("/team/?show=stuck", "ada")
    for name in ("lee", "nia", "cy", "dana", "bo"):
        yield Sight("ada", f"/team/people/{people[name].uid}/")
    for name in ("pia", "fin", "rae", "pat"):
        yield Sight("max", f"/team/people/{people[name].uid}/")
    yield Sight("mia", f"/team/people/{people['rob'].uid}/")
    yield Sight("gil", f"/team/{people['ada'].uid}/")
    yield from _seen("/barriers/", "ada max zoe")
    session = f"/calibration/{world.calibration.uid}/"
    yield from _seen(session, "ada max")
    yield from _seen(session, "lee", status=404)
    over = Calibration.objects.exclude(pk=world.calibration.pk).get()
    yield from _seen(f"/calibration/{over.uid}/", "mia")
    yield from _seen("/settings/", "ada ina lee olive")
    item = brief_of(people["ada"]).items.order_by("position")[2]
    lee = f"/team/people/{people['lee'].uid}"
    skill = _skill(world)
    yield Sight("ada", f"/week/{item.uid}/talk", 400, sent=(("note", TOO_LONG),))
    yield Sight("ada", "/barriers/", 400, sent=(("words", ""),))
    yield Sight("ada", "/settings/", 400, sent=(("channel", "slack"), ("hour", "99")))
    yield Sight("ada", f"{lee}/seen", 400, sent=(("skill", str(skill)), ("level", "9")))
    judged = (("skill", str(skill)), (f"level-{people['lee'].uid}", "9"))
    yield Sight("ada", f"{session}levels", 400, sent=judged)
    yield Sight("ada", f"{lee}/suggest", 400, sent=(("path", ""),))


def _learners(world: World) -> Iterator[Sight]:
    skill = _skill(world)
    yield from _seen("/path/", "ada lee nia noa fin rae pat zoe olive")
    for name in ("lee", "rae"):
        plan = world.assignments[name].plan_steps.order_by("state", "position").distinct("state")
        yield from (Sight(name, f"/path/{step.uid}/") for step in plan)
    yield from _seen("/where-am-i/", "lee nia zoe")
    yield from _seen(f"/where-am-i/{skill}/", "lee nia")
    yield Sight("lee", f"/where-am-i/{skill}/", 400, sent=(("level", ""),))
    yield from _seen("/where-am-i/plan/", "lee zoe")
    yield from _seen("/my-data/", "lee ada zoe")
    yield from _seen("/accounts/logout/", "lee")
    yield from _seen("/style/", "lee")
    yield from _seen("/nothing/", "lee", status=404)


def _strangers(world: World) -> Iterator[Sight]:
    """Whoever holds a link, or has yet to sign in."""
    ada = world.people["ada"]
    first, second, *_ = brief_of(ada).items.order_by("position")
    asked = Reputation.objects.get()
    assert second.question
    choice = second.question.choices.all()[0].value
    yield Sight("", answer_path(first))
    yield Sight("", answer_path(second, talked=True))
    yield Sight("", answer_path(second, choice))
    yield Sight("", answer_path(second), 400, sent=(("choice", ""),))
    yield Sight("", answer_path(second), sent=(("choice", choice), ("note", "On Tuesday.")))
    yield Sight("", unsubscribe_path(ada, Delivery.Kind.BRIEF))
    yield Sight("", unsubscribe_path(ada, Delivery.Kind.BRIEF), sent=(("yes", "1"),))
    yield Sight("", reputation_path(asked, 3))
    yield Sight("", reputation_path(asked), 400, sent=(("answer", ""),))
    yield Sight("", reputation_path(asked), sent=(("answer", "3"),))
    yield from _seen("/a/forged /u/forged /r/forged /welcome/forged", "", status=404)
    yield from _seen(
        "/accounts/login/ /accounts/password/reset/ /accounts/password/reset/done/", ""
    )
    yield Sight("", "/accounts/login/", sent=(("login", "nobody"), ("password", "wrong")))
    yield Sight("", "/accounts/password/reset/", sent=(("email", "no address"),))
    yield Sight("", f"/accounts/openid/{world.providers['openid']}/callback/", 401)
    yield Sight("", f"/accounts/saml/{world.providers['saml']}/acs/finish/", 401)


def _newcomers(world: World) -> Iterator[Sight]:
    ways = world.ways
    yield from (Root(path) for path in ("/", "/sign-up/", "/find-my-company/"))
    yield Root("/find-my-company/sent/")
    yield Root("/sign-up/", sent=(("company_name", ""),))
    yield Root("/find-my-company/", sent=(("email", "no address"),))
    yield Root(ways["code"])
    yield Root(ways["code"], sent=(("code", "1"),))
    yield from (Root(ways[name]) for name in ("going-on", "failed", "ready"))
    yield Root("/sign-up/code/forged/", 404)
    yield Root("/nothing/", 404)
    yield Sight("", ways["welcome"])
    yield Sight("", ways["welcome"], sent=(("password", "short"),))


def _seen(paths: str, readers: str, status: int = 200) -> Iterator[Sight]:
    for path in paths.split():
        yield from (Sight(reader, path, status) for reader in readers.split() or [""])


def _skill(world: World) -> str:
    role = world.assignments["lee"].path.role
    return str(role.role_skills.order_by("pk")[0].skill.uid)
