"""Signs that a path is clicked through rather than worked on: a reason to ask, not a verdict.

Counted per path. Who it is is never told, so that nobody can be ranked by it.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, NamedTuple

from learning import plans
from learning.models import Step
from learning.reports.small_groups import Share
from learning.reports.sql import fetch

WINDOW: Final = timedelta(weeks=12)
RUN: Final = timedelta(minutes=10)
LEFT: Final = timedelta(weeks=3)
Kind = Step.Kind
EXPOSING: Final = (Kind.DO_ON_THE_JOB, Kind.SHADOW, Kind.PRACTISE, Kind.TALK)
"""Where others see what somebody can do, and what not yet."""

SIGNALS: Final = """
WITH moves AS (
    SELECT assignment_id, min(done_at) AS first_at, max(done_at) AS last_at,
        max(position) FILTER (WHERE done_at <= %(left_since)s) AS reached
    FROM learning_planstep WHERE state = 'done' GROUP BY assignment_id
), runs AS (
    SELECT assignment_id, done_at,
        lead(done_at, 2) OVER (PARTITION BY assignment_id ORDER BY done_at) AS third_at
    FROM learning_planstep WHERE state = 'done' AND done_at >= %(since)s::timestamptz - %(run)s
), fast AS (
    SELECT DISTINCT assignment_id FROM runs
    WHERE third_at - done_at <= %(run)s AND third_at >= %(since)s
), firsts AS (
    SELECT DISTINCT ON (assignment_id) assignment_id, step.position, step.done_at,
        step.receipt_code = ANY(%(gaps)s) OR step.quick_win AS answers_a_gap
    FROM moves JOIN learning_planstep step USING (assignment_id)
    WHERE step.state = 'done' AND step.done_at = moves.first_at
    ORDER BY assignment_id, step.position
), jumped AS (
    SELECT DISTINCT assignment_id
    FROM firsts JOIN learning_planstep waiting USING (assignment_id)
    WHERE NOT firsts.answers_a_gap
      AND waiting.receipt_code = ANY(%(gaps)s) AND waiting.state <> 'set_aside'
      AND waiting.position < firsts.position
      AND (waiting.started_at IS NULL OR waiting.started_at > firsts.done_at)
), waits AS (
    SELECT DISTINCT assignment_id
    FROM moves JOIN learning_planstep waiting USING (assignment_id)
    JOIN learning_step step ON step.id = waiting.step_id
    WHERE waiting.receipt_code = ANY(%(gaps)s) AND waiting.state = 'to_do'
      AND step.kind = ANY(%(exposing)s) AND waiting.position < moves.reached
), plans AS (
    SELECT assignment.id AS assignment_id, assignment.path_id, assignment.person_id,
        assignment.status = 'in_progress' AND person.employment_status = 'active' AS running,
        coalesce(moves.last_at >= %(since)s, false) AS moved,
        coalesce(moves.first_at >= %(since)s, false) AS began
    FROM learning_assignment assignment
    JOIN people_person person ON person.id = assignment.person_id
    LEFT JOIN moves ON moves.assignment_id = assignment.id
    WHERE assignment.status <> 'withdrawn'
)
SELECT path.name, role.name,
    count(*) FILTER (WHERE moved),
    count(DISTINCT person_id) FILTER (WHERE moved),
    count(fast.assignment_id) FILTER (WHERE moved),
    count(*) FILTER (WHERE began),
    count(DISTINCT person_id) FILTER (WHERE began),
    count(jumped.assignment_id) FILTER (WHERE began),
    count(*) FILTER (WHERE running),
    count(DISTINCT person_id) FILTER (WHERE running),
    count(waits.assignment_id) FILTER (WHERE running)
FROM plans
JOIN learning_path path ON path.id = plans.path_id
JOIN learning_role role ON role.id = path.role_id
LEFT JOIN fast USING (assignment_id)
LEFT JOIN jumped USING (assignment_id)
LEFT JOIN waits USING (assignment_id)
WHERE moved OR began OR running
GROUP BY path.id, role.id ORDER BY role.name, path.name
"""


@dataclass(frozen=True)
class Signals:
    """Shares of the assignments of one path; see `gaming` for what each counts."""

    path: str
    role: str
    fast_runs: Share
    no_gap_first: Share
    left_waiting: Share


class _Row(NamedTuple):
    path: str
    role: str
    moved: int
    moved_people: int
    fast: int
    began: int
    began_people: int
    jumped: int
    running: int
    running_people: int
    waits: int


def gaming(*, now: datetime, window: timedelta = WINDOW) -> tuple[Signals, ...]:
    """Signals of gaming, per path, of assignments that were not withdrawn. One query.

    `fast_runs`: three steps or more marked done within ten minutes, the third of them in the
    window, of whatever kind: what is done that fast was easy, or was noted together at the end of
    a week; of assignments with any step done in the window.
    `no_gap_first`: the first step ever done was on no gap (everybody does it, or it was set aside,
    and it is no quick win for a gap) while a step on a gap that stands before it in the plan had
    not been begun; of assignments whose first step was done in the window.
    `left_waiting`: a step on a gap that others would see (do on the job, shadow, practise, talk)
    is still to do, though a step behind it was done three weeks ago or earlier; of assignments in
    progress now, of people at work.
    Places in a plan are those of today. The window ends now. Each share is hidden where its
    assignments are of fewer than five people; there is no figure of all paths together, since
    people are on several.
    """
    rows = fetch(
        _Row,
        SIGNALS,
        since=now - window,
        run=RUN,
        left_since=now - LEFT,
        gaps=[plans.GAP, plans.NOT_SEEN],
        exposing=[kind.value for kind in EXPOSING],
    )
    return tuple(
        Signals(
            path=row.path,
            role=row.role,
            fast_runs=Share.about(row.moved_people, met=row.fast, of=row.moved),
            no_gap_first=Share.about(row.began_people, met=row.jumped, of=row.began),
            left_waiting=Share.about(row.running_people, met=row.waits, of=row.running),
        )
        for row in rows
    )
