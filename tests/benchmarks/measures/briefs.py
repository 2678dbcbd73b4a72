"""The week's briefs of every manager, after eight weeks in which people moved on."""

import random
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from statistics import median

from django.db import connections
from psycopg import Connection

from learning.actions import assign_path
from learning.framing import Framing
from learning.library import available_roles
from learning.models import Assignment, PlanStep
from reinforcement.actions import write_due_briefs
from reinforcement.library import start_from_library
from tenants.companies.context import working_for
from tenants.people.models import Person
from tests.benchmarks.observations import observe
from tests.benchmarks.results import Result
from tests.benchmarks.stage import Stage

TIMES = 5
REPORTS = 8  # of each manager, as the stage has it
WEEKS = 8  # of briefs before the one that is measured
MOVES = 0.4  # share of people who finish a step in a week
DUE = datetime(2026, 11, 16, 8, tzinfo=UTC)  # a Monday, 09:00 in Berlin
WEEK = timedelta(weeks=1)
FRAMING = Framing(
    claim="close deals faster",
    because="two of three demos here end without a next meeting",
    sign="every demo ends with a date in both calendars",
)
WRITTEN = ("reinforcement_brief", "reinforcement_briefitem", "reinforcement_delivery")
THIS_WEEK = "SELECT id FROM reinforcement_brief WHERE due_at = %s"
READ = ("learning_assignment", "learning_planstep", "people_person")


def measure(stage: Stage) -> Result:
    replace(stage, people=stage.people * 4 // 5).fill()
    with working_for(stage.company):
        _assign()
        _live_through(WEEKS)
    _tidy(stage)
    ours, floor, managers = [], [], 0
    for _ in range(stage.rounds):
        with working_for(stage.company):
            began = time.perf_counter()
            managers = len(write_due_briefs(now=DUE))
            ours.append(time.perf_counter() - began)
        connections.close_all()
        floor.append(_insert_the_same(stage))
        _tidy(stage)
    return Result(
        name="briefs",
        what=f"the week of {managers:,} managers with {REPORTS} reports each",
        ours=median(ours),
        floor=median(floor),
        unit="s",
        target=f"within {TIMES} × the time",
        met=median(ours) <= TIMES * median(floor),
    )


def _assign() -> None:
    """One path to everybody who has a manager, cut to their gaps; the whole library to talk of."""
    role = {slug: start_from_library(slug).role for slug in available_roles()}["account-executive"]
    path = role.paths.get()
    began = DUE - WEEKS * WEEK
    observe(path, now=began)
    assign_path(
        path=path,
        people=list(Person.objects.exclude(manager=None)),
        outcome=role.outcomes.get(slug="close-faster"),
        framing=FRAMING,
        actor=None,
        now=began - timedelta(days=1),
    )


def _live_through(weeks: int) -> None:
    """Briefs as they were written, and steps done after them."""
    dice = random.Random("briefs")  # noqa: S311  # the same every time
    for ago in range(weeks, 0, -1):
        now = DUE - ago * WEEK
        write_due_briefs(now=now)
        running = Assignment.objects.filter(status__in=Assignment.RUNNING).order_by("pk")
        moved = [pk for pk in running.values_list("pk", flat=True) if dice.random() < MOVES]
        _finish_a_step(moved, now + timedelta(days=dice.randint(1, 6)))


def _finish_a_step(assignments: list[int], at: datetime) -> None:
    """As `finish_step` would for each, in three statements for all."""
    to_do = PlanStep.objects.filter(assignment__in=assignments, state=PlanStep.State.TO_DO)
    first = to_do.order_by("assignment_id", "position").distinct("assignment_id")
    done = list(first.values_list("pk", flat=True))
    PlanStep.objects.filter(pk__in=done).update(state=PlanStep.State.DONE, done_at=at)
    Assignment.objects.filter(pk__in=assignments).update(
        status=Assignment.Status.IN_PROGRESS, moved_at=at
    )


def _insert_the_same(stage: Stage) -> float:
    """Seconds for an INSERT … SELECT of the very rows that we wrote; they are gone after."""
    with stage.database() as connection:
        with connection.transaction():
            for table in WRITTEN:
                key = "id" if table == "reinforcement_brief" else "brief_id"
                connection.execute(
                    f"CREATE TEMPORARY TABLE same_{table} AS "  # noqa: S608
                    f"SELECT * FROM {table} WHERE {key} IN ({THIS_WEEK})",
                    [DUE],
                )
            _forget_this_week(connection)
        began = time.perf_counter()
        with connection.transaction():
            for table in WRITTEN:
                connection.execute(f"INSERT INTO {table} SELECT * FROM same_{table}")  # noqa: S608
        seconds = time.perf_counter() - began
        _forget_this_week(connection)
        return seconds


def _forget_this_week(connection: Connection) -> None:
    """Deletes what `WRITTEN` holds of it, from the last to the first: the others point there."""
    for table in reversed(WRITTEN[1:]):
        connection.execute(
            f"DELETE FROM {table} WHERE brief_id IN ({THIS_WEEK})",  # noqa: S608
            [DUE],
        )
    connection.execute("DELETE FROM reinforcement_brief WHERE due_at = %s", [DUE])


def _tidy(stage: Stage) -> None:
    with stage.database() as connection:
        connection.execute(f"VACUUM (ANALYZE) {', '.join((*WRITTEN, *READ))}")
