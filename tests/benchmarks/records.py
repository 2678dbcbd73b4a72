"""Learning records to pull, and the least work that brings them all to a client."""

import time

from tests.api.commits import wait_until_shown
from tests.benchmarks.stage import Stage

PER_PERSON = 20  # 100,000 of 5,000 people
INSERT = """
INSERT INTO learning_learningrecord (uid, kind, occurred_at, payload)
SELECT gen_random_uuid(),
       (ARRAY['assignment.created', 'step.started', 'step.done', 'step.set_aside'])[n %% 4 + 1],
       '2026-11-18T08:30:00Z'::timestamptz + n * interval '1 second',
       jsonb_build_object(
           'person', jsonb_build_object(
               'uid', md5((n %% 5000)::text)::uuid, 'external_id', 'hris-' || n %% 5000,
               'employee_number', (n %% 5000)::text,
               'email', 'person.' || n %% 5000 || '@benchmark.example'),
           'path', jsonb_build_object(
               'uid', md5((n %% 30)::text)::uuid, 'name', 'From first call to signature'),
           'assignment', jsonb_build_object(
               'uid', md5(n::text)::uuid, 'claim', 'close deals faster',
               'outcome', 'Close deals faster'),
           'step', jsonb_build_object(
               'uid', md5((n %% 300)::text)::uuid, 'title', 'Open your next call with an agenda'))
FROM generate_series(%s::int, %s::int) AS n
"""
COPY = """
COPY (
    SELECT row_to_json(told) FROM (
        SELECT uid, kind, occurred_at, payload
        FROM learning_learningrecord ORDER BY transaction, id
    ) AS told
) TO STDOUT
"""
AT_A_TIME = 1000  # records of a transaction, as of a path given to many


def fill(stage: Stage) -> int:
    """Commit them in place of others, and let the planner know; returns how many there are.

    A transaction elsewhere would hold them back: it is waited for.
    """
    count = stage.people * PER_PERSON
    with stage.database() as connection:
        connection.execute("TRUNCATE learning_learningrecord")
        for first in range(0, count, AT_A_TIME):
            connection.execute(INSERT, [first, min(first + AT_A_TIME, count) - 1])
        connection.execute("VACUUM (ANALYZE) learning_learningrecord")
        wait_until_shown(connection)
    return count


def seconds_to_copy(stage: Stage) -> float:
    """By COPY, JSON built by PostgreSQL, over one connection that is there already."""
    with stage.database() as connection, connection.cursor() as cursor:
        began = time.perf_counter()
        with cursor.copy(COPY) as copy:
            for _ in copy:
                pass
        return time.perf_counter() - began
