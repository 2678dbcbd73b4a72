"""The tables in a company: replaced as a whole, searched by title first, nobody else's."""

from typing import Any

import pytest
from django.db import connection

from learning.models import Occupation, OccupationTask
from learning.onet.reading import Database, read_database
from tenants.companies.context import working_for
from tenants.companies.models import Company
from tests.learning.onet import OCCUPATIONS, files, occupation, stored


def titles(text: str) -> list[str]:
    return [occupation.title for occupation in Occupation.objects.matching(text)]


def test_tables_are_stored_with_their_release(acme: Company) -> None:
    stored()
    assert Occupation.objects.count() == 4
    assert set(Occupation.objects.values_list("release", flat=True)) == {"O*NET 18.1"}
    tasks = occupation("Sales Managers").tasks.values_list("number", "core")
    assert list(tasks) == [(1, True), (2, True), (3, False)]


def test_new_tables_replace_the_old_ones(acme: Company) -> None:
    stored()
    newer = read_database(files(OCCUPATIONS.replace("Accountants", "Auditors")), release="30.3")
    stored(newer)
    assert {one.title for one in Occupation.objects.filter(release="O*NET 30.3")} == {
        "Sales Managers",
        "Auditors",
        "Systems Engineers",
        "All Other Workers",
    }
    assert (Occupation.objects.count(), OccupationTask.objects.count()) == (4, 7)


def test_tables_that_cannot_be_stored_leave_the_old_ones(acme: Company) -> None:
    stored()
    good = read_database(files())
    stranger = good.tasks[0]._replace(code="00-0000.00")
    with pytest.raises(KeyError):
        stored(Database(good.occupations[:1], [stranger]))
    assert (Occupation.objects.count(), OccupationTask.objects.count()) == (4, 7)


def test_globex_has_none_of_acmes_tables(acme: Company, globex: Company) -> None:
    stored()
    with working_for(globex):
        assert not Occupation.objects.exists()
        stored(read_database(files(), release="30.3"))
    assert set(Occupation.objects.values_list("release", flat=True)) == {"O*NET 18.1"}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("manager", ["Sales Managers", "Accountants"]),  # one in its title, one in its description
        ("MANAGERS sales", ["Sales Managers"]),
        ("accountan", ["Accountants"]),  # not finished yet, beyond the stem of the word
        ("design", ["Systems Engineers"]),
        ("engineers problem", ["Systems Engineers"]),
        ("13-20", ["Accountants"]),
        ("ales", []),
        ("&|!:*'", []),
        ("the", []),
        ("'; DROP TABLE x --", []),
    ],
)
def test_titles_are_found_first(acme: Company, text: str, found: list[str]) -> None:
    stored()
    assert titles(text) == found


def test_a_blank_search_finds_everything_by_title(acme: Company) -> None:
    stored()
    assert titles(" ") == [
        "Accountants",
        "All Other Workers",
        "Sales Managers",
        "Systems Engineers",
    ]


def test_the_exact_title_comes_before_longer_ones(acme: Company) -> None:
    more = "11-1011.00\tAccountants of Accountants\tAccountants, accountants.\n"
    stored(read_database(files(OCCUPATIONS + more)))
    assert titles("accountants") == ["Accountants", "Accountants of Accountants"]


def test_core_tasks_are_counted(acme: Company) -> None:
    stored()
    counted: Any = Occupation.objects.matching("").with_core_tasks()
    assert {one.title: one.core_tasks for one in counted} == {
        "Accountants": 2,
        "All Other Workers": 0,
        "Sales Managers": 2,
        "Systems Engineers": 0,
    }


def test_words_are_looked_up_in_the_index(acme: Company) -> None:
    stored()
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        plan = Occupation.objects.matching("managers").explain()
    assert "occupation_search" in plan
