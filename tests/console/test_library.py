"""Starting from the library, as somebody at a browser does."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from learning.library import available_roles, load_role, read_role
from learning.models import Path, Role, Skill, TitleRule
from reinforcement.library import start_from_library
from reinforcement.models import Prompt, Question
from tenants.companies.models import Company
from tenants.people.models import Person
from tests.console.cast import Visit

LIBRARY = "/admin/library/"
PARTS = ["path", "titles", "talk"]


@pytest.fixture
def client(acme: Company, olive: Person, visit: Visit) -> Client:
    """Olive's browser."""
    return visit(acme, olive)


def take(client: Any, role: str = "recruiter", **fields: Any) -> Any:
    return client.post(LIBRARY, {"role": role, "parts": PARTS, **fields}, follow=True)


def words(page: Any) -> str:
    return " ".join(page.text.split())


def card(page: Any, role: str = "recruiter") -> Any:
    return next(card for card in page.context["cards"] if card.file["role"]["slug"] == role)


def test_from_the_list_of_roles_to_a_role_of_ones_own(client: Client) -> None:
    assert "Start from the library" in client.get("/admin/learning/role/").text
    assert f'href="{LIBRARY}"' in client.get("/admin/").text
    page = client.get(LIBRARY)
    shown = words(page)
    assert len(page.context["cards"]) == len(available_roles()) == 10
    for told in (
        "Fill openings sooner",
        "median days from intake meeting to signed offer",
        "14 steps, 7 quick wins",
        "32 prompts, 9 questions",
        "whoever is called “recruiter”, “talent acquisition partner”",
        "See its 14 steps and 7 skills",
    ):
        assert told in shown
    assert card(page).file["path"]["steps"][0]["title"] in page.text
    assert card(page).skills[0].seen in page.text

    page = take(client)
    role = Role.objects.get()
    path = role.paths.get()
    assert page.redirect_chain == [(LIBRARY, 302)]
    assert "New: 1 role, 3 outcomes, 7 skills, 1 path, 14 steps, 4 title rules" in page.text
    assert "Whoever has such a title gets the role within a minute." in page.text
    assert f'href="/admin/learning/role/{role.pk}/change/"' in page.text
    assert f'href="/admin/learning/path/{path.pk}/change/"' in page.text
    assert path.status == Path.Status.PUBLISHED
    assert card(page).is_whole
    assert not card(page, "sdr").role


def test_parts_are_taken_one_after_the_other(client: Client) -> None:
    page = take(client, parts=[])
    assert Role.objects.get().role_skills.count() == 7
    assert not Path.objects.exists()
    assert not Prompt.objects.exists()
    assert [choice.is_whole for choice in card(page).choices] == [True, False, False, False]
    assert "partly here" in page.text

    page = take(client, parts=["path"], draft="on")
    assert Path.objects.get().status == Path.Status.DRAFT
    assert "Its path is a draft: publish it once you have read it." in page.text
    assert not TitleRule.objects.exists()

    page = take(client, parts=["talk", "titles"])
    assert card(page).is_whole
    assert "New: 4 title rules, 46 prompts, 9 questions. Here already: 1 role" in page.text


def test_twice_is_once(client: Client) -> None:
    take(client)
    counts = [model.objects.count() for model in (Role, Skill, Path, Prompt, Question, TitleRule)]
    page = take(client)
    assert "Everything was here already: 1 role, 3 outcomes, 7 skills, 1 path" in page.text
    assert counts == [
        model.objects.count() for model in (Role, Skill, Path, Prompt, Question, TitleRule)
    ]


def test_what_is_here_under_a_name_of_ones_own_is_told(client: Client) -> None:
    own = Role.objects.create(slug="ours", name="RECRUITER")
    name = read_role("recruiter")["path"]["name"].upper()
    Path.objects.create(role=own, slug="ours", name=name)
    page = client.get(LIBRARY)
    assert card(page).role == own
    assert "1 of 11 here" in words(page)
    page = take(client)
    assert "already: it stays as it is." in page.text
    assert "“RECRUITER”. New: 3 outcomes" in page.text


def test_what_people_wrote_is_escaped(client: Client) -> None:
    load_role("recruiter")
    Role.objects.update(name="<b>Recruiter")
    page = take(client)
    assert "“&lt;b&gt;Recruiter”. New:" in page.text


@pytest.mark.parametrize("fields", [{"role": "astronaut"}, {"role": ""}, {"parts": ["everything"]}])
def test_what_the_library_lacks_is_refused(client: Client, fields: dict[str, Any]) -> None:
    page = take(client, **fields)
    assert "That is not in the library: choose one of these roles." in page.text
    assert not Role.objects.exists()


def test_the_page_costs_the_same_before_and_after(client: Client) -> None:
    def queries() -> int:
        for _ in range(2):
            with CaptureQueriesContext(connection) as counted:
                assert client.get(LIBRARY).status_code == 200
        return len(counted)

    before = queries()
    for slug in available_roles():
        start_from_library(slug)
    assert queries() <= before + 1  # outcomes are asked for once there is a role
    assert before <= 15
