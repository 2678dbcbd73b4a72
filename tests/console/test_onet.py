"""Starting a role from O*NET, page by page, as somebody at a browser does."""

from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from learning.models import Occupation, Role, Skill
from learning.onet.reading import read_database
from tenants.companies.context import working_for
from tenants.companies.models import Company
from tenants.people.models import Person
from tests.console.cast import MakePerson, Visit, rows
from tests.learning.onet import NAMES, OCCUPATIONS, TASKS, files, stored, zipped

ONET = "/admin/learning/role/onet/"
TABLES = f"{ONET}tables/"
SALES = f"{ONET}11-2022.00/"


@pytest.fixture
def client(acme: Company, olive: Person, visit: Visit) -> Client:
    """Olive's browser."""
    return visit(acme, olive)


def uploaded(client: Any, **given: str | bytes) -> Any:
    """The answer to uploading these, by the field they are given in."""
    names = dict(zip(("occupations", "tasks"), NAMES, strict=True))
    fields: dict[str, Any] = {}
    for field, content in given.items():
        body = content.encode() if isinstance(content, str) else content
        name = names.get(field, "db_30_3_text.zip")
        fields[field] = SimpleUploadedFile(name, body) if field != "release" else content
    return client.post(TABLES, fields)


def words(page: Any) -> str:
    return " ".join(page.text.split())


def test_from_the_download_to_a_draft_role(client: Client) -> None:
    page = client.get("/admin/learning/role/")
    assert "Start from O*NET" in page.text
    page = client.get(ONET, follow=True)
    assert page.redirect_chain == [(TABLES, 302)]
    assert "onetcenter.org" in page.text
    assert "First, bring the O*NET tables" in page.text

    answer = uploaded(client, archive=zipped())
    assert answer.headers["Location"] == ONET
    page = client.get(ONET, {"q": "sales"})
    assert "O*NET 30.3: 4 occupations and 7 tasks are here." in page.text
    assert f'href="{SALES}"' in page.text
    page = client.get(SALES)
    assert '2 core tasks <span class="help">Each becomes a skill.' in words(page)
    assert "1 supplemental task" in words(page)
    assert "O*NET 30.3 Database" in page.text

    page = client.post(SALES, follow=True)
    role = Role.objects.get()
    assert page.redirect_chain == [(f"/admin/learning/role/{role.pk}/change/", 302)]
    assert "“Sales Managers” is here as a draft with 2 skills, one per core task." in page.text
    assert "Acme has modified all or some of this information." in page.text
    page = client.get(ONET)
    assert "already a role" in page.text
    assert f'href="/admin/learning/role/{role.pk}/change/"' in page.text


def test_the_status_of_a_role_is_changed_on_its_page(client: Client) -> None:
    stored()
    client.post(SALES)
    role = Role.objects.get()
    page = f"/admin/learning/role/{role.pk}/change/"
    assert "Nobody holds a draft, and no path of it can be published." in client.get(page).text
    values = rows(client, page) | {"status": "active", "attribution": "mine"}
    assert client.post(page, values).status_code == 302
    credit = role.attribution
    role.refresh_from_db()
    assert (role.status, role.attribution) == (Role.Status.ACTIVE, credit)
    assert role.role_skills.count() == 2


def test_a_role_of_our_own_has_no_credit_on_its_page(client: Client) -> None:
    role = Role.objects.create(slug="ours", name="Ours")
    page = client.get(f"/admin/learning/role/{role.pk}/change/")
    assert "Attribution" not in page.text
    assert page.status_code == client.get("/admin/learning/role/add/").status_code == 200


def test_the_two_tables_may_be_swapped(client: Client) -> None:
    answer = uploaded(client, occupations=TASKS, tasks=OCCUPATIONS, release="18.1")
    assert answer.status_code == 302
    assert Occupation.objects.get(code="11-2022.00").release == "O*NET 18.1"


def test_what_was_left_out_is_said(client: Client) -> None:
    uploaded(client, occupations=OCCUPATIONS, tasks=TASKS + "00-0000.00\t9\tLead.\tCore\n")
    assert "1 task was left out, as no occupation has the code" in client.get(ONET).text


def test_starting_twice_leads_to_the_same_role(client: Client) -> None:
    stored()
    first, second = (client.post(SALES, follow=True) for _ in range(2))
    assert first.redirect_chain == second.redirect_chain
    assert "was started from this occupation before" in second.text
    assert "To the role “Sales Managers”" in client.get(SALES).text
    assert Role.objects.count() == 1


def test_an_occupation_without_core_tasks_says_what_the_draft_takes(client: Client) -> None:
    stored()
    page = client.get(f"{ONET}15-1199.02/")
    assert "so the draft takes the supplemental ones" in page.text
    page = client.post(f"{ONET}15-1199.02/", follow=True)
    assert "2 skills, one per supplemental task, as there is no core one" in page.text
    assert "and no skills" in client.get(f"{ONET}99-9999.00/").text
    page = client.post(f"{ONET}99-9999.00/", follow=True)
    assert "is here as a draft without skills" in page.text


@pytest.mark.parametrize(
    ("given", "field", "told"),
    [
        ({}, "archive", "Choose a file first."),
        ({"archive": b""}, "archive", "db_30_3_text.zip is empty."),
        ({"archive": b"PK\x03\x04 broken"}, "archive", "is damaged or cut off."),
        ({"occupations": OCCUPATIONS}, "tasks", "The table “Task Statements.txt” is missing"),
        ({"tasks": TASKS}, "occupations", "The table “Occupation Data.txt” is missing"),
        (
            {"occupations": OCCUPATIONS, "tasks": TASKS.replace("Task Type", "Kind")},
            "tasks",
            "Task Statements.txt, line 1: the column “Task Type” is missing.",
        ),
        (
            {"occupations": OCCUPATIONS, "tasks": "a\tb\n"},
            "tasks",
            "line 1: the columns “O*NET-SOC Code”, “Task ID”, “Task” and “Task Type” are missing.",
        ),
        (
            {"occupations": OCCUPATIONS, "tasks": "<html>Sign in</html>"},
            "tasks",
            "Task Statements.txt is a web page or XML",
        ),
        (
            {"occupations": OCCUPATIONS.encode("utf-16-le"), "tasks": TASKS},
            "occupations",
            "Occupation Data.txt, line 1: there are characters that no text has.",
        ),
        ({"archive": zipped({"more/Occupation Data.txt": b""})}, "archive", "more than once"),
        (
            {"occupations": OCCUPATIONS, "tasks": TASKS, "release": "x" * 41},
            "release",
            "at most 40 characters",
        ),
    ],
)
def test_what_cannot_be_read_is_said_at_its_field(
    client: Client, given: dict[str, str | bytes], field: str, told: str
) -> None:
    stored()
    page = uploaded(client, **given)
    assert page.status_code == 200
    assert list(page.context["form"].errors) == [field]
    assert told in page.context["form"].errors[field][0]
    assert f'id="{field}-error" role="alert"' in page.text
    assert f'aria-describedby="{field}-help {field}-error"' in page.text
    assert Occupation.objects.count() == 4


def test_a_table_in_the_zip_that_is_wrong_is_said_at_the_zip(client: Client) -> None:
    page = uploaded(client, archive=zipped().replace(b"Occupation Data", b"Occupation Dota"))
    assert "“Occupation Data.txt” is missing" in page.context["form"].errors["archive"][0]


def test_files_beyond_the_limit_are_let_go_of(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("learning.admin.onet.upload.UPLOAD_LIMIT", 600)
    page = uploaded(client, occupations=OCCUPATIONS, tasks=TASKS)
    assert page.status_code == 413
    assert "larger than 40 MB" in page.context["form"].errors["tasks"][0]
    assert not Occupation.objects.exists()


def test_an_upload_needs_its_token(acme: Company, olive: Person, visit: Visit) -> None:
    strict = Client(enforce_csrf_checks=True, headers={"host": "acme.localhost"})
    strict.cookies = visit(acme, olive).cookies
    assert uploaded(strict, archive=zipped()).status_code == 403
    assert not Occupation.objects.exists()


def test_a_search_that_finds_nothing_says_what_else_to_try(client: Client) -> None:
    stored()
    page = client.get(ONET, {"q": "<b>astronaut"})
    assert "No occupation has all of these words: “&lt;b&gt;astronaut”." in page.text
    assert client.get(f"{ONET}?q={'%00' * 200}&page=x").status_code == 200


def test_the_pages_show_without_a_script(client: Client) -> None:
    assert "<noscript> <link rel=" in words(client.get(TABLES))


def test_the_list_is_paged_and_costs_the_same_for_4_and_for_30(client: Client) -> None:
    def queries() -> int:
        for _ in range(2):
            with CaptureQueriesContext(connection) as counted:
                assert client.get(ONET).status_code == 200
        return len(counted)

    stored()
    few = queries()
    more = "".join(f"19-{n}.00\tOther {n}\tText.\n" for n in range(1000, 1026))
    stored(read_database(files(OCCUPATIONS + more)))
    assert queries() == few
    assert few <= 10
    page = client.get(ONET, {"q": "other", "page": "2"})
    assert len(page.context["lines"]) == 2
    assert 'href="?q=other&amp;page=1"' in page.text


def test_a_code_that_is_none_is_404(client: Client) -> None:
    stored()
    for address in (f"{ONET}00-0000.00/", f"{ONET}'--/"):
        assert client.get(address).status_code == 404
        assert client.post(address).status_code == 404


def test_whoever_may_not_add_roles_is_told_403(
    acme: Company, person: MakePerson, visit: Visit
) -> None:
    stored()
    helper = person("Hal", "Berg", is_staff=True)
    may = Permission.objects.filter(codename__in=["view_role", "change_role"])
    helper.user_permissions.set(may)
    theirs = visit(acme, helper)
    for address in (ONET, TABLES, SALES):
        assert theirs.get(address).status_code == 403
        assert theirs.post(address).status_code == 403
    assert "Start from O*NET" not in theirs.get("/admin/learning/role/").text
    assert not Role.objects.exists()
    helper.user_permissions.add(Permission.objects.get(codename="add_role"))
    assert visit(acme, Person.objects.get(pk=helper.pk)).get(ONET).status_code == 200


def test_learners_and_strangers_are_sent_away(acme: Company, lee: Person, visit: Visit) -> None:
    for browser in (visit(acme, lee), visit(acme)):
        for address in (ONET, TABLES, SALES):
            assert browser.get(address).status_code == 302
            assert browser.post(address).status_code == 302


def test_globex_sees_none_of_acmes_tables(
    acme: Company, globex: Company, gus: Person, visit: Visit
) -> None:
    stored()
    theirs = visit(globex, gus)
    assert theirs.get(ONET).headers["Location"] == TABLES
    assert theirs.get(SALES).status_code == theirs.post(SALES).status_code == 404
    uploaded(theirs, archive=zipped())
    with working_for(acme):
        assert set(Occupation.objects.values_list("release", flat=True)) == {"O*NET 18.1"}
    theirs.post(SALES)
    with working_for(acme):
        assert not Role.objects.exists()
        assert not Skill.objects.exists()
