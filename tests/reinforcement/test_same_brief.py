"""Same facts, same brief: whatever the order in which rows are stored and read."""

import os
import pickle
import subprocess
import sys
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from pathlib import Path as File
from typing import Any

import pytest
from django.db import connection, transaction
from time_machine import Traveller

from learning.actions import assign_path, finish_step, start_step
from learning.framing import Framing
from learning.models import Path
from reinforcement.actions import write_due_briefs
from reinforcement.drafts import draft
from reinforcement.facts import gather
from reinforcement.models import Brief
from tenants.people.models import Person
from tests.reinforcement.cast import DUE, MakePerson

DAY, WEEK = timedelta(days=1), timedelta(weeks=1)
READ = (
    *("people_person", "learning_assignment", "learning_planstep", "learning_stepskill"),
    *("reinforcement_prompt", "reinforcement_question"),
    *("reinforcement_brief", "reinforcement_briefitem"),
)
Contents = list[tuple[Any, ...]]


@pytest.fixture
def managers(
    monday: Traveller, sales_path: Path, framing: Framing, person: MakePerson
) -> list[Person]:
    """Two managers of seven each, five weeks in: some moved, some did not."""
    managers = [person("Bo", "Ek"), person("Di", "Fu")]
    team = [
        person("Cy", f"{boss.family_name}{n}", manager=boss) for boss in managers for n in range(7)
    ]
    monday.move_to(DUE - 5 * WEEK - DAY)
    assigned = assign_path(
        path=sales_path,
        people=team,
        outcome=sales_path.role.outcomes.get(slug="close-faster"),
        framing=framing,
        actor=None,
    ).assignments
    for week in range(5, 0, -1):
        monday.move_to(DUE - week * WEEK)
        write_due_briefs(now=DUE - week * WEEK)
        monday.shift(2 * DAY)
        for assignment in assigned[week::5]:
            steps = assignment.plan_steps.filter(state="to_do").order_by("position")
            finish_step(plan_step=steps[0])
            start_step(plan_step=steps[0])
    monday.move_to(DUE)
    return managers


def contents() -> Contents:
    """All that this week's briefs say, without what is random on purpose."""
    briefs = Brief.objects.filter(due_at=DUE).order_by("manager_id")
    said = [(b.manager_id, b.state, b.minutes, b.also, *_items(b)) for b in briefs]
    assert all(len(brief) > 6 for brief in said)
    return said


def _items(brief: Brief) -> list[tuple[Any, ...]]:
    return list(
        brief.items.order_by("position").values_list(
            *("position", "report_id", "assignment_id", "plan_step_id", "why", "moment"),
            *("prompt_id", "question_id"),
        )
    ) + [tuple(item.moved) for item in brief.items.order_by("position")]


def written_now(prepare: Callable[[], None]) -> Contents:
    """What would be written after `prepare`; it is undone."""
    with transaction.atomic():
        prepare()
        assert len(write_due_briefs(now=DUE)) == 2
        said = contents()
        transaction.set_rollback(True)
    return said


def store_in_another_order(seed: int) -> None:
    """The same rows, inserted one after the other in an order of chance, and read in that."""
    with connection.cursor() as cursor:
        for table in READ:
            cursor.execute(f"CREATE TEMPORARY TABLE shuffled ON COMMIT DROP AS TABLE {table}")
            cursor.execute(f"DELETE FROM {table}")  # noqa: S608
            cursor.execute(
                f"INSERT INTO {table} "  # noqa: S608
                "SELECT * FROM shuffled ORDER BY md5(id::text || %s)",
                [str(seed)],
            )
            cursor.execute("DROP TABLE shuffled")


def test_the_order_of_rows_in_the_database_changes_nothing(managers: list[Person]) -> None:
    first = written_now(lambda: None)
    for seed in range(3):
        assert written_now(partial(store_in_another_order, seed)) == first


DRAFT = """
import pickle, sys
import django
django.setup()
from reinforcement.drafts import draft
from tenants.people.models import Person
facts, managers, now = pickle.load(sys.stdin.buffer)
print([draft(facts, Person(pk=manager), 5, now) for manager in managers])
"""


def test_the_seed_of_python_s_hashes_changes_nothing(managers: list[Person]) -> None:
    keys = [manager.pk for manager in managers]
    facts = gather(keys, now=DUE)
    here = f"{[draft(facts, manager, 5, DUE) for manager in managers]}\n"
    for seed in ("1", "2"):
        there = subprocess.run(
            [sys.executable, "-c", DRAFT],
            cwd=File(__file__).parents[2],
            env={**os.environ, "PYTHONHASHSEED": seed, "DJANGO_SETTINGS_MODULE": "config.settings"},
            input=pickle.dumps((facts, keys, DUE)),
            capture_output=True,
            check=True,
        )
        assert there.stdout.decode() == here
