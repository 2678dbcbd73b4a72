"""Twelve weeks as they could have been: paths assigned, steps done, briefs answered.

Everything goes through the same actions as in real life, with the clock of that week.
"""

import random
from collections.abc import Callable, Sequence
from dataclasses import asdict
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Q, QuerySet

from config.demo.cast import CAST
from config.demo.stories import see
from learning.actions import assign_path, finish_step, follow_now, keep_version, start_step
from learning.framing import Framing
from learning.library import example_framings
from learning.models import Assignment, Outcome, Path, PlanStep, RoleHolding
from learning.reports import current_step
from reinforcement.actions import (
    answer,
    answer_reputation,
    ask_due_reputations,
    hold_conversation,
    write_due_briefs,
)
from reinforcement.models import Brief, BriefItem, Delivery, Reputation
from reinforcement.schedules import week_of
from tenants.companies.context import current_company
from tenants.companies.models import Company
from tenants.people.models import Person

WEEKS = 12
CHANGED = 6  # weeks ago L&D reworded a step: who was on the path by then keeps the earlier version
AROUND_THE_WORLD = timedelta(hours=8)  # after the company's hour, briefs of all its zones are due
ANSWERED = 0.6  # share of questions that managers answer
TALKED = 0.55  # share of people in a brief whom their manager talks with
NOTED = 0.3  # share of conversations with a note
REPLIED = 0.75  # share of new hires who say how they speak of their onboarding
SAID = (3, 3, 4, 2, 3, 4, 1)  # what they say, from 1 (it kept me from my work) to 4
MOVES = 0.6  # share of people who do a step in a week
BY_RULE = "sdr"  # the role whose new people a rule of today gives its path
LEFT_TO_CAST = 2  # steps that the cast keeps for whoever looks at the demo

NOTES = (
    "Wants to do the next one alone. I only listen in.",
    "Was tired this week. Ask again on Thursday.",
    "Has a good idea for the handover; let them show it to the team.",
    "Knows it, does not trust it yet.",
)

Say = Callable[[str], None]


def live_through(company: Company, *, now: datetime, say: Say) -> None:
    """From twelve weeks ago until just before this week's brief is due."""
    dice = random.Random(f"{company.slug} history")
    talks = random.Random(f"{company.slug} talks")
    waiting = _learners(company.slug, dice)
    began = now - timedelta(weeks=WEEKS + 1)
    Path.objects.update(changed_at=began)
    follow_now(now=began)  # everybody has the role of their title
    for ago in range(WEEKS, 0, -1):
        say(f"living through week {WEEKS - ago + 1} of {WEEKS}")
        monday = now - timedelta(weeks=ago)
        with transaction.atomic():
            if ago == CHANGED:
                _change_a_path(monday)
            _assign(_hired_by(waiting, monday, of=ago), dice, monday)
            _welcome(waiting, talks, monday)
            _write_briefs(company, monday - timedelta(hours=1))  # when the brief is due
            _work(dice, monday + timedelta(days=2))
            _answer(dice, monday + timedelta(days=1))
            _talk(talks, monday + timedelta(days=1))
            _ask_new_hires(talks, monday)
    _assign(waiting, dice, now - timedelta(hours=2))


def _change_a_path(at: datetime) -> None:
    path = Path.objects.get(slug="account-executive-first-deals")
    keep_version(path=path, now=at)
    path.steps.filter(slug="draw-the-buying-group").update(
        title="Draw the buying group of your largest deal, and mark who signs"
    )


def _learners(slug: str, dice: random.Random) -> list[Person]:
    """Account executives, and about every second manager of people, in the order they start."""
    people = list(
        Person.objects.at_work()
        .filter(manager__isnull=False)
        .filter(Q(job_title__contains="Account Executive") | Q(reports__isnull=False))
        .distinct()
        .order_by("employee_number")
    )
    cast = set(asdict(CAST[slug]).values())
    chosen = [p for p in people if p.email in cast or _sells(p) or dice.random() < 0.5]
    dice.shuffle(chosen)
    turn = {CAST[slug].learner: 0, CAST[slug].peer: 2}  # one is well on the way, one just starts
    chosen.sort(key=lambda person: turn.get(person.email or "", 1))
    return chosen


def _sells(person: Person) -> bool:
    return "Account Executive" in person.job_title


def _hired_by(waiting: list[Person], day: datetime, *, of: int) -> list[Person]:
    """Who starts this week: an even share of those who were hired by then. Taken off `waiting`."""
    ready = [p for p in waiting if p.hired_on is not None and p.hired_on <= day.date()]
    starting = ready[: max(1, len(ready) // of)]
    for person in starting:
        waiting.remove(person)
    return starting


def _assign(people: Sequence[Person], dice: random.Random, at: datetime) -> None:
    for role, group in (
        ("account-executive", [p for p in people if _sells(p)]),
        ("people-manager", [p for p in people if not _sells(p)]),
    ):
        if not group:
            continue
        _give(Path.objects.get(role__slug=role), group, dice, at)


def _give(path: Path, people: Sequence[Person], dice: random.Random, at: datetime) -> None:
    see(people, path, dice, at)
    example = dice.choice(example_framings(path.role.slug))
    assign_path(
        path=path,
        people=people,
        outcome=Outcome.objects.get(role=path.role, slug=example.pop("outcome")),
        framing=Framing(**example),
        actor=Person.objects.filter(is_staff=True).first(),
        now=at,
    )


def _welcome(waiting: list[Person], dice: random.Random, monday: datetime) -> None:
    """Whoever was hired in the last week gets the path of their role, as a rule would see to."""
    week = (monday.date() - timedelta(days=6), monday.date())
    new = Person.objects.at_work().filter(hired_on__range=week, manager__isnull=False)
    paths = Path.objects.exclude(role__slug=BY_RULE).select_related("role")
    for path in paths.filter(status=Path.Status.PUBLISHED):
        held = RoleHolding.objects.filter(role=path.role, ends_on=None)
        people = list(new.filter(role_holdings__in=held).exclude(assignments__path=path))
        if people:
            waiting[:] = [person for person in waiting if person not in people]
            _give(path, people, dice, monday)


def _ask_new_hires(dice: random.Random, monday: datetime) -> None:
    """The question of day 14 and 30, on each day of the week on which it may be due."""
    for days in range(0, 7, 2):
        at = monday + timedelta(days=days)
        for reputation in ask_due_reputations(now=at):
            if dice.random() < REPLIED:
                answer_reputation(
                    reputation=reputation,
                    answer=Reputation.Answer(dice.choice(SAID)),
                    now=at + timedelta(hours=2),
                )
        _pretend_sent(at)


def _write_briefs(company: Company, day: datetime) -> None:
    zone = ZoneInfo(company.time_zone)
    week = week_of(
        day.astimezone(zone).date(), zone=zone, weekday=company.brief_day, hour=company.brief_hour
    )
    write_due_briefs(now=week.due_at + AROUND_THE_WORLD)
    _pretend_sent(week.due_at + AROUND_THE_WORLD)


def _pretend_sent(at: datetime) -> None:
    Delivery.objects.filter(state=Delivery.State.WAITING).update(
        state=Delivery.State.SENT, attempts=1, sent_at=at
    )


def _answer(dice: random.Random, at: datetime) -> None:
    for item in _this_week(at).filter(question__isnull=False, answer__isnull=True):
        if item.question and dice.random() < ANSWERED:
            answer(
                item=item,
                choice=dice.choice(list(item.question.choices.all())),
                via=dice.choice(["mail", "mail", "portal"]),
                actor=item.brief.manager,
                now=at,
            )


def _talk(dice: random.Random, at: datetime) -> None:
    for item in _this_week(at):
        if dice.random() < TALKED:
            hold_conversation(
                manager=item.brief.manager,
                report=item.report,
                item=item,
                via=dice.choice(["mail", "portal"]),
                note=dice.choice(NOTES) if dice.random() < NOTED else None,
                now=at,
            )


def _this_week(at: datetime) -> QuerySet[BriefItem]:
    """Who is in a brief of these days."""
    return (
        BriefItem.objects.filter(
            brief__state=Brief.State.WRITTEN,
            brief__due_at__gt=at - timedelta(days=4),
            brief__due_at__lt=at + timedelta(hours=12),
        )
        .select_related("brief__manager", "report", "question__skill")
        .prefetch_related("question__choices")
        .order_by("pk")
    )


def _left(assignment: Assignment) -> int:
    """How many steps are still to do, or being done."""
    steps = assignment.plan_steps.all()
    return sum(step.state in (PlanStep.State.TO_DO, PlanStep.State.DOING) for step in steps)


def _work(dice: random.Random, at: datetime) -> None:
    """Some finish what they were doing, and start the next; the cast keeps some to do."""
    cast = asdict(CAST[current_company().slug]).values()
    running = Assignment.objects.filter(status__in=Assignment.RUNNING).order_by("pk")
    for assignment in running.select_related("person").prefetch_related("plan_steps"):
        if dice.random() > MOVES:
            continue
        if assignment.person.email in cast and _left(assignment) <= LEFT_TO_CAST:
            continue
        at += timedelta(minutes=1)
        plan = list(assignment.plan_steps.all())
        step = current_step(plan)
        if step is None:
            continue
        if step.state == PlanStep.State.TO_DO:
            step = start_step(plan_step=step, now=at)
        if dice.random() < 0.8:
            finish_step(plan_step=step, now=at + timedelta(hours=3))
