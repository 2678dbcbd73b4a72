"""Looking for somebody in everything that a company has stored."""

import json
import re
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path

from django.conf import settings
from django.contrib.sessions.models import Session

from api.models import KeptAnswer
from tenants.companies.connections import connection

COLUMNS = """
SELECT table_schema, table_name, column_name, data_type FROM information_schema.columns
JOIN information_schema.tables USING (table_schema, table_name)
WHERE table_type = 'BASE TABLE' AND table_schema IN (current_schema(), 'public', 'pgmq')
"""


def traces(words: Iterable[str]) -> set[str]:
    """``table.column`` of each that holds one of the words, whatever its case; files by name."""
    wanted = "|".join(re.escape(word) for word in words)
    found = set()
    with connection.cursor() as cursor:
        cursor.execute(COLUMNS)
        columns = cursor.fetchall()
        assert len(columns) > 300
        for schema, table, column, kind in columns:
            place = f'"{schema}"."{table}"'
            if kind == "bytea":
                cursor.execute(f'SELECT "{column}" FROM {place} WHERE "{column}" IS NOT NULL')  # noqa: S608
                texts = [zlib.decompress(bytes(row)).decode() for (row,) in cursor.fetchall()]
                hit = any(re.search(wanted, text, re.IGNORECASE) for text in texts)
            else:
                cursor.execute(
                    f'SELECT 1 FROM {place} WHERE "{column}"::text ~* %s LIMIT 1',  # noqa: S608
                    [wanted],
                )
                hit = cursor.fetchone() is not None
            if hit:
                found.add(f"{table}.{column}")
    return found | set(_hidden(wanted)) | set(_files(wanted))


def _hidden(wanted: str) -> Iterator[str]:
    """What is in tables and yet not as text."""
    for session in Session.objects.all():
        if re.search(wanted, json.dumps(session.get_decoded(), default=str), re.IGNORECASE):
            yield "django_session.session_data"
    for kept in KeptAnswer.objects.all():
        if re.search(wanted, kept.unpacked().content.decode(), re.IGNORECASE):
            yield "api_keptanswer.body"


def _files(wanted: str) -> Iterator[str]:
    for file in Path(settings.MEDIA_ROOT).rglob("*"):
        if file.is_file() and re.search(wanted.encode(), file.read_bytes(), re.IGNORECASE):
            yield str(file)
