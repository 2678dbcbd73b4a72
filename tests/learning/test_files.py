"""A step gains and loses files; whoever is on its path keeps those they have."""

from pathlib import Path as Folder

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import TemporaryUploadedFile
from django.db import IntegrityError
from pytest_django import DjangoCaptureOnCommitCallbacks

from learning.actions import add_file, keep_version, remove_file
from learning.files import FileRefused, files_visible_to
from learning.models import Path, Step, StepFile
from tenants.companies.context import working_for
from tenants.companies.models import Company
from tenants.people.models import Person
from tests.learning import tiny_files as tiny
from tests.learning.cast import Assign, plan_of
from tests.learning.tiny_files import contents, upload


@pytest.fixture
def a_step(sales_path: Path, stored: Folder) -> Step:
    return sales_path.steps.all()[0]


def test_a_file_is_stored_under_a_random_name_in_the_companys_folder(
    a_step: Step, stored: Folder
) -> None:
    first, second = (add_file(step=a_step, upload=upload("plan.pdf", tiny.PDF)) for _ in range(2))
    assert (first.name, first.size, first.media_type) == (
        "plan.pdf",
        len(tiny.PDF),
        "application/pdf",
    )
    assert first.content.name != second.content.name
    assert "plan" not in str(first.content.name)
    assert contents(stored / "c_acme" / "steps") == contents(stored) == [tiny.PDF] * 2


def test_a_large_upload_that_waits_on_the_disk_is_stored_too(a_step: Step, stored: Folder) -> None:
    with TemporaryUploadedFile("plan.pdf", "text/html", len(tiny.PDF), None) as waiting:
        waiting.write(tiny.PDF)
        waiting.seek(0)
        add_file(step=a_step, upload=waiting)
    assert contents(stored) == [tiny.PDF]


def test_one_companys_file_is_not_in_the_folder_of_another(
    a_step: Step, stored: Folder, globex: Company
) -> None:
    file = add_file(step=a_step, upload=upload("plan.pdf", tiny.PDF))
    with working_for(globex), pytest.raises(FileNotFoundError):
        StepFile(content=file.content.name).content.open()


def test_a_refused_file_leaves_nothing(a_step: Step, stored: Folder) -> None:
    with pytest.raises(FileRefused):
        add_file(step=a_step, upload=upload("plan.pdf", tiny.PNG))
    assert not StepFile.objects.exists()
    assert contents(stored) == []


def test_a_row_that_cannot_be_written_leaves_nothing_stored(
    a_step: Step, stored: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise IntegrityError

    monkeypatch.setattr(StepFile, "save", fail)
    with pytest.raises(IntegrityError):
        add_file(step=a_step, upload=upload("plan.pdf", tiny.PDF))
    assert contents(stored) == []


def test_removing_a_file_removes_what_is_stored_once_that_is_certain(
    a_step: Step,
    stored: Folder,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    file = add_file(step=a_step, upload=upload("plan.pdf", tiny.PDF))
    with django_capture_on_commit_callbacks(execute=True):
        remove_file(file=file)
        assert contents(stored) == [tiny.PDF]
    assert not StepFile.objects.exists()
    assert contents(stored) == []


def test_who_is_on_the_path_keeps_a_removed_file_and_gets_no_new_one(
    a_step: Step,
    assign: Assign,
    lee: Person,
    stored: Folder,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    file = add_file(step=a_step, upload=upload("plan.pdf", tiny.PDF))
    assignment = assign(lee).assignments[0]
    with django_capture_on_commit_callbacks(execute=True):
        remove_file(file=file)
        add_file(step=a_step, upload=upload("board.png", tiny.PNG))
    (held,) = [each for each in plan_of(assignment) if each.step.identity == a_step.uid]
    assert [each.name for each in held.step.files.all()] == ["plan.pdf"]
    assert [each.name for each in a_step.files.all()] == ["board.png"]
    assert contents(stored) == sorted([tiny.PDF, tiny.PNG])

    with django_capture_on_commit_callbacks(execute=True):
        held.step.files.all().delete()
    assert contents(stored) == [tiny.PNG]


def test_a_kept_step_neither_gains_nor_loses_files(
    a_step: Step, assign: Assign, lee: Person
) -> None:
    add_file(step=a_step, upload=upload("plan.pdf", tiny.PDF))
    assign(lee)
    keep_version(path=a_step.path)
    kept = Step.every.exclude(version=None).get(copy_of=a_step.uid)
    with pytest.raises(ValidationError, match="stays as it is"):
        add_file(step=kept, upload=upload("plan.pdf", tiny.PDF))
    with pytest.raises(ValidationError, match="stays as it is"):
        remove_file(file=kept.files.get())


def test_with_a_step_its_files_go(
    a_step: Step,
    stored: Folder,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    add_file(step=a_step, upload=upload("plan.pdf", tiny.PDF))
    with django_capture_on_commit_callbacks(execute=True):
        a_step.delete()
    assert contents(stored) == []


def test_a_link_from_before_the_path_changed_still_leads_to_the_file(
    a_step: Step, assign: Assign, lee: Person, nia: Person
) -> None:
    file = add_file(step=a_step, upload=upload("plan.pdf", tiny.PDF))
    assign(lee)
    later = add_file(step=a_step, upload=upload("board.png", tiny.PNG))
    assert files_visible_to(lee).contains(file)
    assert not files_visible_to(lee).contains(later)
    assert not files_visible_to(nia).contains(file)
