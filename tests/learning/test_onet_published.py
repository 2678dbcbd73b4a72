"""The tables of O*NET 18.1 as they were published: all of them, not a sample of ours."""

import pytest

from learning.actions import start_role
from learning.models import Occupation, OccupationTask, Role, Skill
from learning.onet.names import LIMIT, names_of
from learning.onet.reading import Database, file_at, read_database
from tenants.companies.models import Company
from tests.learning.onet import NAMES, PUBLISHED, needs_the_published_tables, occupation, stored

pytestmark = needs_the_published_tables


@pytest.fixture(scope="module")
def published() -> Database:
    return read_database([file_at(PUBLISHED / name) for name in NAMES], release="O*NET 18.1")


def test_every_row_is_read(published: Database) -> None:
    assert len(published.occupations) == 1_110
    assert len(published.tasks) == 19_450
    assert sum(task.core for task in published.tasks) == 12_659
    assert published.notes == []


def test_every_row_is_stored(acme: Company, published: Database) -> None:
    stored(published)
    assert Occupation.objects.count() == 1_110
    assert OccupationTask.objects.count() == 19_450


def test_every_task_has_a_name_of_its_own(published: Database) -> None:
    texts = list(dict.fromkeys(task.text for task in published.tasks))
    assert len(texts) == 18_350
    names = names_of(texts, taken=[])
    assert len({name.casefold() for name in names}) == len(texts)
    assert max(map(len, names)) <= LIMIT
    assert min(map(len, names)) >= 10
    assert sum(name.endswith(")") for name in names) < 400


@pytest.mark.parametrize(
    ("words", "first"),
    [
        ("sales manager", "Sales Managers"),
        ("human resources", "Human Resources Managers"),
        ("customer service rep", "Customer Service Representatives"),
        ("software develop", "Software Developers, Applications"),
        ("nurse", "Nurse Midwives"),
        ("accountan", "Accountants"),
        ("11-1011", "Chief Executives"),
    ],
)
def test_what_people_look_for_comes_first(
    acme: Company, published: Database, words: str, first: str
) -> None:
    stored(published)
    assert Occupation.objects.matching(words)[0].title == first


def test_the_occupations_of_a_company_become_roles(acme: Company, published: Database) -> None:
    stored(published)
    for title, skills in (
        ("Chief Executives", 17),
        ("Sales Managers", 8),
        ("Middle School Teachers, Except Special and Career/Technical Education", 33),
        ("Wind Energy Project Managers", 15),  # none of its tasks is core
    ):
        started = start_role(occupation=occupation(title))
        assert started.skills == skills
        assert started.role.status == Role.Status.DRAFT
    assert all(0 < len(name) <= LIMIT for name in Skill.objects.values_list("name", flat=True))
