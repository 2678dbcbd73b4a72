"""The starter library."""

import re
from typing import Any

import pytest

from learning.framing import Framing, check_framing
from learning.library import available_roles, example_framings, load_role
from learning.models import Outcome, Path, Role, RoleSkill, Skill, Step, StepSkill
from tenants.companies.models import Company

ROLES = available_roles()
EVERYTHING: tuple[Any, ...] = (Role, Outcome, Skill, RoleSkill, Path, Step, StepSkill)


def contents() -> list[list[dict[str, object]]]:
    return [list(model.objects.order_by("pk").values()) for model in EVERYTHING]


def test_the_library_holds_both_roles() -> None:
    assert {"account-executive", "people-manager"} <= set(ROLES)


@pytest.mark.parametrize("slug", ROLES)
def test_a_role_comes_whole(acme: Company, slug: str) -> None:
    role = load_role(slug)
    path = role.paths.get()
    assert path.status == Path.Status.PUBLISHED
    assert role.outcomes.count() >= 2
    assert 8 <= path.steps.count() <= 14
    assert path.steps.filter(quick_win=True, step_skills__isnull=False).exists()
    for role_skill in role.role_skills.select_related("skill"):
        assert all(text for _, text in role_skill.skill.levels)
        assert role_skill.outcome is not None


@pytest.mark.parametrize("slug", ROLES)
def test_every_skill_the_role_needs_can_be_reached_on_its_path(acme: Company, slug: str) -> None:
    role = load_role(slug)
    raised = StepSkill.objects.filter(step__path__role=role)
    for needed in role.role_skills.all():
        assert raised.filter(skill=needed.skill, raises_to__gte=needed.required_level).exists()


@pytest.mark.parametrize("slug", ROLES)
def test_prerequisites_are_earlier_steps_of_the_same_path(acme: Company, slug: str) -> None:
    path = load_role(slug).paths.get()
    for step in path.steps.prefetch_related("prerequisites"):
        for needed in step.prerequisites.all():
            assert needed.path_id == path.pk
            assert needed.position < step.position


@pytest.mark.parametrize("slug", ROLES)
def test_twice_changes_nothing(acme: Company, slug: str) -> None:
    load_role(slug)
    before = contents()
    load_role(slug)
    assert contents() == before


def test_what_the_company_has_rewritten_stays_as_it_is(acme: Company) -> None:
    role = load_role("account-executive")
    Skill.objects.filter(slug="demo").update(name="Our demos")
    role.paths.get().steps.get(position=0).delete()
    load_role("account-executive")
    assert Skill.objects.get(slug="demo").name == "Our demos"
    assert role.paths.get().steps.count() == 13


@pytest.mark.parametrize("slug", ROLES)
def test_the_framings_that_come_along_pass_the_check(acme: Company, slug: str) -> None:
    outcomes = set(load_role(slug).outcomes.values_list("slug", flat=True))
    framings = example_framings(slug)
    assert framings
    for framing in framings:
        assert framing["outcome"] in outcomes
        check_framing(Framing(framing["claim"], framing["because"], framing["sign"]))


def test_a_role_that_the_library_lacks_is_refused_naming_those_it_has(acme: Company) -> None:
    with pytest.raises(LookupError, match=re.escape(f"There is: {', '.join(ROLES)}.")):
        load_role("astronaut")
    with pytest.raises(LookupError, match=r"no role '\.\./secrets'"):
        load_role("../secrets")
    assert not Role.objects.exists()
