"""What a step brings along: where it is, and files that only those download who have the step."""

import uuid
from collections.abc import Callable
from pathlib import Path as Folder
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from learning.actions import add_file, withdraw
from learning.models import Assignment, Path, PlanStep, Step, StepFile
from tenants.companies.context import working_for
from tenants.companies.models import Company
from tenants.people.models import Person
from tests.learning import tiny_files as tiny
from tests.learning.tiny_files import upload
from tests.portal.cast import Assign, MakePerson, Visit

Give = Callable[..., PlanStep]


@pytest.fixture
def give(sales_path: Path, assign: Assign, lee: Person, stored: Folder) -> Give:
    """``give("plan.pdf", PDF)``: Lee gets a path, whose first step has this file."""

    def give_with(name: str, content: bytes, **changes: str) -> PlanStep:
        step = sales_path.steps.get(slug="three-question-opener")
        Step.objects.filter(pk=step.pk).update(**changes)
        add_file(step=step, upload=upload(name, content))
        return assign(lee).plan_steps.select_related("step").get(step=step)

    return give_with


@pytest.fixture
def plan_step(give: Give) -> PlanStep:
    return give("Plan für Q3.pdf", tiny.PDF)


@pytest.fixture
def file(plan_step: PlanStep) -> StepFile:
    return plan_step.step.files.get()


def ask(client: Client, file: StepFile) -> Any:
    """The answer, read to its end as a server does."""
    response: Any = client.get(f"/files/{file.uid}/")
    response.body = b"".join(response)
    return response


def test_a_learner_downloads_the_file_of_a_step(
    visit: Visit, acme: Company, lee: Person, file: StepFile
) -> None:
    response = ask(visit(acme, lee), file)
    assert response.streaming
    assert response.body == tiny.PDF
    assert response.headers["Content-Type"] == "application/pdf"
    assert response.headers["Content-Length"] == str(len(tiny.PDF))


def test_what_was_uploaded_is_never_shown_as_a_page(
    visit: Visit, acme: Company, lee: Person, give: Give
) -> None:
    file = give('no"tes;\u202e für.txt', "Grüße".encode()).step.files.get()
    headers = ask(visit(acme, lee), file).headers
    name = "no%22tes%3B%20f%C3%BCr.txt"  # RFC 6266 and 8187
    assert headers["Content-Disposition"] == f"attachment; filename*=utf-8''{name}"
    assert headers["Content-Type"] == "text/plain; charset=utf-8"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert set(headers["Cache-Control"].split(", ")) == {"private", "no-store"}


def test_managers_upward_and_ld_may_have_it_too(
    visit: Visit,
    acme: Company,
    olive: Person,
    ada: Person,
    file: StepFile,
    person: MakePerson,
) -> None:
    director, above = person("Bo", "Ek"), person("Cy", "Ny")
    director.manager, ada.manager = above, director
    director.save()
    ada.save()
    reader = person("Rae", "Lund", is_staff=True)
    reader.user_permissions.add(Permission.objects.get(codename="view_step"))
    for who in (ada, director, above, olive, reader):
        assert ask(visit(acme, who), file).status_code == 200, who


def test_nobody_else_may_have_it(
    visit: Visit,
    acme: Company,
    globex: Company,
    nia: Person,
    gus: Person,
    file: StepFile,
    person: MakePerson,
) -> None:
    people_only = person("Hao", "Ito", is_staff=True)
    people_only.user_permissions.add(Permission.objects.get(codename="view_person"))
    for company, other in ((acme, nia), (acme, people_only), (globex, gus)):
        assert ask(visit(company, other), file).status_code == 404, other


def test_another_company_has_nothing_under_that_address_also_with_the_same_row(
    visit: Visit, globex: Company, gus: Person, file: StepFile
) -> None:
    with working_for(globex):
        assert not StepFile.objects.filter(uid=file.uid).exists()
    for address in (f"/files/{file.content.name}", f"/c_acme/{file.content.name}", "/files/"):
        assert visit(globex, gus).get(address).status_code == 404


def test_a_stranger_is_asked_to_sign_in_first(visit: Visit, acme: Company, file: StepFile) -> None:
    for uid in (file.uid, uuid.uuid4()):
        response = visit(acme).get(f"/files/{uid}/")
        assert response.status_code == 302
        assert "/login/" in response.headers["Location"]


def test_a_withdrawn_path_takes_its_files_along(
    visit: Visit, acme: Company, lee: Person, ada: Person, file: StepFile
) -> None:
    withdraw(assignments=Assignment.objects.all())
    for who in (lee, ada):
        assert ask(visit(acme, who), file).status_code == 404


def test_a_file_that_is_not_stored_any_more_is_not_there(
    visit: Visit, acme: Company, lee: Person, file: StepFile
) -> None:
    file.content.storage.delete(str(file.content.name))
    assert ask(visit(acme, lee), file).status_code == 404


def test_files_are_only_read(visit: Visit, acme: Company, lee: Person, file: StepFile) -> None:
    assert visit(acme, lee).post(f"/files/{file.uid}/").status_code == 405
    response = visit(acme, lee).head(f"/files/{file.uid}/")
    assert (response.status_code, response.headers["Content-Length"]) == (200, str(file.size))
    response.close()


def test_the_step_lists_its_files_in_words(
    visit: Visit, acme: Company, lee: Person, plan_step: PlanStep, file: StepFile
) -> None:
    page = visit(acme, lee).get(f"/path/{plan_step.uid}/").content.decode()
    assert f'href="/files/{file.uid}/"' in page
    assert "Plan für Q3.pdf" in page
    assert f"PDF · {len(tiny.PDF)}\xa0bytes" in page


def test_the_files_are_those_of_the_version_the_plan_rests_on(
    visit: Visit, acme: Company, lee: Person, plan_step: PlanStep, file: StepFile
) -> None:
    add_file(step=plan_step.step, upload=upload("new.png", tiny.PNG))
    page = visit(acme, lee).get(f"/path/{plan_step.uid}/").content.decode()
    assert "Plan für Q3.pdf" in page
    assert "new.png" not in page


@pytest.mark.parametrize(
    ("kind", "label"),
    [("watch", "Watch on"), ("read", "Read on"), ("link", "Open"), ("package", "Open")],
)
def test_a_step_elsewhere_has_a_button_that_names_the_place(
    visit: Visit, acme: Company, lee: Person, plan_step: PlanStep, kind: str, label: str
) -> None:
    address = "https://www.videos.example:8443/a?b=1&c=2"
    Step.every.filter(pk=plan_step.step_id).update(kind=kind, location=address)
    page = visit(acme, lee).get(f"/path/{plan_step.uid}/").content.decode()
    assert f">{label} videos.example</a>" in page
    assert 'href="https://www.videos.example:8443/a?b=1&amp;c=2" rel="noopener noreferrer"' in page


def test_a_package_is_a_button_that_names_the_download(
    visit: Visit, acme: Company, lee: Person, give: Give
) -> None:
    plan_step = give("demo.zip", tiny.ZIP, kind="package")
    page = visit(acme, lee).get(f"/path/{plan_step.uid}/").content.decode()
    assert "Download demo.zip" in page
    assert "ZIP archive" in page


def test_a_step_page_asks_as_often_for_five_files_as_for_none(
    visit: Visit, acme: Company, lee: Person, plan_step: PlanStep, file: StepFile
) -> None:
    client, asked = visit(acme, lee), []
    for count in (0, 1, 5):
        plan_step.step.files.all().delete()
        for _ in range(count):
            StepFile(step=plan_step.step, name="a.pdf", content="steps/x", size=1).save()
        with CaptureQueriesContext(connection) as queries:
            assert client.get(f"/path/{plan_step.uid}/").content.count(b"a.pdf") == count
        asked.append(len(queries))
    assert len(set(asked)) == 1, asked
