"""The starter library in a company that has rows of the same names already."""

import pytest

from learning.library import Part, load_parts, load_role
from learning.models import Outcome, Path, Role, RoleSkill, Skill, StepSkill, TitleRule
from tenants.companies.models import Company


@pytest.fixture
def own_role(acme: Company) -> Role:
    """What the company calls an account executive."""
    return Role.objects.create(slug="ae-0f3a", name="ACCOUNT Executive", summary="Ours.")


def test_what_the_company_has_rewritten_stays_as_it_is(acme: Company) -> None:
    role = load_role("account-executive")
    Skill.objects.filter(slug="demo").update(name="Our demos")
    role.role_skills.filter(skill__slug="demo").update(required_level=3)
    role.paths.get().steps.get(position=0).delete()
    loaded = load_parts("account-executive")
    assert loaded.skills["demo"].name == "Our demos"
    assert role.role_skills.get(skill__slug="demo").required_level == 3
    assert role.paths.get().steps.count() == 13


def test_a_skill_of_the_same_name_in_whatever_case_is_the_one(acme: Company) -> None:
    own = Skill.objects.create(slug="ours-1c2d", name="discovery CONVERSATIONS", with_help="Ours.")
    loaded = load_parts("account-executive")
    assert loaded.skills["discovery"] == own
    assert (loaded.new[Skill], loaded.there[Skill]) == (5, 1)
    own.refresh_from_db()
    assert own.with_help == "Ours."
    assert loaded.role.role_skills.get(skill=own).outcome == loaded.outcomes["close-faster"]
    assert StepSkill.objects.filter(skill=own, step__path__role=loaded.role).count() == 2


def test_a_role_of_the_same_name_is_the_one(own_role: Role) -> None:
    outcome = Outcome.objects.create(
        role=own_role, slug="o-77", name="hold the price", measure="discount", direction="lower"
    )
    loaded = load_parts("account-executive")
    assert Role.objects.get() == loaded.role == own_role
    assert loaded.outcomes["hold-price"] == outcome
    assert own_role.outcomes.count() == 3
    assert own_role.role_skills.get(skill__slug="negotiation").outcome == outcome
    assert own_role.paths.get().slug == "account-executive-first-deals"
    own_role.refresh_from_db()
    assert own_role.summary == "Ours."


def test_a_slug_counts_for_more_than_a_name(acme: Company) -> None:
    load_role("account-executive")
    Skill.objects.filter(slug="demo").update(name="Our demos")
    Skill.objects.create(slug="ours", name="Demos that show their problem solved")
    loaded = load_parts("account-executive")
    assert loaded.skills["demo"].name == "Our demos"
    assert loaded.there[Skill] == 6


def test_an_outcome_of_another_role_is_another_one(acme: Company) -> None:
    other = Role.objects.create(slug="other", name="Other")
    values = {"name": "Hold the price", "measure": "discount", "direction": "lower"}
    Outcome.objects.create(role=other, slug="hold-price", **values)
    loaded = load_parts("account-executive")
    assert {outcome.role for outcome in loaded.outcomes.values()} == {loaded.role}


def test_a_path_of_the_same_name_stays_and_that_is_said(own_role: Role) -> None:
    own = Path.objects.create(role=own_role, slug="ours", name="from first call to SIGNATURE")
    loaded = load_parts("account-executive", {Part.PATH})
    assert loaded.path == own
    assert not own.steps.exists()
    assert own_role.paths.count() == 1
    assert loaded.notes == (
        "There is a path “from first call to SIGNATURE” already: it stays as it is.",
    )


def test_a_path_of_the_same_name_for_another_role_is_told_apart(acme: Company) -> None:
    other = Role.objects.create(slug="other", name="Other")
    Path.objects.create(role=other, slug="ours", name="From first call to signature")
    loaded = load_parts("account-executive", {Part.PATH})
    assert loaded.role != other
    assert "already, of the role “Other”" in loaded.notes[0]


def test_a_path_of_a_role_that_is_not_active_stays_a_draft(own_role: Role) -> None:
    Role.objects.update(status=Role.Status.DRAFT)
    loaded = load_parts("account-executive")
    assert loaded.path
    assert loaded.path.status == Path.Status.DRAFT
    assert "is not active, so its path is a draft" in loaded.notes[0]


def test_a_title_that_stands_for_another_role_is_left_to_it(acme: Company) -> None:
    other = Role.objects.create(slug="other", name="Seller")
    TitleRule.objects.create(role=other, text="Account  Executive", match=TitleRule.Match.IS)
    loaded = load_parts("account-executive")
    assert [rule.text for rule in loaded.role.title_rules.all()] == ["sales executive"]
    assert loaded.notes == (
        "The title “Account  Executive” stands for the role “Seller” already: it was left alone.",
    )
    Role.objects.filter(pk=other.pk).update(status=Role.Status.ARCHIVED)
    assert load_parts("account-executive").new == {TitleRule: 1}


def test_a_title_rule_of_the_role_is_not_made_again(own_role: Role) -> None:
    TitleRule.objects.create(role=own_role, text="ACCOUNT EXECUTIVE")
    assert load_parts("account-executive").new[TitleRule] == 1
    assert own_role.title_rules.count() == 2


def test_two_skills_of_the_library_can_be_one_of_the_companys(acme: Company) -> None:
    """Renamed to what another one is called: the role needs it once, each step raises it once."""
    load_parts("account-executive", {Part.ROLE})
    Skill.objects.get(slug="mutual-plan").role_skills.all().delete()
    Skill.objects.filter(slug="mutual-plan").delete()
    Skill.objects.filter(slug="qualification").update(name="Mutual close plans")
    loaded = load_parts("account-executive")
    assert loaded.skills["mutual-plan"] == loaded.skills["qualification"]
    assert RoleSkill.objects.filter(role=loaded.role).count() == 5
    assert StepSkill.objects.get(step__slug="defend-the-date").raises_to == 2
