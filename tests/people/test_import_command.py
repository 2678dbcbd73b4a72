"""``manage.py people import``: what it says, and what it refuses."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from tenants.companies.models import Company
from tenants.people.models import Person, SyncRun


def write(folder: Path, *lines: str) -> str:
    file = folder / "people.csv"
    file.write_text("\n".join(["Employee #,First Name,Work Email,Salary", *lines]))
    return str(file)


def run(file: str, *options: str, company: str = "acme") -> str:
    out = StringIO()
    call_command("people", "import", file, f"--company={company}", *options, stdout=out)
    return out.getvalue()


def test_people_come_in_and_the_counts_are_told(acme: Company, tmp_path: Path) -> None:
    told = run(write(tmp_path, "1,Ada,ada@acme.example,1", "2,Bo,bo@acme.example,1"))
    assert "2 created, 0 updated, 0 unchanged, 0 deactivated, 0 refused." in told
    assert "Not read, not stored: Salary." in told
    assert Person.objects.count() == 2
    assert SyncRun.objects.get().source == "file"


def test_a_dry_run_says_that_nothing_was_written(acme: Company, tmp_path: Path) -> None:
    told = run(write(tmp_path, "1,Ada,ada@acme.example,1"), "--dry-run")
    assert "1 created" in told
    assert "Nothing was written" in told
    assert not Person.objects.exists()


def test_a_refused_row_is_named_and_fails_the_command(acme: Company, tmp_path: Path) -> None:
    file = write(tmp_path, "1,Ada,ada@acme.example,1", "2,Bo,bo,1")
    out = StringIO()
    with pytest.raises(CommandError, match="1 of 2 rows were refused") as failed:
        call_command("people", "import", file, "--company=acme", stdout=out)
    assert failed.value.returncode == 1
    assert "Line 3, refused: email: 'bo' is not an e-mail address." in out.getvalue()
    assert Person.objects.get().given_name == "Ada"


def test_a_company_nobody_knows_is_told(acme: Company, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="There is no company 'hooli'"):
        run(write(tmp_path, "1,Ada,,"), company="hooli")


def test_a_file_that_cannot_be_read_is_told(acme: Company) -> None:
    with pytest.raises(CommandError, match=r"/nowhere\.csv cannot be read"):
        run("/nowhere.csv")


def test_a_half_empty_export_needs_to_be_confirmed(acme: Company, tmp_path: Path) -> None:
    run(write(tmp_path, *(f"{number},Ada,," for number in range(1, 11))))
    half = write(tmp_path, "1,Ada,,")
    with pytest.raises(CommandError, match=r"deactivate 9 of 10 active people.*add --confirm"):
        run(half, "--mode", "complete")
    assert "9 deactivated" in run(half, "--mode", "complete", "--confirm")


def test_the_other_company_sees_none_of_it(acme: Company, globex: Company, tmp_path: Path) -> None:
    run(write(tmp_path, "1,Ada,,"), company="globex")
    assert not Person.objects.exists()
