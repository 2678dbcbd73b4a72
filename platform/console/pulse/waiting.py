"""What can wait for a decision of L&D, and whom it is told to."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

from django.apps import apps
from django.db.models import Exists, OuterRef, Q, QuerySet

from console.pulse.figures import Way
from learning.models import (
    Assignment,
    AssignmentRule,
    Path,
    PathSuggestion,
    Role,
    RoleHolding,
    Skill,
    Step,
)
from reinforcement.models import Barrier, Delivery
from tenants.people.models import Person, SyncRun

SOON: Final = timedelta(days=3)
"""Before a first win is due."""
LATELY: Final = timedelta(days=14)
ENDING: Final = timedelta(days=14)
"""Before a token expires."""
STOPPED: Final = (SyncRun.State.REFUSED.value, SyncRun.State.FAILED.value)


@dataclass(frozen=True)
class Moment:
    """Now, and which day it is for the company."""

    now: datetime
    today: date


@dataclass(frozen=True)
class Kind:
    """Rows that wait; `one` and `several` are sentences about ``{number}`` of them."""

    name: str
    rows: Callable[[Moment], "QuerySet[Any]"]
    one: str
    several: str
    way: Callable[[Moment], Way]

    def sentence(self, number: int) -> str:
        return (self.one if number == 1 else self.several).format(number=f"{number:,}")


def _stopped_runs(at: Moment) -> "QuerySet[Any]":
    """Where the last run of a source did not go through."""
    runs = SyncRun.objects.filter(dry_run=False, requested_at__gte=at.now - LATELY)
    later = runs.filter(source=OuterRef("source"), requested_at__gt=OuterRef("requested_at"))
    return runs.filter(~Exists(later), state__in=STOPPED)


def _suggestions(at: Moment) -> "QuerySet[Any]":
    return PathSuggestion.objects.filter(state=PathSuggestion.State.OPEN)


def _first_wins(at: Moment) -> "QuerySet[Any]":
    """People, not assignments."""
    return (
        Assignment.objects.filter(
            status__in=Assignment.RUNNING,
            first_win_at=None,
            first_win_due_on__range=(at.today, at.today + SOON),
        )
        .order_by("person")
        .distinct("person")
    )


def _check_backs(at: Moment) -> "QuerySet[Any]":
    return Barrier.objects.filter(check_back_on__lte=at.today, status__in=Barrier.OPEN)


def _stuck_rules(at: Moment) -> "QuerySet[Any]":
    steps = Step.objects.filter(path=OuterRef("path"))
    cannot = ~Q(path__status=Path.Status.PUBLISHED) | ~Exists(steps)
    return AssignmentRule.objects.filter(cannot, active=True)


def _drafts(at: Moment) -> "QuerySet[Any]":
    holders = RoleHolding.objects.current(at.today).filter(role=OuterRef("role"))
    others = Path.objects.filter(role=OuterRef("role"), status=Path.Status.PUBLISHED)
    barriers = Barrier.paths.through.objects.filter(
        path=OuterRef("pk"), barrier__status__in=Barrier.OPEN
    )
    asked_for = _suggestions(at).filter(path=OuterRef("pk"))
    wanted = (Exists(holders) & ~Exists(others)) | Exists(barriers) | Exists(asked_for)
    return Path.objects.filter(wanted, status=Path.Status.DRAFT)


def _undefined_skills(at: Moment) -> "QuerySet[Any]":
    return Skill.objects.filter(
        role_skills__role__status=Role.Status.ACTIVE,
        not_seen="",
        with_help="",
        on_their_own="",
        coaches_others="",
    ).distinct()


def _failed(at: Moment) -> "QuerySet[Any]":
    return Delivery.objects.filter(
        state=Delivery.State.FAILED, next_attempt_at__gte=at.now - LATELY
    )


def _unknown_managers(at: Moment) -> "QuerySet[Any]":
    people: QuerySet[Any] = Person.objects.at_work()
    return people.exclude(awaited_manager="")


def tokens() -> "QuerySet[Any]":
    """The API is beside the admin site, so it is known by its name only."""
    every: QuerySet[Any] = apps.get_model("api.ApiToken")._default_manager.all()
    return every


def _ending_tokens(at: Moment) -> "QuerySet[Any]":
    in_use = tokens().exclude(last_used_at=None)
    return in_use.filter(expires_at__range=(at.now, at.now + ENDING))


def _to(words: str, model: str, **query: str) -> Callable[[Moment], Way]:
    """The list of a model (``app.model``), narrowed down."""
    app, name = model.split(".")
    way = Way(words, f"{app}_{name}_changelist", f"{app}.view_{name}", tuple(query.items()))
    return lambda at: way


def _to_first_wins(at: Moment) -> Way:
    return _to(
        "See who, and on what path",
        "learning.assignment",
        status__in=",".join(Assignment.RUNNING),
        first_win_at__isnull="True",
        first_win_due_on__gte=at.today.isoformat(),
        first_win_due_on__lte=(at.today + SOON).isoformat(),
    )(at)


KINDS: Final = (
    Kind(
        "stopped_runs",
        _stopped_runs,
        "The last sync of people did not go through: nobody who came or left since is known here.",
        "The last sync of people did not go through, from {number} sources.",
        _to("See why", "people.syncrun", state__in=",".join(STOPPED)),
    ),
    Kind(
        "first_wins",
        _first_wins,
        "{number} person has a first win due within three days, and none yet.",
        "{number} people have a first win due within three days, and none yet.",
        _to_first_wins,
    ),
    Kind(
        "suggestions",
        _suggestions,
        "A manager suggested a path for somebody, and waits for an answer.",
        "{number} paths that managers suggested for somebody wait for an answer.",
        _to("Give it or say why not", "learning.pathsuggestion", state__exact="open"),
    ),
    Kind(
        "check_backs",
        _check_backs,
        "You said you would check back on a barrier by today.",
        "You said you would check back on {number} barriers by today.",
        _to("See what became of it", "reinforcement.barrier", check_back="due"),
    ),
    Kind(
        "stuck_rules",
        _stuck_rules,
        "A rule is switched on and cannot run: its path is not published, or has no steps.",
        "{number} rules are switched on and cannot run: their path is not published, or has no "
        "steps.",
        _to("See rules that are on", "learning.assignmentrule", active__exact="1"),
    ),
    Kind(
        "drafts",
        _drafts,
        "A path that people wait for is still a draft.",
        "{number} paths that people wait for are still drafts.",
        _to("Read and publish", "learning.path", status__exact="draft"),
    ),
    Kind(
        "undefined_skills",
        _undefined_skills,
        "A skill that a role needs says of no level what it looks like, so nobody can see it.",
        "{number} skills that roles need say of no level what it looks like, so nobody can see "
        "them.",
        _to("Describe the levels", "learning.skill", not_seen__exact="", on_their_own__exact=""),
    ),
    Kind(
        "failed",
        _failed,
        "A message of the last two weeks could not be delivered.",
        "{number} messages of the last two weeks could not be delivered.",
        _to("See why, and send again", "reinforcement.delivery", state__exact="failed"),
    ),
    Kind(
        "unknown_managers",
        _unknown_managers,
        "The HRIS names a manager for {number} person whom nobody knows here.",
        "The HRIS names managers for {number} people whom nobody knows here.",
        _to("See for whom", "people.person", awaited_manager__gt=""),
    ),
    Kind(
        "ending_tokens",
        _ending_tokens,
        "An API token that is in use expires within two weeks.",
        "{number} API tokens that are in use expire within two weeks.",
        _to("Issue another in time", "api.apitoken"),
    ),
)
