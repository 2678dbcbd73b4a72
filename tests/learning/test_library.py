"""The starter library, put into a company: whole, in part, twice."""

import re
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from learning.library import Part, available_roles, load_parts, load_role
from learning.models import (
    Outcome,
    Path,
    Role,
    RoleHolding,
    RoleSkill,
    Skill,
    Step,
    StepSkill,
    TitleRule,
)
from learning.tasks import follow_everybody
from tenants.companies.context import working_for
from tenants.companies.models import Company
from tenants.people.models import Person

ROLES = available_roles()
EVERYTHING: tuple[Any, ...] = (
    *(Role, Outcome, Skill, RoleSkill, Path, Step, StepSkill, TitleRule),
    Step.prerequisites.through,
)
ROLE_ITSELF: set[Any] = {Role, Outcome, Skill}
KINDS: tuple[Any, ...] = (*ROLE_ITSELF, Path, Step, TitleRule)


def contents() -> list[list[dict[str, object]]]:
    return [list(model.objects.order_by("pk").values()) for model in EVERYTHING]


def test_a_role_comes_whole(acme: Company) -> None:
    loaded = load_parts("account-executive")
    path = loaded.role.paths.get()
    assert loaded.path == path
    assert path.status == Path.Status.PUBLISHED
    assert loaded.new == {Role: 1, Outcome: 3, Skill: 6, Path: 1, Step: 14, TitleRule: 2}
    assert not loaded.there
    assert not loaded.notes
    first, *_, last = path.steps.all()
    assert first.title == "Listen to one deal we won and one we lost"
    assert [step.slug for step in last.prerequisites.all()] == ["five-facts"]
    assert {row.skill.slug: row.raises_to for row in last.step_skills.all()} == {
        "qualification": 2,
        "mutual-plan": 2,
    }
    needed = loaded.role.role_skills.get(skill__slug="negotiation")
    assert needed.required_level == 2
    assert needed.outcome == loaded.outcomes["hold-price"]
    assert needed.skill.on_their_own.startswith("Holds the price through the first push")


def test_all_of_them_twice_is_once(acme: Company) -> None:
    first = [load_parts(slug) for slug in ROLES]
    before = contents()
    second = [load_parts(slug) for slug in ROLES]
    assert contents() == before
    assert Role.objects.count() == len(ROLES) == 10
    assert not any(loaded.new or loaded.notes for loaded in second)
    for once, again in zip(first, second, strict=True):
        made = {kind: count for kind, count in once.new.items() if kind is not Step}
        assert again.there == made
        assert again.role == once.role


@pytest.mark.parametrize(
    ("part", "came"),
    [
        (Part.ROLE, ROLE_ITSELF),
        (Part.PATH, ROLE_ITSELF | {Path, Step}),
        (Part.TITLES, ROLE_ITSELF | {TitleRule}),
        (Part.TALK, ROLE_ITSELF),  # reinforcement's
    ],
)
def test_a_part_comes_with_the_role_it_hangs_on(acme: Company, part: Part, came: set[Any]) -> None:
    loaded = load_parts("recruiter", {part})
    assert set(loaded.new) == came
    assert {kind for kind in KINDS if kind.objects.exists()} == came


def test_the_rest_comes_later(acme: Company) -> None:
    load_parts("recruiter", {Part.ROLE})
    loaded = load_parts("recruiter", {Part.PATH, Part.TITLES})
    assert loaded.sentence == (
        "New: 1 path, 14 steps, 4 title rules. Here already: 1 role, 3 outcomes, 7 skills."
    )
    assert load_parts("recruiter", {Part.PATH}).sentence == (
        "Everything was here already: 1 role, 3 outcomes, 7 skills, 1 path."
    )


def test_a_path_can_come_as_a_draft(acme: Company) -> None:
    assert load_parts("recruiter", publish=False).role.paths.get().status == Path.Status.DRAFT
    assert load_role("sdr").paths.get().status == Path.Status.PUBLISHED


def test_titles_give_people_the_role_at_once(
    lee: Person,
    ada: Person,
    monkeypatch: pytest.MonkeyPatch,
    django_capture_on_commit_callbacks: Any,
) -> None:
    monkeypatch.setattr(follow_everybody, "delay", follow_everybody)
    with django_capture_on_commit_callbacks(execute=True):
        load_parts("account-executive")
    holding = RoleHolding.objects.get()
    assert (holding.person, holding.source) == (lee, RoleHolding.Source.RULE)
    with django_capture_on_commit_callbacks() as queued:
        load_parts("account-executive")
    assert not queued


def test_a_role_comes_whole_or_not_at_all(acme: Company, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise OSError("the power went out")

    monkeypatch.setattr("learning.library.loading.load_titles", fail)
    with pytest.raises(OSError, match="the power went out"):
        load_parts("account-executive")
    assert not any(contents())


def test_a_role_that_the_library_lacks_is_refused_naming_those_it_has(acme: Company) -> None:
    with pytest.raises(LookupError, match=re.escape(f"There is: {', '.join(ROLES)}.")):
        load_role("astronaut")
    with pytest.raises(LookupError, match=r"no role '\.\./secrets'"):
        load_role("../secrets")
    assert not Role.objects.exists()


def test_globex_gets_nothing_of_what_acme_takes(acme: Company, globex: Company) -> None:
    load_parts("account-executive")
    with working_for(globex):
        assert not any(contents())
        assert set(load_parts("account-executive").new) == {*ROLE_ITSELF, Path, Step, TitleRule}


def test_it_costs_few_queries(acme: Company) -> None:
    for slug in ("product-manager", "product-manager"):
        with CaptureQueriesContext(connection) as counted:
            load_parts(slug)
        assert len(counted) <= 20
