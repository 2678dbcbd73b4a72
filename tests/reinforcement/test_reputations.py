"""New hires are asked on day 14 and on day 30 what their onboarding did for their work."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from time_machine import Traveller

from reinforcement import tasks
from reinforcement.actions import (
    answer_reputation,
    ask_due_reputations,
    reputations,
    set_preference,
    stop_mail,
)
from reinforcement.models import Delivery, Reputation
from reinforcement.reports import open_reputation
from tenants.companies import identifiers
from tenants.companies.context import working_for
from tenants.companies.models import Company
from tenants.people.models import Person
from tests.reinforcement.cast import Assign, MakePerson

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
SECOND = timedelta(seconds=1)
# Nia starts on 14 November 2026; both are 09:00 in Berlin
FOURTEENTH = datetime(2026, 11, 28, 8, tzinfo=UTC)
THIRTIETH = datetime(2026, 12, 14, 8, tzinfo=UTC)
Answer = Reputation.Answer


@pytest.fixture
def new(assign: Assign, nia: Person) -> Person:
    """Nia, who is new and has a path."""
    assign(nia)
    return nia


@pytest.fixture
def asked(new: Person, monday: Traveller) -> Reputation:
    monday.move_to(FOURTEENTH)
    [reputation] = ask_due_reputations(now=FOURTEENTH)
    return reputation


def days() -> list[tuple[str, date, int]]:
    """Who was asked, about which employment, on which day of it."""
    found = Reputation.objects.order_by("asked_at", "pk")
    return list(found.values_list("person__given_name", "hired_on", "day"))


def test_on_day_14_and_day_30_not_a_second_earlier(new: Person) -> None:
    for moment, day in ((FOURTEENTH, 14), (THIRTIETH, 30)):
        assert ask_due_reputations(now=moment - SECOND) == []
        [reputation] = ask_due_reputations(now=moment)
        assert (reputation.person, reputation.day, reputation.asked_at) == (new, day, moment)
        delivery = reputation.deliveries.get()
        assert (delivery.kind, delivery.recipient, delivery.channel) == ("reputation", new, "mail")
    assert days() == [("Nia", date(2026, 11, 14), 14), ("Nia", date(2026, 11, 14), 30)]


def test_at_the_company_s_hour(new: Person, acme: Company) -> None:
    acme.brief_hour = 16
    assert ask_due_reputations(now=FOURTEENTH + 7 * HOUR - SECOND) == []
    assert len(ask_due_reputations(now=FOURTEENTH + 7 * HOUR)) == 1


@pytest.mark.parametrize(
    ("zone", "hired_on", "moment"),
    [
        ("Pacific/Auckland", date(2026, 11, 14), datetime(2026, 11, 27, 20, tzinfo=UTC)),
        ("Europe/Berlin", date(2027, 3, 15), datetime(2027, 3, 29, 7, tzinfo=UTC)),
        ("America/New_York", date(2027, 3, 1), datetime(2027, 3, 15, 13, tzinfo=UTC)),
        ("Australia/Lord_Howe", date(2027, 3, 22), datetime(2027, 4, 4, 22, 30, tzinfo=UTC)),
    ],
)
def test_nine_is_nine_on_their_own_clock_also_after_it_changed(
    new: Person, zone: str, hired_on: date, moment: datetime
) -> None:
    Person.objects.filter(pk=new.pk).update(time_zone=zone, hired_on=hired_on)
    assert ask_due_reputations(now=moment - SECOND) == []
    assert len(ask_due_reputations(now=moment)) == 1


def test_it_is_caught_up_for_three_days_and_then_not_asked(new: Person) -> None:
    assert ask_due_reputations(now=FOURTEENTH + 3 * DAY) == []
    assert len(ask_due_reputations(now=FOURTEENTH + 3 * DAY - SECOND)) == 1


def test_calling_again_asks_nobody_twice(asked: Reputation) -> None:
    for later in (timedelta(0), HOUR, 2 * DAY):
        assert ask_due_reputations(now=FOURTEENTH + later) == []
    assert len(days()) == Delivery.objects.filter(reputation__isnull=False).count() == 1


def test_another_scheduler_that_was_faster_leaves_one_question(
    new: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    insert = identifiers.insert_new

    def insert_slowly(questions):
        first = {"hired_on": new.hired_on, "day": 14, "asked_at": FOURTEENTH}
        Reputation.objects.create(person=new, **first)
        return insert(questions)

    monkeypatch.setattr(reputations, "insert_new", insert_slowly)
    assert ask_due_reputations(now=FOURTEENTH) == []
    assert not Delivery.objects.filter(recipient=new).exists()


@pytest.mark.parametrize("status", ["leave", "prehire", "terminated"])
def test_only_who_is_at_work(new: Person, status: str) -> None:
    Person.objects.filter(pk=new.pk).update(employment_status=status)
    assert ask_due_reputations(now=FOURTEENTH) == []


def test_who_comes_back_from_leave_in_time_is_asked_late(new: Person) -> None:
    Person.objects.filter(pk=new.pk).update(employment_status="leave")
    assert ask_due_reputations(now=FOURTEENTH) == []
    Person.objects.filter(pk=new.pk).update(employment_status="active")
    assert len(ask_due_reputations(now=FOURTEENTH + 2 * DAY)) == 1


def test_only_who_has_a_path_that_was_not_taken_back(
    new: Person, ada: Person, person: MakePerson
) -> None:
    person("Cy", "Oh", manager=ada, hired_on=new.hired_on)
    new.assignments.update(status="withdrawn")
    assert ask_due_reputations(now=FOURTEENTH) == []
    paused_on = FOURTEENTH.date()
    new.assignments.update(status="paused", pause="hand", paused_on=paused_on)
    assert len(ask_due_reputations(now=FOURTEENTH)) == 1
    new.assignments.update(
        status="completed", pause="", paused_on=None, completed_at=FOURTEENTH + DAY
    )
    assert [each.day for each in ask_due_reputations(now=THIRTIETH)] == [30]


def test_who_was_hired_years_ago_or_on_no_known_day_is_not_asked(
    assign: Assign, lee: Person, ada: Person, person: MakePerson
) -> None:
    assign(lee)
    assign(person("Cy", "Oh", manager=ada, hired_on=None))
    for moment in (FOURTEENTH, THIRTIETH):
        assert ask_due_reputations(now=moment) == []


def test_who_comes_back_is_asked_about_the_new_start(
    assign: Assign, lee: Person, monday: Traveller
) -> None:
    assign(lee)
    lee.assignments.update(status="completed", completed_at=datetime(2025, 1, 1, tzinfo=UTC))
    Person.objects.filter(pk=lee.pk).update(rehired_on=date(2026, 11, 14))
    assert ask_due_reputations(now=FOURTEENTH) == []  # the path was of the earlier time
    assign(lee)
    ask_due_reputations(now=FOURTEENTH)
    Person.objects.filter(pk=lee.pk).update(rehired_on=date(2026, 11, 30))
    assert len(ask_due_reputations(now=datetime(2026, 12, 14, 8, tzinfo=UTC))) == 1
    assert days() == [("Lee", date(2026, 11, 14), 14), ("Lee", date(2026, 11, 30), 14)]


def test_a_first_day_that_is_corrected_asks_nobody_again(asked: Reputation, new: Person) -> None:
    Person.objects.filter(pk=new.pk).update(hired_on=date(2026, 11, 15))
    assert ask_due_reputations(now=FOURTEENTH + DAY) == []
    assert len(ask_due_reputations(now=THIRTIETH + DAY)) == 1


def test_who_took_themselves_off_finds_it_on_the_portal(
    new: Person, mailoutbox, monday: Traveller, monkeypatch: pytest.MonkeyPatch
) -> None:
    stop_mail(person=new)
    monday.move_to(FOURTEENTH)
    monkeypatch.setattr(tasks.send_due, "delay", tasks.send_due)
    tasks.ask_reputations()
    assert mailoutbox == []
    found = open_reputation(new, now=FOURTEENTH)
    assert found is not None
    assert found.deliveries.get().channel == "portal"


def test_who_paused_is_not_written_to_and_finds_it_on_the_portal(new: Person) -> None:
    paused_until = FOURTEENTH.date() + DAY
    set_preference(person=new, channel="mail", day=None, hour=None, paused_until=paused_until)
    [reputation] = ask_due_reputations(now=FOURTEENTH)
    assert not reputation.deliveries.exists()
    assert open_reputation(new, now=FOURTEENTH) == reputation


def test_an_answer_is_noted_and_replaced_for_fourteen_days(asked: Reputation) -> None:
    first = answer_reputation(reputation=asked, answer=Answer.HELPED, now=FOURTEENTH + HOUR)
    assert (first.answer, first.answered_at) == (Answer.HELPED, FOURTEENTH + HOUR)
    again = answer_reputation(reputation=asked, answer=Answer.HELPED, now=FOURTEENTH + 2 * HOUR)
    assert again.answered_at == FOURTEENTH + HOUR
    last = FOURTEENTH + 14 * DAY - SECOND
    answer_reputation(reputation=asked, answer=Answer.ESSENTIAL, now=last)
    with pytest.raises(ValidationError, match="was open for 14 days"):
        answer_reputation(reputation=asked, answer=Answer.NOTHING, now=last + SECOND)
    asked.refresh_from_db()
    assert (asked.answer, asked.answered_at) == (Answer.ESSENTIAL, last)


@pytest.mark.parametrize("answer", [0, 5, -1])
def test_what_is_no_answer_is_refused_at_the_field(asked: Reputation, answer: int) -> None:
    with pytest.raises(ValidationError) as refused:
        answer_reputation(reputation=asked, answer=answer, now=FOURTEENTH)
    assert refused.value.message_dict == {"answer": ["Choose one of the answers."]}
    asked.refresh_from_db()
    assert asked.answer is None


def test_who_left_or_came_back_since_answers_no_more(asked: Reputation, new: Person) -> None:
    for status, reason in (("terminated", "has left"), ("active", "an earlier time here")):
        Person.objects.filter(pk=new.pk).update(
            employment_status=status, access_ended_at=FOURTEENTH + HOUR
        )
        with pytest.raises(ValidationError, match=reason):
            answer_reputation(reputation=asked, answer=Answer.HELPED, now=FOURTEENTH + 2 * HOUR)
        new.refresh_from_db()
        assert open_reputation(new, now=FOURTEENTH + 2 * HOUR) is None


def test_where_nobody_s_day_has_come_it_costs_one_query(
    new: Person, django_assert_num_queries
) -> None:
    with django_assert_num_queries(1):
        ask_due_reputations(now=FOURTEENTH - HOUR)
    ask_due_reputations(now=FOURTEENTH)
    with django_assert_num_queries(2):
        ask_due_reputations(now=FOURTEENTH + HOUR)


def test_twelve_new_hires_cost_no_more_queries_than_one(
    new: Person, assign: Assign, ada: Person, person: MakePerson
) -> None:
    def cost(now: datetime) -> int:
        with CaptureQueriesContext(connection) as queries:
            assert ask_due_reputations(now=now)
        return len(queries)

    alone = cost(FOURTEENTH)
    for n in range(11):
        assign(person("Cy", f"Oh{n}", manager=ada, hired_on=new.hired_on))
    assert cost(THIRTIETH) == alone
    assert Reputation.objects.filter(day=30).count() == 12


def test_another_company_s_new_hires_are_not_asked(
    new: Person, globex: Company, gus: Person
) -> None:
    with working_for(globex):
        Person.objects.create(
            pk=new.pk, given_name="Nia", email="nia@globex.example", hired_on=new.hired_on
        )
    ask_due_reputations(now=FOURTEENTH)
    with working_for(globex):
        assert ask_due_reputations(now=FOURTEENTH) == []
        assert not Reputation.objects.exists()
