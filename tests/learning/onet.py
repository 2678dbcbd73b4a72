"""Small O*NET tables, and the published ones where they are at hand."""

import io
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest
from django.conf import settings

from learning.actions import replace_occupations
from learning.models import Occupation
from learning.onet.files import File
from learning.onet.reading import Database, read_database

PUBLISHED = Path(settings.BASE_DIR).parent / "shared/data/onet"
needs_the_published_tables = pytest.mark.skipif(
    not PUBLISHED.is_dir(), reason=f"the O*NET tables are not at {PUBLISHED}: nothing was read"
)

OCCUPATIONS = """\
O*NET-SOC Code\tTitle\tDescription
11-2022.00\tSales Managers\tPlan or direct the distribution of a product to the customer.
13-2011.01\tAccountants\tAnalyze financial information for managers and customers.
15-1199.02\tSystems Engineers\tDesign solutions to complex application problems.
99-9999.00\tAll Other Workers\tAll those who are not named.
"""
TASKS = """\
O*NET-SOC Code\tTask ID\tTask\tTask Type\tIncumbents Responding\tDate\tDomain Source
11-2022.00\t1\tResolve customer complaints regarding sales and service.\tCore\t92\t07/2014\t
11-2022.00\t2\tMonitor customer preferences to determine focus of sales efforts.\tCore\t\t\t
11-2022.00\t3\tConduct "head counts" at fairs.\tSupplemental\t\t\t
13-2011.01\t4\tPrepare reports.\tCORE\t\t\t
13-2011.01\t5\tResolve customer complaints regarding sales and service.\tCore\t\t\t
15-1199.02\t6\tDesign systems.\tn/a\t\t\t
15-1199.02\t7\tTest systems.\t\t\t\t
"""
NAMES = ("Occupation Data.txt", "Task Statements.txt")


def files(occupations: str | bytes = OCCUPATIONS, tasks: str | bytes = TASKS) -> list[File]:
    return [
        File(name, content.encode() if isinstance(content, str) else content)
        for name, content in zip(NAMES, (occupations, tasks), strict=True)
    ]


def zipped(more: Mapping[str, bytes] | None = None, folder: str = "db_30_3_text/") -> bytes:
    """The tables as they are published; `more` are other members by name."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in zip(NAMES, (OCCUPATIONS, TASKS), strict=True):
            archive.writestr(folder + name, text)
        for name, body in (more or {}).items():
            archive.writestr(name, body)
    return content.getvalue()


def stored(database: Database | None = None) -> None:
    replace_occupations(database=database or read_database(files(), release="18.1"))


def occupation(title: str) -> Occupation:
    return Occupation.objects.get(title=title)
