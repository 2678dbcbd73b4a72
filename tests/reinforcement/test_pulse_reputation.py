"""How new hires speak of starting here, by cohort, on day 14 and on day 30."""

from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from learning.models import Path
from learning.reports import FEWEST
from learning.reports.small_groups import Share, Split
from reinforcement.actions import answer_reputation, ask_due_reputations
from reinforcement.models import Reputation
from reinforcement.reports import reputation
from reinforcement.reports.reputation import OnDay, Said
from tenants.companies.context import working_for
from tenants.companies.models import Company
from tenants.people.models import Person
from tests.conftest import NOW
from tests.pulse import HIDDEN, berlin, crowd, figures, give

OCTOBER, SEPTEMBER = date(2026, 10, 5), date(2026, 9, 7)
NONE = Said(HIDDEN, Split())
pytestmark = pytest.mark.usefixtures("clock", "acme")


def ask(people: Sequence[Person], answers: Sequence[int | None], day: int = 14) -> None:
    """Each is asked; None did not answer."""
    for person, answer in zip(people, answers, strict=True):
        Reputation.objects.create(
            person=person,
            hired_on=person.rehired_on or person.hired_on or OCTOBER,
            day=day,
            asked_at=NOW,
            answer=answer,
            answered_at=NOW if answer else None,
        )


def hired(number: int, day: date = OCTOBER) -> list[Person]:
    return crowd(number, hired_on=day)


def of_day(day: int = 14) -> OnDay:
    return next(each for each in reputation(now=NOW) if each.day == day)


def cohort(of: date, day: int = 14) -> Said:
    return next(each.said for each in of_day(day).cohorts if each.month == of.replace(day=1))


def answers(*given: int) -> Split:
    chosen = Counter(given)
    parts = {name: chosen[each] for name, each in Reputation.Answer.__members__.items()}
    return Split(parts, len(given), len(given))


def test_what_was_asked_and_answered_through_the_front_door(sales_path: Path) -> None:
    give(sales_path, hired(7, date(2026, 11, 2)))
    asked = ask_due_reputations(now=berlin(date(2026, 11, 16), 9))
    for each, chosen in zip(asked, (1, 2, 3, 4, 4, 4), strict=False):
        answer_reputation(reputation=each, answer=chosen, now=berlin(date(2026, 11, 17)))
    said = cohort(date(2026, 11, 2))
    assert said == Said(Share(6, 7, 7), answers(1, 2, 3, 4, 4, 4))
    assert said.favourable == 4 / 6
    assert (of_day().said, of_day(30).said) == (said, NONE)


def test_five_answers_are_shown_and_four_are_not() -> None:
    ask(hired(6), [3, 3, 1, 2, None, None])
    assert cohort(OCTOBER) == of_day().said == Said(Share(4, 6, 6), Split())
    assert cohort(OCTOBER).favourable is None
    ask(hired(1), [4])
    assert cohort(OCTOBER) == Said(Share(5, 7, 7), answers(3, 3, 1, 2, 4))
    assert cohort(OCTOBER).favourable == 3 / 5


def test_a_small_cohort_cannot_be_taken_off_the_whole() -> None:
    ask(hired(5), [4] * 5)
    ask(hired(4, SEPTEMBER), [1] * 4)
    assert of_day().said == Said(Share(9, 9, 9), answers(*[4] * 5, *[1] * 4))
    assert cohort(OCTOBER) == cohort(SEPTEMBER) == NONE
    assert FEWEST == 5


def test_day_14_and_day_30_are_told_apart() -> None:
    people = hired(5)
    ask(people, [1] * 5)
    ask(people, [4, 4, 4, 4, None], day=30)
    assert cohort(OCTOBER) == Said(Share(5, 5, 5), answers(*[1] * 5))
    assert cohort(OCTOBER, 30) == Said(Share(4, 5, 5), Split())


def test_of_somebody_hired_twice_the_later_time_counts() -> None:
    again = hired(5, SEPTEMBER)
    ask(again, [1] * 5)
    Person.objects.update(rehired_on=OCTOBER)
    ask(Person.objects.order_by("pk"), [4] * 5)
    assert cohort(SEPTEMBER) == NONE
    assert cohort(OCTOBER) == of_day().said == Said(Share(5, 5, 5), answers(*[4] * 5))


def test_twelve_months_are_told_with_this_one() -> None:
    ask(hired(5, date(2025, 11, 30)), [1] * 5)
    assert all(figure.hidden for figure in figures(reputation(now=NOW)))
    months = [each.month for each in of_day().cohorts]
    assert (months[0], months[-1], len(months)) == (date(2025, 12, 1), date(2026, 11, 1), 12)
    ask(hired(5, date(2025, 12, 1)), [1] * 5)
    assert cohort(date(2025, 12, 1)).response == Share(5, 5, 5)
    new_year = berlin(date(2027, 1, 1), 0, 30)  # in UTC it is still December
    assert [each.month for each in reputation(now=new_year, months=2)[0].cohorts] == [
        date(2026, 12, 1),
        date(2027, 1, 1),
    ]


def test_another_company_s_answers_are_not_ours(globex: Company) -> None:
    with working_for(globex):
        ask(hired(5), [4] * 5)
        assert of_day().said.response == Share(5, 5, 5)
    assert of_day().said == NONE


@pytest.mark.parametrize("number", [3, 30])
def test_it_is_one_query_however_many_people(number: int) -> None:
    ask(hired(number), [3] * number)
    with CaptureQueriesContext(connection) as asked:
        reputation(now=NOW + timedelta(days=1))
    assert len(asked) == 1
