"""The tables in the company's own schema."""

from collections.abc import Iterable

from django.db import connection

from learning.models import Occupation, OccupationTask
from learning.onet.reading import Database
from learning.onet.rows import PublishedTask

OCCUPATIONS, TASKS = (model._meta.db_table for model in (Occupation, OccupationTask))
# whoever else replaces the tables, or starts a role from them, waits; whoever reads does not
LOCK = f"LOCK TABLE {OCCUPATIONS} IN SHARE ROW EXCLUSIVE MODE"
CLEAR = f"DELETE FROM {TASKS}; DELETE FROM {OCCUPATIONS}"  # noqa: S608  # names of tables
COPY_OCCUPATIONS = f"COPY {OCCUPATIONS} (code, title, description, release) FROM STDIN"
COPY_TASKS = f"COPY {TASKS} (occupation_id, number, text, core) FROM STDIN"


def lock_occupations() -> None:
    """Until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute(LOCK)


def store(database: Database, tasks: Iterable[PublishedTask]) -> None:
    """Put these in the place of what is there; `tasks` are the database's, to be watched on their
    way. In a transaction that holds the lock. Five statements, however many rows."""
    with connection.cursor() as cursor:
        cursor.execute(CLEAR)
        with cursor.copy(COPY_OCCUPATIONS) as copy:
            for code, title, description in database.occupations:
                copy.write_row((code, title, description, database.release))
        cursor.execute(f"SELECT code, id FROM {OCCUPATIONS}")  # noqa: S608
        ids = dict(cursor.fetchall())
        with cursor.copy(COPY_TASKS) as copy:
            for code, number, text, core in tasks:
                copy.write_row((ids[code], number, text, core))
