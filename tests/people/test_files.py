"""A file of people on its way in: kept, rehearsed, imported once, forgotten."""

from datetime import timedelta
from typing import Any

import pytest
from time_machine import Traveller

from tenants.companies.models import Company
from tenants.people import tasks
from tenants.people.actions import files as files_module
from tenants.people.actions import (
    follow_up,
    forget_file,
    forget_old_files,
    import_file,
    keep_file,
    preview_file,
    run_queued,
)
from tenants.people.admin.imports.columns import GROUPS
from tenants.people.exports import FIELDS, ExportError
from tenants.people.kept_tables import kept_table
from tenants.people.models import ColumnChoice, PeopleFile, Person, SyncRun
from tenants.people.sync.packing import unpack
from tests.people.hris import Sync, row

CSV = """\
Employee #,First Name,Last Name,Work Email,Salary
1,Uma,Berg,uma@acme.example,90000
2,Ivo,Lund,nonsense,80000
"""
FIELDS_OF_CSV = ["employee_number", "given_name", "family_name", "email", ""]


@pytest.fixture(autouse=True)
def _no_queue(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tasks.run_sync, "delay", lambda _: None)


@pytest.fixture
def keep(acme: Company, olive: Person) -> Any:
    """``keep(csv)``: uploaded by Olive."""

    def kept(csv: str = CSV, mode: SyncRun.Mode = SyncRun.Mode.PARTIAL) -> PeopleFile:
        return keep_file(name="people.csv", content=csv.encode(), mode=mode, actor=olive)

    return kept


def imported(file: PeopleFile, olive: Person, **options: Any) -> SyncRun:
    run = import_file(file=file, actor=olive, **options)
    tasks.run_sync(str(run.uid))
    run.refresh_from_db()
    file.refresh_from_db()
    return run


def test_a_rehearsal_foretells_the_import(keep: Any, olive: Person) -> None:
    file = keep()
    rehearsal = preview_file(file=file, fields=FIELDS_OF_CSV, actor=olive)
    assert (rehearsal.state, rehearsal.dry_run) == ("finished", True)
    assert (rehearsal.created, rehearsal.failed) == (1, 1)
    assert not Person.objects.filter(given_name="Uma").exists()

    foretold = unpack(rehearsal.outcomes)
    run = imported(file, olive)
    assert (run.source, run.origin, run.actor) == ("file", "people.csv", olive)
    assert (run.created, run.failed, run.state) == (1, 1, "finished")
    came_true = unpack(run.outcomes)
    assert came_true[0].pop("uid") == str(Person.objects.get(given_name="Uma").uid)
    assert foretold[0].pop("uid") is None
    assert came_true == foretold


def test_an_imported_file_keeps_only_what_was_read_of_its_refused_rows(
    keep: Any, olive: Person
) -> None:
    file = keep()
    preview_file(file=file, fields=FIELDS_OF_CSV, actor=olive)
    run = imported(file, olive)
    assert kept_table(file.content).lines == [(3, ["2", "Ivo", "Lund", "nonsense", ""])]
    assert file.preview is None
    assert not SyncRun.objects.filter(dry_run=True).exists()
    follow_up(str(run.uid))
    file.refresh_from_db()
    assert len(kept_table(file.content).lines) == 1


def test_an_imported_file_without_refused_rows_is_forgotten(keep: Any, olive: Person) -> None:
    file = keep(CSV.replace("nonsense", "ivo@acme.example"))
    preview_file(file=file, fields=FIELDS_OF_CSV, actor=olive)
    assert imported(file, olive).created == 2
    assert file.content is None


def test_a_file_is_imported_once_however_often_it_is_asked_for(keep: Any, olive: Person) -> None:
    file = keep()
    preview_file(file=file, fields=FIELDS_OF_CSV, actor=olive)
    first, second = (import_file(file=file, actor=olive) for _ in range(2))
    assert first == second
    assert SyncRun.objects.filter(dry_run=False).count() == 1
    run_queued(str(first.uid))
    assert import_file(file=file, actor=olive) == first
    with pytest.raises(ExportError, match="imported already"):
        preview_file(file=file, fields=FIELDS_OF_CSV, actor=olive)


def test_an_import_that_failed_can_be_tried_again(
    keep: Any, olive: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = keep()
    preview_file(file=file, fields=FIELDS_OF_CSV, actor=olive)
    failed = import_file(file=file, actor=olive)
    SyncRun.objects.filter(pk=failed.pk).update(state=SyncRun.State.FAILED)
    again = imported(file, olive)
    assert again != failed
    assert again.created == 1


def test_choices_are_remembered_by_heading_and_the_last_one_counts(
    keep: Any, olive: Person
) -> None:
    for fields in (FIELDS_OF_CSV, [*FIELDS_OF_CSV[:4], "location"]):
        preview_file(file=keep(), fields=fields, actor=olive)
    assert dict(ColumnChoice.objects.values_list("heading", "field")) == {
        "employee": "employee_number",
        "firstname": "given_name",
        "lastname": "family_name",
        "workemail": "email",
        "salary": "location",
    }


def test_a_new_rehearsal_takes_the_place_of_the_last(keep: Any, olive: Person) -> None:
    file = keep()
    preview_file(file=file, fields=FIELDS_OF_CSV, actor=olive)
    second = preview_file(file=file, fields=FIELDS_OF_CSV, actor=olive)
    assert SyncRun.objects.get() == second


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        (["", "given_name", "", "", ""], "No column tells people apart"),
        (["employee_number", "given_name", "given_name", "", ""], "say the same"),
        (["employee_number"], "5 columns and 1 were chosen"),
    ],
)
def test_columns_that_make_no_sense_change_nothing(
    keep: Any, olive: Person, fields: list[str], told: str
) -> None:
    file = keep()
    with pytest.raises(ExportError, match=told):
        preview_file(file=file, fields=fields, actor=olive)
    file.refresh_from_db()
    assert file.fields == []
    assert not ColumnChoice.objects.exists()


def test_many_rows_wait_for_a_worker(
    keep: Any, olive: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files_module, "AT_ONCE", 1)
    file = keep()
    run = preview_file(file=file, fields=FIELDS_OF_CSV, actor=olive)
    assert (run.state, run.dry_run, run.rows) == ("waiting", True, 2)
    tasks.run_sync(str(run.uid))
    run.refresh_from_db()
    assert (run.state, run.created) == ("finished", 1)


@pytest.mark.parametrize("at_once", [1, 1_000])
def test_a_rehearsal_shows_who_would_leave_and_says_what_is_refused(
    keep: Any, olive: Person, sync: Sync, monkeypatch: pytest.MonkeyPatch, at_once: int
) -> None:
    sync(*(row(number) for number in range(100, 110)))
    monkeypatch.setattr(files_module, "AT_ONCE", at_once)
    file = keep(mode=SyncRun.Mode.COMPLETE)
    preview_file(file=file, fields=FIELDS_OF_CSV, actor=olive)
    for _ in range(2):  # at first refused, then as if confirmed
        file.refresh_from_db()
        assert file.preview
        tasks.run_sync(str(file.preview.uid))
    file.refresh_from_db()
    assert file.preview
    assert (file.preview.state, file.preview.deactivated) == ("finished", 10)
    assert "10 of 11 active people" in file.preview.detail
    assert not Person.objects.filter(employment_status="terminated").exists()

    refused = imported(file, olive)
    assert refused.state == "refused"
    assert file.content is not None
    assert imported(file, olive, confirm=True).deactivated == 10


def test_what_was_left_half_way_is_forgotten_after_a_week(
    keep: Any, olive: Person, clock: Traveller
) -> None:
    file = keep()
    preview_file(file=file, fields=FIELDS_OF_CSV, actor=olive)
    clock.shift(timedelta(days=6))
    assert forget_old_files() == 0
    clock.shift(timedelta(days=2))
    tasks.keep_up()
    file.refresh_from_db()
    assert (file.content, file.preview) == (None, None)
    assert not SyncRun.objects.filter(source="file").exists()
    with pytest.raises(ExportError, match="upload it again"):
        import_file(file=file, actor=olive)


def test_a_file_that_is_not_wanted_goes_with_its_rehearsal(keep: Any, olive: Person) -> None:
    file = keep()
    preview_file(file=file, fields=FIELDS_OF_CSV, actor=olive)
    file.refresh_from_db()
    forget_file(file=file)
    assert not PeopleFile.objects.exists()
    assert not SyncRun.objects.exists()


def test_every_field_a_column_can_be_is_offered_once() -> None:
    offered = [name for names in GROUPS.values() for name in names]
    assert sorted(offered) == sorted(FIELDS)
