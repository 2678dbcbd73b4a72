"""Celery's queue inside our own PostgreSQL, by PGMQ."""

from functools import cache
from typing import Any

import psycopg
from django.db import connection
from kombu.transport import pgmq
from pgmq import PGMQueue
from pgmq.install import get_embedded_install_sql, install_pgmq_sql
from psycopg.conninfo import make_conninfo

FULL = 0.05  # seconds
INSTALLING = 7_205_759  # advisory lock, for two processes that start at once
REACH = ("host", "port", "dbname", "user", "password", "sslmode", "sslrootcert")


class Channel(pgmq.Channel):
    """Declares a queue one process after the other: PGMQ makes its trigger anew each time."""

    def _new_queue(self, queue: str, **kwargs: Any) -> None:
        with psycopg.connect(database_conninfo()) as database:
            database.execute("SELECT pg_advisory_xact_lock(%s)", [INSTALLING])
            super()._new_queue(queue, **kwargs)  # type: ignore[no-untyped-call]


class Transport(pgmq.Transport):
    """PGMQ over the database of Django's default connection."""

    Channel = Channel

    def drain_events(  # type: ignore[override]  # kombu's own classes differ
        self, connection: Any, timeout: float | None = None
    ) -> None:
        """Looks up often while a worker's hands are full.

        Celery counts what was finished only between two looks, which last a second or two: two
        processes would get no more than two tasks a second, however short these are.
        """
        full = any(not channel.qos.can_consume() for channel in self.channels or ())
        super().drain_events(  # type: ignore[no-untyped-call]
            connection, timeout=FULL if full else timeout
        )

    def _create_pgmq_client(self) -> PGMQueue:
        conninfo = database_conninfo()
        install(conninfo)
        assert self.client is not None  # noqa: S101  # kombu sets it before
        self.client.transport_options = {
            **(self.client.transport_options or {}),
            "conn_string": conninfo,
        }
        return super()._create_pgmq_client()


def database_conninfo() -> str:
    """Django's database as a libpq connection string (a URL would lose a socket's folder)."""
    parameters = connection.get_connection_params()
    given = {name: str(parameters[name]) for name in REACH if parameters.get(name)}
    return make_conninfo(**{"password": "none", **given})


@cache
def install(conninfo: str) -> None:
    """Put PGMQ's tables and functions into the database unless they are there.

    The script that comes with the ``pgmq`` package can run once only, hence the look and the lock.
    """
    with psycopg.connect(conninfo) as database:
        database.execute("SELECT pg_advisory_xact_lock(%s)", [INSTALLING])
        missing = database.execute("SELECT to_regnamespace('pgmq') IS NULL").fetchone()
        if missing == (True,):
            install_pgmq_sql(get_embedded_install_sql(), conn=database)
