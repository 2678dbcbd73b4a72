"""Who may erase whom, and what it costs."""

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from learning.models import (
    LearningRecord,
    Skill,
)
from tenants.companies.context import working_for
from tenants.companies.models import Company
from tenants.people.access import Access
from tenants.people.actions import give_access
from tenants.people.models import Person
from tests.people.erasing.cast import Assign, MakePerson, erase
from tests.people.known import brief_of
from tests.portal.asking import see


def test_only_owners_may(known: Person, lee: Person) -> None:
    with pytest.raises(ValidationError, match="Only an owner"):
        erase(known, lee)
    assert Person.objects.filter(pk=known.pk).exists()


def test_nobody_erases_themselves_nor_the_last_owner(
    olive: Person, lee: Person, known: Person
) -> None:
    with pytest.raises(ValidationError, match="Nobody erases themselves"):
        erase(olive, olive, works_here=True)
    with pytest.raises(ValidationError, match="last owner"):
        erase(olive, None, works_here=True)
    give_access(person=lee, access=Access.OWNER, actor=olive)
    lee.refresh_from_db()
    erase(olive, lee, works_here=True)
    assert not Person.objects.filter(pk=olive.pk).exists()


def test_who_works_here_is_erased_after_a_second_look(lee: Person, olive: Person) -> None:
    with pytest.raises(ValidationError, match="has not left"):
        erase(lee, olive)
    with pytest.raises(ValidationError, match="Say why"):
        erase(lee, olive, reason=" ", works_here=True)
    erase(lee, olive, works_here=True)
    with pytest.raises(ValidationError, match="already"):
        erase(lee, olive, works_here=True)


def test_a_namesake_s_rows_stay_theirs(known: Person, olive: Person) -> None:
    """Sentences cannot tell two Ada Lindqvists apart; rows can."""
    other = Person.objects.create(given_name="Ada", family_name="Lindqvist")
    erase(known, olive)
    other.refresh_from_db()
    assert other.name == "Ada Lindqvist"


def test_another_company_is_left_alone(
    known: Person, olive: Person, globex: Company, gus: Person
) -> None:
    erase(known, olive)
    with working_for(globex):
        assert Person.objects.filter(pk=gus.pk).exists()
        assert not LearningRecord.objects.filter(kind="person.erased").exists()


def test_much_costs_what_little_does(
    known: Person, olive: Person, assign: Assign, person: MakePerson
) -> None:
    counts = []
    for number in (1, 2, 9):  # the first warms caches
        heavy = person(f"Heavy{number}", "Ek", manager=olive)
        assignment = assign(heavy)
        for each in range(number):
            report = person(f"More{number}{each}", "Ek", manager=heavy)
            brief_of(heavy, report, assign(report), "note")
            brief_of(olive, heavy, assignment, "note")
            see(heavy, Skill.objects.all()[0].slug, 2, by=olive, days=each)
        with CaptureQueriesContext(connection) as queries:
            erase(heavy, olive, works_here=True)
        counts.append(len(queries))
    assert counts[1] == counts[2] <= 140
