"""L&D adds files to a step and takes them away, on the step's page."""

from pathlib import Path as Folder
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from pytest_django import DjangoCaptureOnCommitCallbacks

from learning.actions import add_file
from learning.admin import uploads
from learning.models import Path, Step, StepFile
from tenants.companies.models import Company
from tenants.people.models import Person
from tests.console.cast import MakePerson, Visit, rows
from tests.learning import tiny_files as tiny
from tests.learning.tiny_files import contents, upload

NEW = "files-0-upload"  # the field, where the step has no file yet


@pytest.fixture
def step(sales_path: Path, stored: Folder) -> Step:
    return sales_path.steps.get(slug="three-question-opener")


@pytest.fixture
def page(step: Step) -> str:
    return f"/admin/learning/step/{step.pk}/change/"


@pytest.fixture
def client(acme: Company, olive: Person, visit: Visit) -> Client:
    """Olive's browser."""
    return visit(acme, olive)


def errors(response: Any, field: str = "upload") -> list[str]:
    """What the page says at a field of its rows for files."""
    (files,) = (
        inline.formset
        for inline in response.context["inline_admin_formsets"]
        if inline.formset.prefix == "files"
    )
    return [message for form in files.forms for message in form.errors.get(field, [])]


def test_several_files_are_added_at_once(client: Client, page: str, step: Step) -> None:
    values = rows(client, page)
    values[NEW] = [upload("plan.pdf", tiny.PDF), upload("board.png", tiny.PNG)]
    assert client.post(page, values).status_code == 302

    assert [file.name for file in step.files.all()] == ["plan.pdf", "board.png"]
    shown = client.get(page).text
    for file in step.files.all():
        assert f'href="/files/{file.uid}/"' in shown
    assert "PNG picture" in shown
    assert f"{len(tiny.PNG)}\xa0bytes" in shown
    assert 'enctype="multipart/form-data"' in shown


def test_a_page_saved_without_files_adds_none(client: Client, page: str, step: Step) -> None:
    add_file(step=step, upload=upload("plan.pdf", tiny.PDF))
    assert client.post(page, rows(client, page)).status_code == 302
    assert step.files.count() == 1


def test_a_file_is_taken_away(
    client: Client,
    page: str,
    step: Step,
    stored: Folder,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    add_file(step=step, upload=upload("plan.pdf", tiny.PDF))
    add_file(step=step, upload=upload("board.png", tiny.PNG))
    with django_capture_on_commit_callbacks(execute=True):
        values = rows(client, page) | {"files-0-DELETE": "on"}
        assert client.post(page, values).status_code == 302
    assert [file.name for file in step.files.all()] == ["board.png"]
    assert contents(stored) == [tiny.PNG]


def test_a_new_step_may_bring_its_file(client: Client, step: Step, stored: Folder) -> None:
    values = rows(client, "/admin/learning/step/add/")
    values |= {"title": "Try it", "path": step.path_id, "position": 90, "kind": "package"}
    values |= {"keep": "gap", NEW: upload("demo.zip", tiny.ZIP)}
    assert client.post("/admin/learning/step/add/", values).status_code == 302
    assert Step.objects.get(title="Try it").files.get().name == "demo.zip"


def test_a_refused_file_is_told_at_its_field_and_none_is_kept(
    client: Client, page: str, stored: Folder
) -> None:
    values = rows(client, page)
    values[NEW] = [
        *(upload("plan.pdf", tiny.PDF), upload("a.pdf", tiny.PNG)),
        *(upload("b.svg", tiny.SVG), upload("c.txt", b"")),
    ]
    response = client.post(page, values)
    assert response.status_code == 200
    assert [told.split(":")[0].split(",")[0] for told in errors(response)] == [
        "a.pdf is not a PDF",
        "b.svg is an SVG picture",
        "c.txt is empty. Choose the file that has the content.",
    ]
    assert "choose the files again" in response.text
    assert not StepFile.objects.exists()
    assert contents(stored) == []


@pytest.mark.parametrize("wrong", [{"title": ""}, {"step_skills-0-raises_to": "9"}])
def test_nothing_is_kept_where_another_field_of_the_page_is_wrong(
    client: Client, page: str, step: Step, stored: Folder, wrong: dict[str, str]
) -> None:
    add_file(step=step, upload=upload("old.pdf", tiny.PDF))
    values = rows(client, page) | wrong | {"files-0-DELETE": "on"}
    values["files-1-upload"] = upload("board.png", tiny.PNG)
    response = client.post(page, values)
    assert response.status_code == 200
    assert "choose the files again" in response.text
    assert [file.name for file in step.files.all()] == ["old.pdf"]
    assert contents(stored) == [tiny.PDF]


def test_a_file_past_the_limit_is_413_and_what_else_was_written_stays(
    client: Client, page: str, stored: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in ("learning.admin.uploads", "learning.files.examining"):
        monkeypatch.setattr(f"{module}.FILE_LIMIT", 100)
    values = rows(client, page)
    values[NEW] = [upload("film.mp4", tiny.MP4 + bytes(100)), upload("board.png", tiny.PNG)]
    response = client.post(page, values | {"title": "Another title"})
    assert response.status_code == 413
    assert errors(response)[0].startswith("film.mp4 is larger than 50 MB.")
    assert len(errors(response)) == 1
    assert 'value="Another title"' in response.text
    assert contents(stored) == []


def test_too_many_files_at_once_are_413(client: Client, page: str, stored: Folder) -> None:
    values = rows(client, page)
    values[NEW] = [upload("plan.pdf", tiny.PDF) for _ in range(uploads.AT_ONCE + 2)]
    response = client.post(page, values)
    assert response.status_code == 413
    assert errors(response) == ["These are 12 files: at most 10 can be added at once."]
    assert contents(stored) == []


def test_who_may_only_look_downloads_and_adds_none(
    acme: Company, person: MakePerson, visit: Visit, page: str, step: Step
) -> None:
    file = add_file(step=step, upload=upload("plan.pdf", tiny.PDF))
    reader = person("Rae", "Lund", is_staff=True)
    reader.user_permissions.add(Permission.objects.get(codename="view_step"))
    client = visit(acme, reader)
    shown = client.get(page).text
    assert f'href="/files/{file.uid}/"' in shown
    assert 'type="file"' not in shown
    assert client.post(page, {NEW: upload("b.png", tiny.PNG)}).status_code == 403
    assert step.files.get() == file


def test_who_may_change_steps_may_change_their_files(
    acme: Company, person: MakePerson, visit: Visit, page: str, step: Step
) -> None:
    editor = person("Rae", "Lund", is_staff=True)
    rights = Permission.objects.filter(codename__in=["view_step", "change_step"])
    editor.user_permissions.set(rights)
    client = visit(acme, editor)
    values = rows(client, page) | {NEW: upload("plan.pdf", tiny.PDF)}
    assert client.post(page, values).status_code == 302
    assert step.files.count() == 1


def test_a_page_of_another_site_adds_no_file(
    acme: Company, olive: Person, visit: Visit, page: str, step: Step
) -> None:
    client = visit(acme, olive)
    values = rows(client, page) | {NEW: upload("plan.pdf", tiny.PDF)}
    client.handler.enforce_csrf_checks = True
    assert client.post(page, values).status_code == 403
    assert not step.files.exists()


@pytest.mark.parametrize(
    ("kind", "field", "told"),
    [
        ("package", "location", "A package needs its address, or its file: add that below."),
        ("link", "location", "A link needs its address."),
        ("talk", "body", "Say what to do: a text here, an address, or a file below."),
        ("read", "body", "Say what to do: a text here, an address, or a file below."),
    ],
)
def test_a_step_with_nothing_to_do_is_refused_at_the_field(
    client: Client, page: str, kind: str, field: str, told: str
) -> None:
    empty = {"kind": kind, "body": " ", "location": ""}
    response = client.post(page, rows(client, page) | empty)
    assert response.status_code == 200
    assert response.context["adminform"].form.errors[field] == [told]


@pytest.mark.parametrize(
    ("kind", "filled"),
    [
        ("package", {"location": "https://lms.example/1"}),
        ("package", {NEW: True}),
        ("link", {"location": "https://a.example"}),
        ("talk", {"body": "Ask her."}),
        ("read", {"location": "https://a.example"}),
        ("do_on_the_job", {NEW: True}),
    ],
)
def test_a_text_an_address_or_a_file_is_enough(
    client: Client, page: str, kind: str, filled: dict[str, Any]
) -> None:
    if NEW in filled:
        filled = {NEW: upload("demo.zip", tiny.ZIP)}
    values = rows(client, page) | {"kind": kind, "body": "", "location": ""} | filled
    assert client.post(page, values).status_code == 302


def test_the_last_file_of_a_package_stays_or_is_replaced(
    client: Client, page: str, step: Step
) -> None:
    add_file(step=step, upload=upload("demo.zip", tiny.ZIP))
    Step.objects.filter(pk=step.pk).update(kind="package", location="")
    values = rows(client, page) | {"files-0-DELETE": "on"}
    assert client.post(page, values).status_code == 200
    values["files-1-upload"] = upload("new.zip", tiny.ZIP)
    assert client.post(page, values).status_code == 302
    assert [file.name for file in step.files.all()] == ["new.zip"]
