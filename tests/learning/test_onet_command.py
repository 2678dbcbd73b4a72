"""``manage.py onet``: what it says, and what it refuses."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from learning.models import Occupation
from tenants.companies.context import working_for
from tenants.companies.models import Company
from tests.learning.onet import (
    NAMES,
    OCCUPATIONS,
    PUBLISHED,
    TASKS,
    needs_the_published_tables,
    zipped,
)


def onet(*arguments: str | Path, company: str = "acme") -> str:
    out = StringIO()
    call_command("onet", *map(str, arguments), f"--company={company}", stdout=out)
    return out.getvalue()


def written(folder: Path, tasks: str = TASKS) -> list[Path]:
    folder.mkdir(exist_ok=True)
    paths = [folder / name for name in NAMES]
    for path, text in zip(paths, (OCCUPATIONS, tasks), strict=True):
        path.write_text(text)
    return paths


def test_the_zip_is_imported_and_the_counts_are_told(acme: Company, tmp_path: Path) -> None:
    path = tmp_path / "db_30_3_text.zip"
    path.write_bytes(zipped())
    assert onet("import", path) == "O*NET 30.3: 4 occupations, 7 tasks.\n"
    assert Occupation.objects.count() == 4


def test_the_folder_of_the_tables_tells_the_release(acme: Company, tmp_path: Path) -> None:
    assert "O*NET 18.1: 4 occupations" in onet("import", *written(tmp_path / "db_18_1"))
    assert "O*NET 29: 4 occupations" in onet("import", *written(tmp_path), "--release=29")


def test_what_was_left_out_is_told(acme: Company, tmp_path: Path) -> None:
    told = onet("import", *written(tmp_path, TASKS + "00-0000.00\t9\tLead.\tCore\n"))
    assert "Note: Task Statements.txt: 1 task was left out, as no occupation has" in told


def test_a_file_that_is_none_of_the_tables_is_refused(acme: Company, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="line 1: the column “Task Type” is missing"):
        onet("import", *written(tmp_path, TASKS.replace("Task Type", "Kind")))
    with pytest.raises(CommandError, match=r"/nowhere\.zip cannot be read: No such file"):
        onet("import", "/nowhere.zip")
    assert not Occupation.objects.exists()


def test_occupations_are_searched(acme: Company, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="has no O\\*NET tables yet"):
        onet("search", "managers")
    onet("import", *written(tmp_path))
    assert onet("search", "sales", "manager") == "11-2022.00  Sales Managers (2 core tasks)\n"
    with pytest.raises(CommandError, match="No occupation has the words 'astronaut'"):
        onet("search", "astronaut")


def test_only_the_company_that_was_named_gets_them(
    acme: Company, globex: Company, tmp_path: Path
) -> None:
    onet("import", *written(tmp_path), company="globex")
    assert not Occupation.objects.exists()
    with working_for(globex):
        assert Occupation.objects.count() == 4
    with pytest.raises(CommandError, match="There is no company 'hooli'"):
        onet("search", "x", company="hooli")


@needs_the_published_tables
def test_the_published_tables_are_imported(acme: Company) -> None:
    told = onet("import", *(PUBLISHED / name for name in NAMES), "--release=18.1")
    assert told == "O*NET 18.1: 1,110 occupations, 19,450 tasks.\n"
