"""An occupation becomes a draft role, with its core tasks as skills to edit."""

import pytest
from django.contrib.contenttypes.models import ContentType
from pytest_django import DjangoAssertNumQueries

from learning.actions import start_role
from learning.models import Level, Occupation, Role, RoleSkill, Skill
from learning.onet.reading import read_database
from tenants.companies.context import working_for
from tenants.companies.models import Company
from tests.learning.onet import OCCUPATIONS, TASKS, files, occupation, stored

pytestmark = pytest.mark.usefixtures("tables")


@pytest.fixture
def tables(acme: Company) -> None:
    stored()


def test_the_role_is_a_draft_with_a_skill_per_core_task() -> None:
    started = start_role(occupation=occupation("Sales Managers"))
    role = started.role
    assert (started.is_new, started.skills, started.from_supplemental) == (True, 2, False)
    assert (role.name, role.status) == ("Sales Managers", Role.Status.DRAFT)
    assert role.summary == "Plan or direct the distribution of a product to the customer."
    assert role.occupation_code == "11-2022.00"
    complaints, preferences = role.role_skills.select_related("skill")
    assert complaints.skill.name == "Resolve customer complaints regarding sales and service"
    assert preferences.required_level == Level.ON_THEIR_OWN
    assert preferences.skill.levels == [
        (
            Level.NOT_SEEN,
            "So far, nobody has seen them monitor customer preferences to determine focus of sales "
            "efforts.",
        ),
        (
            Level.WITH_HELP,
            "With somebody at their side, they monitor customer preferences to determine focus of "
            "sales efforts.",
        ),
        (
            Level.ON_THEIR_OWN,
            "Monitor customer preferences to determine focus of sales efforts.",
        ),
        (
            Level.COACHES_OTHERS,
            "They show others how to monitor customer preferences to determine focus of sales "
            "efforts.",
        ),
    ]


def test_role_and_skills_carry_the_credit_that_the_licence_asks_for() -> None:
    role = start_role(occupation=occupation("Sales Managers")).role
    assert role.attribution == (
        "This page includes information from the O*NET 18.1 Database by the U.S. Department of "
        "Labor, Employment and Training Administration (USDOL/ETA). Used under the CC BY 4.0 "
        "license. O*NET® is a trademark of USDOL/ETA. Acme has modified all or some of this "
        "information. USDOL/ETA has not approved, endorsed, or tested these modifications."
    )
    assert set(Skill.objects.values_list("attribution", flat=True)) == {role.attribution}


def test_the_credit_goes_without_a_release_that_nobody_knows() -> None:
    stored(read_database(files()))
    role = start_role(occupation=occupation("Sales Managers")).role
    assert "information from the O*NET Database by" in role.attribution


def test_starting_again_returns_the_role_there_is() -> None:
    first = start_role(occupation=occupation("Sales Managers")).role
    Role.objects.update(name="Head of Sales", status=Role.Status.ARCHIVED)
    again = start_role(occupation=occupation("Sales Managers"))
    assert (again.role, again.is_new) == (first, False)
    assert again.role.name == "Head of Sales"
    assert Role.objects.count() == 1


def test_a_taken_name_says_where_the_new_role_is_from() -> None:
    Role.objects.create(slug="sales-managers", name="Sales Managers")
    assert start_role(occupation=occupation("Sales Managers")).role.name == "Sales Managers (O*NET)"
    Role.objects.create(slug="accountants", name="Accountants")
    Role.objects.create(slug="accountants-2", name="Accountants (O*NET)")
    role = start_role(occupation=occupation("Accountants")).role
    assert role.name == "Accountants (O*NET 13-2011.01)"


def test_the_same_task_is_the_same_skill_whatever_it_is_called_by_now() -> None:
    managers = start_role(occupation=occupation("Sales Managers")).role
    complaints = managers.role_skills.all()[0].skill
    complaints.name, complaints.with_help = "Calming customers", "In our words."
    complaints.save()
    accountants = start_role(occupation=occupation("Accountants")).role
    assert complaints in [row.skill for row in accountants.role_skills.all()]
    complaints.refresh_from_db()
    assert (complaints.name, complaints.with_help) == ("Calming customers", "In our words.")
    assert Skill.objects.count() == 3


def test_another_skill_of_that_name_is_left_alone() -> None:
    ours = Skill.objects.create(slug="reports", name="Prepare reports", with_help="Ours.")
    role = start_role(occupation=occupation("Accountants")).role
    names = [row.skill.name for row in role.role_skills.all()]
    assert "Prepare reports (2)" in names
    ours.refresh_from_db()
    assert ours.with_help == "Ours."


def test_a_task_that_is_listed_twice_is_one_skill() -> None:
    again = TASKS + "13-2011.01\t90\tPrepare reports.\tCore\n"
    stored(read_database(files(tasks=again)))
    assert start_role(occupation=occupation("Accountants")).skills == 2


def test_an_occupation_without_core_tasks_takes_the_supplemental_ones() -> None:
    started = start_role(occupation=occupation("Systems Engineers"))
    assert (started.skills, started.from_supplemental) == (2, True)


def test_an_occupation_without_tasks_becomes_a_role_without_skills() -> None:
    started = start_role(occupation=occupation("All Other Workers"))
    assert (started.is_new, started.skills, started.from_supplemental) == (True, 0, False)
    assert not RoleSkill.objects.exists()


def test_newer_tables_leave_roles_and_skills_as_they_are() -> None:
    role = start_role(occupation=occupation("Sales Managers")).role
    before = list(Skill.objects.order_by("pk").values())
    stored(read_database(files(OCCUPATIONS.replace("Sales Managers", "Heads of Sales"))))
    assert list(Skill.objects.order_by("pk").values()) == before
    assert start_role(occupation=occupation("Heads of Sales")).role == role


def test_an_occupation_that_newer_tables_lack_is_told() -> None:
    gone = occupation("Accountants")
    stored(read_database(files(OCCUPATIONS.replace("13-2011.01", "13-2011.09"))))
    with pytest.raises(Occupation.DoesNotExist):
        start_role(occupation=gone)
    assert not Role.objects.exists()


def test_a_role_costs_the_same_for_2_tasks_and_for_30(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    many = "".join(f"11-2022.00\t{n}\tTask number {n}.\tCore\n" for n in range(100, 130))
    stored(read_database(files(tasks=TASKS + many)))
    ContentType.objects.get_for_model(Role)  # looked up once, and known from then on
    for title, skills in (("Accountants", 2), ("Sales Managers", 32)):
        chosen = occupation(title)
        with django_assert_num_queries(11 + 2):  # and a savepoint, in a test
            assert start_role(occupation=chosen).skills == skills


def test_globex_gets_no_role_of_acmes(globex: Company) -> None:
    start_role(occupation=occupation("Sales Managers"))
    with working_for(globex):
        assert not Role.objects.exists()
        assert not Skill.objects.exists()
