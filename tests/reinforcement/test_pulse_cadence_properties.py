"""Any managers, reports, paths and talks: what the figure says is what its definition says."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from learning.models import LearningRecord
from reinforcement.models import Conversation
from reinforcement.reports import cadence
from reinforcement.reports.cadence import Cadence
from tenants.companies.models import Company
from tenants.people.models import Department
from tests.conftest import NOW, TODAY
from tests.learning.test_replanning_properties import undone
from tests.pulse import (
    berlin,
    crowd,
    nothing_hidden,
    row_of,
    small_path,
)

LAST_SUNDAY = date(2026, 11, 15)
pytestmark = pytest.mark.usefixtures("clock")

STATUS = st.sampled_from(["active", "active", "active", "leave", "terminated"])
WORLD = st.fixed_dictionaries(
    {
        "managers": st.lists(st.tuples(STATUS, st.integers(0, 2)), min_size=3, max_size=3),
        "reports": st.lists(
            st.fixed_dictionaries(
                {
                    "manager": st.integers(0, 2),
                    "status": STATUS,
                    "hired": st.sampled_from([None, 0, 3, 20]),
                    "paths": st.lists(
                        st.lists(
                            st.tuples(
                                st.integers(0, 30),
                                st.sampled_from(["started", "paused", "resumed", "withdrawn"]),
                            ),
                            max_size=3,
                            unique_by=lambda event: event[0],
                        ),
                        max_size=2,
                    ),
                    "talks": st.sets(
                        st.tuples(st.integers(0, 2), st.sampled_from([-1, 0, 3, 14, 15, 17, 18])),
                        max_size=3,
                    ),
                }
            ),
            max_size=5,
        ),
    }
)
TEAMS = ("A", "B", "")


@settings(
    max_examples=80, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
@given(world=WORLD)
def test_it_says_what_a_reading_of_the_definition_says(acme: Company, world: Any) -> None:
    with undone(), nothing_hidden():
        _store(world)
        figure = cadence(now=NOW, weeks=3)
    sundays = [LAST_SUNDAY - timedelta(weeks=ago) for ago in (2, 1, 0)]
    assert _numbers(figure) == {
        day: counted for day in (*sundays, TODAY) if (counted := _counted(world, day))
    }


def _ago(days: int) -> date:
    return TODAY - timedelta(days=days)


def _store(world: Any) -> None:
    teams = [Department.objects.create(name=name) for name in TEAMS if name]
    paths = [small_path("One", "read"), small_path("Two", "read")]
    managers = [
        crowd(1, employment_status=status, department=[*teams, None][team])[0]
        for status, team in world["managers"]
    ]
    for each in world["reports"]:
        [report] = crowd(
            1,
            manager=managers[each["manager"]],
            employment_status=each["status"],
            hired_on=None if each["hired"] is None else _ago(each["hired"]),
        )
        for path, events in zip(paths, each["paths"], strict=False):
            status = "assigned" if _runs(events, 0) else "withdrawn"
            assignment = row_of(report, path, status=status)
            for ago, kind in [(40, "created"), *events]:
                LearningRecord.objects.create(
                    kind=f"assignment.{kind}",
                    occurred_at=berlin(_ago(ago), 0, 30),
                    person=report,
                    assignment=assignment,
                    payload={"person": {"uid": str(report.uid)}},
                )
        for manager, ago in each["talks"]:
            Conversation.objects.create(
                manager=managers[manager], report=report, held_on=_ago(ago), via="portal"
            )


def _runs(events: list[tuple[int, str]], ago: int) -> bool:
    """Whether the latest thing that happened to a path by a day lets it run."""
    happened = sorted((each for each in events if each[0] >= ago), reverse=True)
    return not happened or happened[-1][1] in ("started", "resumed")


def _counted(world: Any, day: date) -> dict[str, list[int]]:
    """Per team: managers, those who talk with everybody, pairs, and pairs that talk."""
    ago = (TODAY - day).days
    pairs: dict[int, list[bool]] = {}
    for each in world["reports"]:
        manager = each["manager"]
        here = (
            each["status"] == "active"
            if not ago
            else (each["hired"] is None or each["hired"] >= ago)
        )
        if not here or world["managers"][manager][0] != "active":
            continue
        if not any(_runs(events, ago) for events in each["paths"]):
            continue
        talked = any(
            (by == manager or ago) and (0 if ago else -1) <= held - ago <= 14
            for by, held in each["talks"]
        )
        pairs.setdefault(manager, []).append(talked)
    counted: dict[str, list[int]] = {}
    for manager, talks in pairs.items():
        team = counted.setdefault(TEAMS[world["managers"][manager][1]], [0] * 4)
        for place, value in enumerate((1, all(talks), len(talks), sum(talks))):
            team[place] += value
    return counted


def _numbers(figure: Cadence) -> dict[date, dict[str, list[Any]]]:
    return {
        day.day: {
            team.name: [
                team.talking.managers.of,
                team.talking.managers.met,
                team.talking.pairs.of,
                team.talking.pairs.met,
            ]
            for team in day.teams
        }
        for day in (*figure.weeks, figure.today)
        if day.teams
    }
