"""Learners hear, two days before, that their manager is about to be prompted to talk with them."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from time_machine import Traveller

from reinforcement import facts, tasks
from reinforcement.actions import (
    heads_ups,
    set_preference,
    stop_mail,
    write_due_briefs,
    write_due_heads_ups,
)
from reinforcement.actions.stopping import stop_address
from reinforcement.models import BriefItem, ChannelPreference, Delivery, HeadsUp
from tenants.companies.context import working_for
from tenants.companies.models import Company
from tenants.people.models import Person
from tests.reinforcement.cast import DUE, Assign, MakePerson

HOUR, DAY, WEEK = timedelta(hours=1), timedelta(days=1), timedelta(weeks=1)
SECOND = timedelta(seconds=1)
NEXT = DUE + WEEK  # Monday of ISO week 48, 09:00 in Berlin
TELL = NEXT - 3 * DAY  # the Friday before


@pytest.fixture
def acme(acme: Company) -> Company:
    """Acme wants heads-ups."""
    acme.heads_up = True
    return acme


@pytest.fixture
def on_a_path(acme: Company, assign: Assign, ada: Person, lee: Person) -> Person:
    """Lee, whom Ada's next brief is going to be about."""
    assign(lee)
    return lee


def told() -> list[str]:
    return sorted(HeadsUp.objects.values_list("person__given_name", flat=True))


def choose(person: Person, **fields: object) -> None:
    ChannelPreference.objects.update_or_create(person=person, defaults=fields)


def test_on_the_friday_before_a_monday_brief_not_a_second_earlier(
    on_a_path: Person, ada: Person
) -> None:
    assert write_due_heads_ups(now=TELL - SECOND) == []
    [heads_up] = write_due_heads_ups(now=TELL)
    assert (heads_up.person, heads_up.manager) == (on_a_path, ada)
    assert (heads_up.iso_year, heads_up.iso_week) == (2026, 48)
    assert (heads_up.brief_due_at, heads_up.written_at) == (NEXT, TELL)
    assert heads_up.plan_step is not None
    assert heads_up.plan_step.step.slug == "three-question-opener"
    delivery = Delivery.objects.get(recipient=on_a_path)
    assert (delivery.kind, delivery.heads_up, delivery.channel) == ("heads_up", heads_up, "mail")
    assert delivery.next_attempt_at == TELL


@pytest.mark.parametrize(
    ("brief_day", "days_before"), [(1, 3), (2, 4), (3, 2), (4, 2), (5, 2), (6, 2), (7, 2)]
)
def test_two_days_before_and_never_on_a_weekend(
    on_a_path: Person, ada: Person, brief_day: int, days_before: int
) -> None:
    choose(ada, day=brief_day, hour=15)
    due_at = NEXT + (brief_day - 1) * DAY + 6 * HOUR
    moment = due_at - days_before * DAY
    assert moment.isoweekday() <= 5
    assert write_due_heads_ups(now=moment - SECOND) == []
    [heads_up] = write_due_heads_ups(now=moment)
    assert (heads_up.brief_due_at, heads_up.iso_week) == (due_at, 48)


@pytest.mark.parametrize(
    ("zone", "tell", "due"),
    [
        (
            "Europe/Berlin",
            datetime(2027, 3, 26, 8, tzinfo=UTC),
            datetime(2027, 3, 29, 7, tzinfo=UTC),
        ),
        (
            "America/New_York",
            datetime(2027, 3, 12, 14, tzinfo=UTC),
            datetime(2027, 3, 15, 13, tzinfo=UTC),
        ),
        (
            "Australia/Lord_Howe",
            datetime(2027, 4, 1, 22, tzinfo=UTC),
            datetime(2027, 4, 4, 22, 30, tzinfo=UTC),
        ),
        (
            "Asia/Kolkata",
            datetime(2027, 3, 26, 3, 30, tzinfo=UTC),
            datetime(2027, 3, 29, 3, 30, tzinfo=UTC),
        ),
    ],
)
def test_nine_stays_nine_on_the_manager_s_clock_when_it_changes_in_between(
    on_a_path: Person, ada: Person, zone: str, tell: datetime, due: datetime
) -> None:
    Person.objects.filter(pk=ada.pk).update(time_zone=zone)
    assert write_due_heads_ups(now=tell - SECOND) == []
    assert [each.brief_due_at for each in write_due_heads_ups(now=tell)] == [due]


def test_it_is_caught_up_for_a_day_and_then_silently_not_sent(on_a_path: Person) -> None:
    assert write_due_heads_ups(now=TELL + DAY) == []
    assert write_due_heads_ups(now=NEXT - SECOND) == []
    assert not HeadsUp.objects.exists()
    assert len(write_due_heads_ups(now=TELL + DAY - SECOND)) == 1


def test_calling_again_tells_nobody_twice_nor_whom_it_would_choose_now(
    on_a_path: Person, acme: Company, assign: Assign, monday: Traveller, nia: Person
) -> None:
    acme.brief_size = 1
    assert len(write_due_heads_ups(now=TELL)) == 1
    assign(nia)  # new, and without a first win: first in line from now on
    for later in (timedelta(0), HOUR, 23 * HOUR):
        assert write_due_heads_ups(now=TELL + later) == []
    assert told() == ["Lee"]
    assert len(write_due_heads_ups(now=TELL + WEEK)) == 1


def test_one_a_week_even_where_another_manager_s_brief_comes_later_in_it(
    on_a_path: Person, person: MakePerson
) -> None:
    write_due_heads_ups(now=TELL)
    bo = person("Bo", "Ek")
    choose(bo, day=4)
    Person.objects.filter(pk=on_a_path.pk).update(manager=bo)
    assert write_due_heads_ups(now=NEXT + DAY) == []
    assert len(write_due_heads_ups(now=NEXT + DAY + WEEK)) == 1
    assert list(HeadsUp.objects.order_by("pk").values_list("manager__given_name", "iso_week")) == [
        ("Ada", 48),
        ("Bo", 49),
    ]


def test_another_scheduler_that_was_faster_leaves_one_mail(
    on_a_path: Person, ada: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gather_slowly(*args, **options):
        HeadsUp.objects.create(
            person=on_a_path,
            manager=ada,
            iso_year=2026,
            iso_week=48,
            brief_due_at=NEXT,
            written_at=TELL,
        )
        return facts.gather(*args, **options)

    monkeypatch.setattr(heads_ups, "gather", gather_slowly)
    assert write_due_heads_ups(now=TELL) == []
    assert not Delivery.objects.filter(recipient=on_a_path).exists()


def test_who_is_told_is_who_the_brief_is_about(
    acme: Company, assign: Assign, ada: Person, lee: Person, nia: Person, person: MakePerson
) -> None:
    acme.brief_size = 2
    for report in (lee, nia, person("Cy", "Oh", manager=ada)):
        assign(report)
    write_due_heads_ups(now=TELL)
    write_due_briefs(now=NEXT)
    featured = BriefItem.objects.filter(brief__iso_week=48)
    assert told() == sorted(featured.values_list("report__given_name", flat=True))
    assert len(told()) == 2


@pytest.mark.parametrize("status", ["leave", "terminated", "prehire"])
def test_nobody_is_told_who_is_not_at_work(on_a_path: Person, status: str) -> None:
    Person.objects.filter(pk=on_a_path.pk).update(employment_status=status)
    assert write_due_heads_ups(now=TELL) == []


def test_nobody_is_told_who_took_themselves_off_paused_or_cannot_be_reached(
    on_a_path: Person, assign: Assign, ada: Person, person: MakePerson
) -> None:
    off, paused, bounced, nowhere = (
        person(given, "Oh", manager=ada) for given in ("Off", "Paused", "Bounced", "Nowhere")
    )
    for report in (off, paused, bounced, nowhere):
        assign(report)
    stop_mail(person=off)
    choose(paused, paused_until=TELL.date() + DAY)
    stop_address(person=bounced, channel="mail", error="no such mailbox", now=DUE)
    Person.objects.filter(pk=nowhere.pk).update(email=None)
    write_due_heads_ups(now=TELL)
    assert told() == ["Lee"]
    assert Delivery.objects.filter(heads_up__isnull=False).count() == 1


def test_who_paused_until_today_is_told(on_a_path: Person) -> None:
    choose(on_a_path, paused_until=TELL.date())
    assert len(write_due_heads_ups(now=TELL)) == 1


@pytest.mark.parametrize("status", ["leave", "terminated", "prehire"])
def test_nobody_is_told_while_the_manager_is_away(
    on_a_path: Person, ada: Person, status: str
) -> None:
    Person.objects.filter(pk=ada.pk).update(employment_status=status)
    assert write_due_heads_ups(now=TELL) == []


def test_nobody_is_told_of_a_brief_that_the_manager_paused(on_a_path: Person, ada: Person) -> None:
    choose(ada, paused_until=NEXT.date() + DAY)
    assert write_due_heads_ups(now=TELL) == []
    choose(ada, paused_until=NEXT.date())
    assert len(write_due_heads_ups(now=TELL)) == 1


def test_nobody_is_told_of_a_second_brief_in_a_week_that_had_one(
    on_a_path: Person, ada: Person
) -> None:
    write_due_briefs(now=DUE)
    set_preference(person=ada, channel="mail", day=5, hour=9, paused_until=None, now=DUE + HOUR)
    assert write_due_heads_ups(now=DUE + 2 * DAY) == []
    [heads_up] = write_due_heads_ups(now=DUE + WEEK + 2 * DAY)
    assert (heads_up.iso_week, heads_up.brief_due_at) == (48, NEXT + 4 * DAY)


def test_a_path_that_rests_is_nothing_to_talk_about(on_a_path: Person) -> None:
    on_a_path.assignments.update(status="paused", pause="hand", paused_on=DUE.date())
    assert write_due_heads_ups(now=TELL) == []


def test_where_nobody_asked_for_them_it_costs_nothing(on_a_path: Person, acme: Company) -> None:
    acme.heads_up = False
    with CaptureQueriesContext(connection) as queries:
        assert write_due_heads_ups(now=TELL) == []
    assert len(queries) == 0


def test_between_two_moments_it_costs_one_query(
    on_a_path: Person, django_assert_num_queries
) -> None:
    with django_assert_num_queries(1):
        write_due_heads_ups(now=TELL - HOUR)
    write_due_heads_ups(now=TELL)
    with django_assert_num_queries(3):
        write_due_heads_ups(now=TELL + HOUR)


def test_six_managers_cost_no_more_queries_than_one(
    on_a_path: Person, assign: Assign, person: MakePerson
) -> None:
    def cost(now: datetime) -> int:
        with CaptureQueriesContext(connection) as queries:
            assert write_due_heads_ups(now=now)
        return len(queries)

    alone = cost(TELL)
    for n in range(5):
        boss = person("Bo", f"Ek{n}")
        for m in range(3):
            assign(person("Cy", f"Oh{n}{m}", manager=boss))
    assert cost(TELL + WEEK) == alone
    assert HeadsUp.objects.count() == 1 + 16


def test_another_company_s_people_hear_nothing(
    on_a_path: Person, globex: Company, gus: Person
) -> None:
    with working_for(globex):
        Person.objects.create(
            pk=on_a_path.pk, given_name="Lee", email="lee@globex.example", manager=gus
        )
    write_due_heads_ups(now=TELL)
    with working_for(globex):
        globex.heads_up = True
        assert write_due_heads_ups(now=TELL) == []
        assert not Delivery.objects.exists()


def test_the_task_tells_and_sends(
    on_a_path: Person, monday: Traveller, mailoutbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tasks.send_due, "delay", tasks.send_due)
    monday.move_to(TELL)
    tasks.write_heads_ups()
    tasks.write_heads_ups()
    [mail] = mailoutbox
    assert mail.to == ["Lee Tanaka <lee.tanaka@acme.example>"]
    assert mail.subject == "On Monday Ada gets a nudge to talk with you"
