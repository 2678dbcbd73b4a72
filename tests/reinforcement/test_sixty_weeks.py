"""More than a year on clocks all over the world, with a scheduler that looks when it can."""

import random
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from itertools import combinations
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from time_machine import Traveller

from learning.actions import assign_path, finish_step
from learning.framing import Framing
from learning.models import Assignment, Path
from learning.reports import current_step
from reinforcement.actions import set_preference, write_due_briefs
from reinforcement.models import Brief, BriefItem, Delivery
from tenants.companies.models import Company
from tenants.people.models import Person
from tests.learning.test_consequences import hris
from tests.reinforcement.cast import MakePerson

HOUR, DAY, WEEK = timedelta(hours=1), timedelta(days=1), timedelta(weeks=1)
START = datetime(2026, 2, 9, tzinfo=UTC)  # a Monday; the walk passes week 53 and three changes
WEEKS = [START.date() + number * WEEK for number in range(1, 61)]
END = START + 62 * WEEK
AWAKE = (HOUR / 3, 9 * HOUR)  # between two looks of the scheduler
ASLEEP = (9 * HOUR, 23 * HOUR)
REPORTS = 3


@dataclass
class Manager:
    """`clocks` are zone, ISO weekday and hour, each from a moment on; `weeks` those they lead."""

    person: Person
    clocks: list[tuple[datetime, str, int, int]]
    weeks: list[date] = field(default_factory=lambda: WEEKS)
    skipped: dict[date, str] = field(default_factory=dict)

    def moment(self, near: datetime) -> datetime:
        """What is due on that day, as somebody would read it off the calendar on the wall."""
        since, name, weekday, hour = next(c for c in reversed(self.clocks) if c[0] <= near)
        zone = ZoneInfo(name)
        year, week, _ = near.astimezone(zone).isocalendar()
        day = date.fromisocalendar(year, week, weekday)
        return max(datetime.combine(day, time(hour), tzinfo=zone).astimezone(UTC), since)


RHYTHMS = {
    "Berlin": ("Europe/Berlin", 1, 9),
    "York": ("America/New_York", 5, 16),
    "Howe": ("Australia/Lord_Howe", 7, 2),  # the very hour that is skipped, and repeated by half
    "Kathmandu": ("Asia/Kathmandu", 3, 0),
    "Auckland": ("Pacific/Auckland", 1, 9),
    "Pago": ("Pacific/Pago_Pago", 7, 23),  # the last moment of a week on earth
    "Line": ("Pacific/Kiritimati", 1, 0),  # the first
    "Night": ("Europe/Berlin", 7, 2),  # the hour that is skipped, and repeated
    "Successor": ("Pacific/Kiritimati", 5, 12),  # of whoever is at the line
}


@pytest.fixture
def managers(
    clock: Traveller, acme: Company, sales_path: Path, framing: Framing, person: MakePerson
) -> dict[str, Manager]:
    """Who leads three people each, all of them on a path."""
    clock.move_to(START)
    found = {}
    for name, (zone, weekday, hour) in RHYTHMS.items():
        boss = person("Mo", name, time_zone=zone)
        set_preference(person=boss, channel="mail", day=weekday, hour=hour, paused_until=None)
        found[name] = Manager(boss, [(START, zone, weekday, hour)])
    assign_path(
        path=sales_path,
        people=[
            person("Re", f"{name}{number}", manager=manager.person)
            for name, manager in found.items()
            for number in range(REPORTS)
            if name != "Successor"
        ],
        outcome=sales_path.role.outcomes.get(slug="close-faster"),
        framing=framing,
        actor=None,
    )
    return found


def looks(dice: random.Random) -> Iterator[datetime]:
    """When the scheduler looks: at no fixed times, and once in a week or so after a long sleep."""
    now = START
    while now < END:
        yield now
        shortest, longest = ASLEEP if dice.random() < 0.05 else AWAKE
        now += shortest + dice.random() * (longest - shortest)


def works(dice: random.Random) -> None:
    """Somebody finishes a step; nobody comes to the end of their path."""
    running = Assignment.objects.filter(status__in=Assignment.RUNNING).order_by("pk")
    assignment = dice.choice(list(running))
    plan = list(assignment.plan_steps.exclude(state="set_aside").order_by("position"))
    if (step := current_step(plan)) and step is not plan[-1]:
        finish_step(plan_step=step)


def test_every_manager_has_one_brief_in_each_of_sixty_weeks(
    managers: dict[str, Manager], clock: Traveller
) -> None:
    dice = random.Random("sixty weeks")  # noqa: S311  # the same every time
    things_happen = sorted(happenings(managers), key=lambda each: each[0])
    step_at = START + WEEK
    for now in looks(dice):
        while things_happen and things_happen[0][0] <= now:
            at, happen = things_happen.pop(0)
            clock.move_to(at)
            happen(at)
        if now >= step_at:
            clock.move_to(now)
            works(dice)
            step_at += 5 * DAY
        clock.move_to(now)
        write_due_briefs(now=now)
    assert not things_happen
    for manager in managers.values():
        check_each_week_is_decided_once_on_the_right_clock(manager)
    check_that_no_pair_hears_a_sentence_again_within_eight_weeks()
    written = Brief.objects.filter(state="written")
    assert written.count() == Delivery.objects.count() > 450
    assert set(Delivery.objects.values_list("brief", flat=True)) == set(
        written.values_list("pk", flat=True)
    )


def happenings(managers: dict[str, Manager]) -> Iterator[tuple[datetime, Callable[..., None]]]:
    """What changes on the way, each in the middle of a week."""
    berlin, york, auckland = managers["Berlin"], managers["York"], managers["Auckland"]
    kathmandu, line, successor = managers["Kathmandu"], managers["Line"], managers["Successor"]

    def moves_over_the_date_line(at: datetime) -> None:
        hris(auckland.person, time_zone="America/Los_Angeles")
        auckland.clocks.append((at, "America/Los_Angeles", 1, 9))

    def goes_on_leave(at: datetime) -> None:
        hris(berlin.person, employment_status="leave")
        berlin.skipped |= dict.fromkeys([date(2026, 6, 8), date(2026, 6, 15)], "leave")

    def comes_back(at: datetime) -> None:
        hris(berlin.person, employment_status="active")

    def chooses_a_day_that_is_over(at: datetime) -> None:
        prefers(york, day=1, hour=8)
        york.clocks.append((at, "America/New_York", 1, 8))

    def pauses(at: datetime) -> None:
        prefers(kathmandu, day=3, hour=0, paused_until=date(2026, 9, 21))
        kathmandu.skipped |= dict.fromkeys([date(2026, 9, 7), date(2026, 9, 14)], "paused")

    def hands_over(at: datetime) -> None:
        hris(*line.person.reports.all(), manager_email=successor.person.email)
        line.weeks = [week for week in WEEKS if week < at.date()]
        successor.weeks = [week for week in WEEKS if week > at.date() - WEEK]  # from Friday on

    yield datetime(2026, 5, 13, 11, tzinfo=UTC), moves_over_the_date_line
    yield datetime(2026, 6, 4, 11, tzinfo=UTC), goes_on_leave
    yield datetime(2026, 6, 18, 11, tzinfo=UTC), comes_back
    yield datetime(2026, 7, 15, 11, tzinfo=UTC), chooses_a_day_that_is_over
    yield datetime(2026, 9, 3, 11, tzinfo=UTC), pauses
    yield datetime(2026, 10, 21, 11, tzinfo=UTC), hands_over


def prefers(manager: Manager, **chosen: Any) -> None:
    person = Person.objects.get(pk=manager.person.pk)
    set_preference(person=person, channel="mail", **{"paused_until": None, **chosen})


def check_each_week_is_decided_once_on_the_right_clock(manager: Manager) -> None:
    first, last = (week.isocalendar()[:2] for week in (WEEKS[0], WEEKS[-1]))
    briefs = [
        brief
        for brief in Brief.objects.filter(manager=manager.person).order_by("due_at")
        if first <= (brief.iso_year, brief.iso_week) <= last
    ]
    weeks = [date.fromisocalendar(brief.iso_year, brief.iso_week, 1) for brief in briefs]
    assert weeks == manager.weeks
    for week, brief in zip(weeks, briefs, strict=True):
        reason = manager.skipped.get(week, "")
        assert (brief.state, brief.reason) == ("skipped" if reason else "written", reason), brief
        assert timedelta(0) <= brief.written_at - brief.due_at < DAY, brief
        assert brief.due_at == manager.moment(brief.due_at), brief


def check_that_no_pair_hears_a_sentence_again_within_eight_weeks() -> None:
    heard: dict[tuple[int, int, int], list[tuple[datetime, datetime]]] = defaultdict(list)
    for manager, report, prompt, due_at, written_at in BriefItem.objects.values_list(
        "brief__manager_id", "report_id", "prompt_id", "brief__due_at", "brief__written_at"
    ):
        assert prompt is not None
        assert manager is not None
        heard[manager, report, prompt].append((due_at, written_at))
    again = [
        second[1] - first[0]
        for times in heard.values()
        for first, second in combinations(sorted(times), 2)
    ]
    assert len(again) > 100  # sixty weeks are long enough for it to matter
    assert min(again) >= 8 * WEEK
