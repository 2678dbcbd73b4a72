"""What became of a barrier, told to the manager who said it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from learning.models import Path
from reinforcement.models import Barrier
from reinforcement.reports import TeamBarrier
from tenants.people.days import day, weekday
from tenants.people.models import Person

Status = Barrier.Status
LONG_AGO = 45  # days: a date says more from then on


@dataclass(frozen=True)
class Stage:
    """A station of a barrier on its way: `state` is ``past``, ``here`` or ``ahead``."""

    label: str
    state: str


@dataclass(frozen=True)
class Story:
    """A barrier, where it stands on its way, and that in sentences."""

    barrier: Barrier
    severity: str
    stages: list[Stage]
    sentences: list[str]


def story_of(told: TeamBarrier, *, today: date) -> Story:
    """`today` is the company's. No query."""
    barrier = told.barrier
    how_bad = {
        Barrier.Severity.ANNOYS: _("Annoys us"),
        Barrier.Severity.SLOWS: _("Slows us down"),
        Barrier.Severity.STOPS: _("Stops us"),
    }
    return Story(
        barrier=barrier,
        severity=how_bad[Barrier.Severity(barrier.severity)],
        stages=_stages(barrier),
        sentences=[*_heard(told), *_done(told), *_check_back(barrier, today)],
    )


def _stages(barrier: Barrier) -> list[Stage]:
    labels = {
        Status.HEARD: _("Heard"),
        Status.DESIGNING: _("Designing"),
        Status.ADDRESSED: _("Addressed"),
        Status.GONE: _("Gone"),
    }
    here = list(labels).index(Status(barrier.status))
    states = ["past" if place < here else "ahead" for place in range(len(labels))]
    states[here] = "here"
    return [Stage(label, state) for label, state in zip(labels.values(), states, strict=True)]


def _heard(told: TeamBarrier) -> Iterator[str]:
    if told.days == 0:
        yield _("Heard today.")
    elif told.days > LONG_AGO:
        yield _("Heard on %(day)s.") % {"day": day(told.barrier.heard_on)}
    else:
        yield ngettext("Heard %(days)s day ago.", "Heard %(days)s days ago.", told.days) % {
            "days": told.days
        }


def _done(told: TeamBarrier) -> Iterator[str]:
    """Who does what about it, and what was made for it."""
    barrier, keeper = told.barrier, _keeper(told.barrier)
    since = {"day": day(barrier.status_since), "name": keeper.called if keeper else ""}
    match barrier.status:
        case Status.HEARD if keeper:
            yield _("%(name)s looks after it.") % since
        case Status.HEARD:
            yield _("It is on L&D’s list; nobody has taken it up yet.")
        case Status.DESIGNING if keeper:
            yield _("%(name)s is designing something for it, since %(day)s.") % since
        case Status.DESIGNING:
            yield _("L&D is designing something for it, since %(day)s.") % since
        case Status.ADDRESSED:
            yield _("Something was done about it by %(day)s.") % since
        case Status.GONE:
            yield _("Gone since %(day)s.") % since
    out = [path.name for path in told.paths if path.status == Path.Status.PUBLISHED]
    drafts = [path.name for path in told.paths if path.status == Path.Status.DRAFT]
    if out:
        yield ngettext(
            "A path was made for it: %(paths)s.", "Paths were made for it: %(paths)s.", len(out)
        ) % {"paths": _quoted(out)}
    if drafts and barrier.status != Status.GONE:
        yield _("In the making: %(paths)s.") % {"paths": _quoted(drafts)}


def _check_back(barrier: Barrier, today: date) -> Iterator[str]:
    if barrier.check_back_on is None:
        return
    keeper = _keeper(barrier)
    known = {"day": weekday(barrier.check_back_on), "name": keeper.called if keeper else ""}
    if barrier.check_back_on < today:
        if keeper:
            yield _("%(name)s wanted to check back on %(day)s.") % known
        else:
            yield _("L&D wanted to check back on %(day)s.") % known
    elif keeper:
        yield _("%(name)s checks back on %(day)s.") % known
    else:
        yield _("L&D checks back on %(day)s.") % known


def _keeper(barrier: Barrier) -> Person | None:
    """Who of L&D looks after it, as long as they can."""
    keeper = barrier.looked_after_by
    return keeper if keeper and keeper.is_active and keeper.is_staff else None


def _quoted(names: list[str]) -> str:
    return ", ".join(_("“%(name)s”") % {"name": name} for name in names)
