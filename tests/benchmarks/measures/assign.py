"""One path of ten steps to everybody, each plan cut to that person's own gaps."""

import time
from statistics import median

from django.db import connections, transaction
from django.utils import timezone

from learning.actions import assign_path
from learning.framing import Framing
from learning.models import Outcome, Path, Role, RoleSkill, Skill, Step, StepSkill
from tenants.companies.context import working_for
from tenants.people.models import Person
from tests.benchmarks.observations import observe
from tests.benchmarks.results import Result
from tests.benchmarks.stage import Stage

TIMES = 4
STEPS, SKILLS = 10, 6
FRAMING = Framing(
    claim="close deals faster",
    because="two of three demos here end without a next meeting",
    sign="every demo ends with a date in both calendars",
)
WRITTEN = ("learning_assignment", "learning_planstep", "learning_learningrecord")


def measure(stage: Stage) -> Result:
    stage.fill()
    with working_for(stage.company):
        path = _path()
        observe(path, now=timezone.now())
    _clear(stage)
    ours, floor = [], []
    for _ in range(stage.rounds):
        with working_for(stage.company):
            ours.append(_assign(path))
        connections.close_all()
        floor.append(_insert_the_same(stage))
        _clear(stage)
    return Result(
        name="assign",
        what=f"one path of {STEPS} steps to {stage.people:,} people, cut to each one's gaps",
        ours=median(ours),
        floor=median(floor),
        unit="s",
        target=f"within {TIMES} × the time",
        met=median(ours) <= TIMES * median(floor),
    )


def _path() -> Path:
    """A step in two raises what the one before began, so some name a prerequisite."""
    role = Role.objects.create(slug="bench", name="Bench")
    Outcome.objects.create(
        role=role, slug="close", name="Close deals faster", measure="days", direction="lower"
    )
    skills = [Skill.objects.create(slug=f"skill-{n}", name=f"Skill {n}") for n in range(SKILLS)]
    RoleSkill.objects.bulk_create(RoleSkill(role=role, skill=s, required_level=2) for s in skills)
    path = Path.objects.create(role=role, slug="bench", name="Bench", status="published")
    before: dict[int, Step] = {}
    for place in range(STEPS):
        wanted = place % SKILLS
        step = Step.objects.create(
            path=path,
            slug=f"step-{place}",
            position=place,
            title=f"Step {place}",
            kind=Step.Kind.DO_ON_THE_JOB,
            keep=Step.Keep.GAP if place else Step.Keep.ALWAYS,
            quick_win=0 < place < 5,
        )
        StepSkill.objects.create(step=step, skill=skills[wanted], raises_to=1 + place // SKILLS)
        step.prerequisites.set([before[wanted]] if wanted in before else [])
        before[wanted] = step
    return path


def _assign(path: Path) -> float:
    """Seconds, from people at hand to the commit."""
    people = list(Person.objects.all())
    began = time.perf_counter()
    with transaction.atomic():
        assign_path(
            path=path,
            people=people,
            outcome=path.role.outcomes.get(),
            framing=FRAMING,
            actor=None,
        )
    return time.perf_counter() - began


def _insert_the_same(stage: Stage) -> float:
    """Seconds for an INSERT … SELECT of the very rows that we wrote."""
    with stage.database() as connection:
        with connection.transaction():
            for table in WRITTEN:
                connection.execute(f"CREATE TEMPORARY TABLE same_{table} AS TABLE {table}")
            connection.execute(f"TRUNCATE {', '.join(WRITTEN)} CASCADE")
        began = time.perf_counter()
        with connection.transaction():
            for table in WRITTEN:
                connection.execute(f"INSERT INTO {table} SELECT * FROM same_{table}")  # noqa: S608
        return time.perf_counter() - began


def _clear(stage: Stage) -> None:
    with stage.database() as connection:
        connection.execute(f"TRUNCATE {', '.join(WRITTEN)} CASCADE")
        connection.execute("VACUUM (ANALYZE) learning_observation")
