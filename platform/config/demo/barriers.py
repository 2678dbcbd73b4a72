"""What managers said slows their teams down, and what L&D has made of it by now."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from config.demo.cast import CAST
from learning.models import Outcome, Path
from reinforcement.actions import move_barrier, note_barrier, note_touchpoint
from reinforcement.models import Barrier
from tenants.companies.context import current_company
from tenants.people.models import Person

Severity, Status = Barrier.Severity, Barrier.Status
TALKED_WITH = 0.4  # share of managers that L&D has talked with in these weeks
LONGEST_AGO = 80  # days


@dataclass(frozen=True)
class Story:
    """A barrier: whose words, how many days ago, what it hurts, and what became of it."""

    words: str
    learned: str
    department: str
    role: str
    outcome: str
    severity: Barrier.Severity
    days: int
    status: Barrier.Status = Status.HEARD
    check_back_in: int | None = None


STORIES = (
    Story(
        "Legal looks at every contract for nine days, and by then the buyer has cooled off.",
        "Deals wait for Legal. Half of the clauses that come back are the same three.",
        department="Sales",
        role="account-executive",
        outcome="close-faster",
        severity=Severity.STOPS,
        days=58,
        status=Status.DESIGNING,
        check_back_in=6,
    ),
    Story(
        "My new people sit in on calls for six weeks before they hold one themselves.",
        "Shadowing has no end. Nobody says what somebody has to show to hold a call alone.",
        department="Sales",
        role="account-executive",
        outcome="win-more",
        severity=Severity.SLOWS,
        days=41,
        status=Status.ADDRESSED,
        check_back_in=12,
    ),
    Story(
        "We discount in the last week of the quarter because nobody says no before.",
        "The floor for discounts is known, what to offer in place of one is not.",
        department="Sales",
        role="account-executive",
        outcome="hold-price",
        severity=Severity.SLOWS,
        days=9,
        check_back_in=0,
    ),
    Story(
        "I decide everything myself, so on the days I travel nothing moves.",
        "New managers keep what they should hand over. They ask for words to do it with.",
        department="Engineering",
        role="people-manager",
        outcome="unblock-faster",
        severity=Severity.STOPS,
        days=33,
        status=Status.DESIGNING,
        check_back_in=20,
    ),
    Story(
        "Somebody new needs three weeks until every access works.",
        "IT opened accounts on the first day. It now gets the list from the HRIS a week before.",
        department="Engineering",
        role="people-manager",
        outcome="ramp-sooner",
        severity=Severity.ANNOYS,
        days=75,
        status=Status.GONE,
    ),
    Story(
        "Cases come to us twice because the first reply asks for what the form already says.",
        "Nobody reads the form. It opens below the fold.",
        department="Support",
        role="support-engineer",
        outcome="solve-sooner",
        severity=Severity.SLOWS,
        days=16,
    ),
)


def hear_barriers(*, owner: Person, now: datetime) -> None:
    """L&D has talked with some managers and not with others; six of them named a barrier."""
    dice = random.Random(f"{owner.email} barriers")
    managers = list(
        Person.objects.at_work().filter(reports__isnull=False).distinct().order_by("pk")
    )
    for manager in managers:
        if dice.random() < TALKED_WITH:
            note_touchpoint(
                manager=manager,
                learned=dice.choice(STORIES).learned,
                held_on=now.date() - timedelta(days=dice.randint(1, LONGEST_AGO)),
                actor=owner,
                now=now,
            )
    for story in STORIES:
        _tell(story, _whose(story, managers, dice), owner, now)


def _whose(story: Story, managers: Sequence[Person], dice: random.Random) -> Person:
    """The first of Sales is told by the cast's manager, so that she finds it on her pages."""
    if story is STORIES[0]:
        cast = CAST[current_company().slug]
        return next(manager for manager in managers if manager.email == cast.manager)
    theirs = [m for m in managers if m.department and m.department.name == story.department]
    return dice.choice(theirs or list(managers))


def _tell(story: Story, manager: Person, owner: Person, now: datetime) -> None:
    then = now - timedelta(days=story.days)
    touchpoint = note_touchpoint(
        manager=manager, learned=story.learned, held_on=then.date(), actor=owner, now=then
    )
    designed = story.status in (Status.DESIGNING, Status.ADDRESSED)
    back = story.check_back_in
    barrier = note_barrier(
        manager=manager,
        words=story.words,
        actor=owner,
        outcome=Outcome.objects.get(role__slug=story.role, slug=story.outcome),
        severity=story.severity,
        heard_on=then.date(),
        check_back_on=None if back is None else now.date() + timedelta(days=back),
        touchpoint=touchpoint,
        looked_after_by=owner,
        paths=list(Path.objects.filter(role__slug=story.role)) if designed else [],
        now=then,
    )
    if story.status != Status.HEARD:
        move_barrier(
            barrier=barrier, status=story.status, actor=owner, now=then + timedelta(days=7)
        )
