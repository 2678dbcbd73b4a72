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
WITH plan AS (
    SELECT assignment.id AS assignment_id, assignment.path_id, assignment.person_id,
        assignment.status = 'in_progress' AND person.employment_status = 'active' AS running,
        step.kind, planned.position, planned.state, planned.started_at, planned.done_at,
        planned.receipt_code = ANY(%(gaps)s) AND planned.state <> 'set_aside' AS on_a_gap,
        planned.receipt_code = ANY(%(gaps)s) OR planned.quick_win AS answers_a_gap
    FROM learning_planstep planned
    JOIN learning_assignment assignment ON assignment.id = planned.assignment_id
    JOIN people_person person ON person.id = assignment.person_id
    JOIN learning_step step ON step.id = planned.step_id
    WHERE assignment.status <> 'withdrawn'
), runs AS (
    SELECT assignment_id, done_at,
        lead(done_at, 2) OVER (PARTITION BY assignment_id ORDER BY done_at) AS third_at
    FROM plan WHERE state = 'done'
), fast AS (
    SELECT DISTINCT assignment_id FROM runs
    WHERE third_at - done_at <= %(run)s AND third_at >= %(since)s
), firsts AS (
    SELECT DISTINCT ON (assignment_id) assignment_id, position, done_at, answers_a_gap
    FROM plan WHERE state = 'done' ORDER BY assignment_id, done_at, position
), jumped AS (
    SELECT DISTINCT firsts.assignment_id
    FROM firsts JOIN plan waiting USING (assignment_id)
    WHERE NOT firsts.answers_a_gap
      AND waiting.on_a_gap AND waiting.position < firsts.position
      AND (waiting.started_at IS NULL OR waiting.started_at > firsts.done_at)
), reached AS (
    SELECT assignment_id, max(position) AS position
    FROM plan WHERE state = 'done' AND done_at <= %(left_since)s GROUP BY assignment_id
), waits AS (
    SELECT DISTINCT assignment_id
    FROM reached JOIN plan waiting USING (assignment_id)
    WHERE waiting.state = 'to_do' AND waiting.on_a_gap AND waiting.kind = ANY(%(exposing)s)
      AND waiting.position < reached.position
), paths AS (
    SELECT assignment_id, path_id, person_id, bool_or(running) AS running,
        coalesce(bool_or(state = 'done' AND done_at >= %(since)s), false) AS moved,
        coalesce(min(done_at) FILTER (WHERE state = 'done') >= %(since)s, false) AS began
    FROM plan GROUP BY assignment_id, path_id, person_id
)
SELECT path.name, role.name,
    count(*) FILTER (WHERE moved),
    count(DISTINCT person_id) FILTER (WHERE moved),
    count(*) FILTER (WHERE moved AND fast.assignment_id IS NOT NULL),
    count(*) FILTER (WHERE began),
    count(DISTINCT person_id) FILTER (WHERE began),
    count(*) FILTER (WHERE began AND jumped.assignment_id IS NOT NULL),
    count(*) FILTER (WHERE running),
    count(DISTINCT person_id) FILTER (WHERE running),
    count(*) FILTER (WHERE running AND waits.assignment_id IS NOT NULL)
FROM paths
JOIN learning_path path ON path.id = paths.path_id
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
