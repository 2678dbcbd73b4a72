"""``manage.py library``: what it says, and what it refuses."""

from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from learning.library import LibraryError, available_roles
from learning.models import Path, Role, TitleRule
from reinforcement.models import Prompt
from tenants.companies.context import working_for
from tenants.companies.models import Company


def library(*arguments: str) -> str:
    out = StringIO()
    call_command("library", *arguments, stdout=out)
    return out.getvalue()


def load(*arguments: str, company: str = "acme") -> str:
    return library("load", *arguments, f"--company={company}")


def test_roles_are_listed_with_what_is_in_them() -> None:
    told = library("list")
    assert len(told.splitlines()) == 2 * len(available_roles())
    assert (
        "recruiter\n    Recruiter: 3 outcomes, 7 skills, 14 steps (7 quick wins), 32 prompts, 9 que"
    ) in told


def test_roles_are_put_in_twice_and_there_once(acme: Company) -> None:
    assert load("recruiter", "sdr", "recruiter").splitlines() == [
        "recruiter: New: 1 role, 3 outcomes, 7 skills, 1 path, 14 steps, 4 title rules, "
        "46 prompts, 9 questions.",
        "sdr: New: 1 role, 3 outcomes, 7 skills, 1 path, 14 steps, 5 title rules, "
        "32 prompts, 9 questions. Here already: 14 prompts.",
    ]
    assert load("recruiter") == (
        "recruiter: Everything was here already: 1 role, 3 outcomes, 7 skills, 1 path, "
        "4 title rules, 46 prompts, 9 questions.\n"
    )
    assert Role.objects.count() == 2


def test_all_of_them_are_put_in(acme: Company) -> None:
    assert len(load("--all").splitlines()) == Role.objects.count() == len(available_roles())


def test_parts_can_be_chosen_and_paths_kept_drafts(acme: Company) -> None:
    assert load("recruiter", "--only=role") == "recruiter: New: 1 role, 3 outcomes, 7 skills.\n"
    assert "New: 1 path, 14 steps, 4 title rules." in load(
        "recruiter", "--only", "path,titles", "--draft"
    )
    assert Path.objects.get().status == Path.Status.DRAFT
    assert TitleRule.objects.exists()
    assert not Prompt.objects.exists()


def test_what_was_left_as_it_was_is_told(acme: Company) -> None:
    other = Role.objects.create(slug="ours", name="Ours")
    TitleRule.objects.create(role=other, text="recruiter")
    assert "\n    Note: The title “recruiter” stands for the role “Ours” already" in load(
        "recruiter"
    )


@pytest.mark.parametrize(
    ("arguments", "refusal"),
    [
        (["astronaut", "recruiter"], "There is no role 'astronaut'. There is: account-executive"),
        ([], "Say which roles, or --all"),
        (["recruiter", "--only=path,cake"], "'cake' is not a valid Part. There is: role, path"),
    ],
)
def test_what_makes_no_sense_is_refused_before_anything_is_written(
    acme: Company, arguments: list[str], refusal: str
) -> None:
    with pytest.raises(CommandError, match=refusal):
        load(*arguments)
    with pytest.raises(CommandError, match=refusal):
        load(*reversed(arguments))
    assert not Role.objects.exists()


def test_a_file_that_is_wrong_is_named(acme: Company, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: Any, **__: Any) -> None:
        raise LibraryError("recruiter.yaml", ["skills is missing."])

    monkeypatch.setattr("config.management.commands.library.start_from_library", broken)
    with pytest.raises(CommandError, match=r"recruiter\.yaml: skills is missing\."):
        load("recruiter")


def test_only_the_company_that_was_named_gets_them(acme: Company, globex: Company) -> None:
    load("recruiter", company="globex")
    assert not Role.objects.exists()
    with working_for(globex):
        assert Role.objects.get().slug == "recruiter"
    with pytest.raises(CommandError, match="There is no company 'hooli'"):
        load("recruiter", company="hooli")
