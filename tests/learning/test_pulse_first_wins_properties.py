"""Any hires: what the figure says is what its definition says."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from learning.models import Path
from learning.reports import first_wins
from learning.reports.first_wins import FirstWins
from tenants.companies.models import Company
from tests.conftest import NOW, TODAY
from tests.learning.test_replanning_properties import undone
from tests.pulse import (
    BERLIN,
    crowd,
    nothing_hidden,
    planned,
    row_of,
    small_path,
)

pytestmark = pytest.mark.usefixtures("clock")

HIRES = st.fixed_dictionaries(
    {
        "hired": st.integers(12, 40),
        "rehired": st.none() | st.integers(12, 30),
        "status": st.sampled_from(["prehire", "active", "active", "leave", "terminated"]),
        "ended": st.none() | st.integers(5, 30),
        "paths": st.lists(
            st.fixed_dictionaries(
                {
                    "starts": st.integers(5, 40),
                    "due": st.integers(0, 30),
                    "status": st.sampled_from(["assigned", "in_progress", "paused", "withdrawn"]),
                    "paused": st.integers(0, 30),
                    "won": st.booleans(),
                    "step": st.none() | st.integers(0, 40 * 24),  # hours ago
                    "code": st.sampled_from(["gap", "gap", "not_seen", "everyone", "shown"]),
                    "quick": st.booleans(),
                }
            ),
            max_size=2,
        ),
    }
)


@settings(
    max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
@given(hires=st.lists(HIRES, min_size=1, max_size=6))
def test_it_says_what_a_reading_of_the_definition_says(acme: Company, hires: list[Any]) -> None:
    with undone(), nothing_hidden():
        paths = [small_path(name, "read") for name in ("One", "Two")]
        for hire in hires:
            _store(hire, paths)
        figure = first_wins(now=NOW, months=3)
    expected: dict[date, list[int]] = {}
    for hire in hires:
        if judged := _judged(hire):
            month, won, on_a_path = judged
            cohort = expected.setdefault(month, [0, 0, 0])
            for place, value in enumerate((1, won, on_a_path)):
                cohort[place] += value
    assert _numbers(figure) == expected


def _ago(days: int) -> date:
    return TODAY - timedelta(days=days)


def _store(hire: dict[str, Any], paths: list[Path]) -> None:
    [person] = crowd(
        1,
        hired_on=_ago(hire["hired"]),
        rehired_on=None if hire["rehired"] is None else _ago(hire["rehired"]),
        ended_on=None if hire["ended"] is None else _ago(hire["ended"]),
        employment_status=hire["status"],
    )
    for path, had in zip(paths, hire["paths"], strict=False):
        paused = had["status"] == "paused"
        assignment = row_of(
            person,
            path,
            starts_on=_ago(had["starts"]),
            first_win_due_on=_ago(had["due"]),
            status=had["status"],
            pause="hand" if paused else "",
            paused_on=_ago(had["paused"]) if paused else None,
            first_win_at=NOW if had["won"] else None,
        )
        if had["step"] is not None:
            planned(
                assignment,
                path.steps.get(),
                state="done",
                done_at=NOW - timedelta(hours=had["step"]),
                receipt_code=had["code"],
                quick_win=had["quick"],
            )


def _judged(hire: dict[str, Any]) -> tuple[date, bool, bool] | None:
    """The month, whether they won and were on a path; None where they are not counted."""
    began = _ago(hire["hired"] if hire["rehired"] is None else hire["rehired"])
    usual = began + timedelta(days=14)
    mine = [
        path
        for path in hire["paths"]
        if path["status"] != "withdrawn" and _ago(path["starts"]) < usual <= _ago(path["due"])
    ]
    due = max([usual, *(_ago(path["due"]) for path in mine)])
    still = any(
        path["status"] == "paused" and not path["won"] and path["paused"] >= path["due"]
        for path in mine
    )
    left = hire["ended"] is not None and began <= _ago(hire["ended"]) <= due
    if hire["status"] == "prehire" or due >= TODAY or still or left:
        return None
    won = any(
        path["step"] is not None
        and path["quick"]
        and path["code"] in ("gap", "not_seen")
        and began <= (NOW - timedelta(hours=path["step"])).astimezone(BERLIN).date() <= due
        for path in hire["paths"]
    )
    return began.replace(day=1), won, bool(mine)


def _numbers(figure: FirstWins) -> dict[date, list[Any]]:
    return {
        cohort.month: [cohort.won.of, cohort.won.met, cohort.on_a_path.met]
        for cohort in figure.cohorts
        if not cohort.won.hidden
    }
