"""On the day L&D said it would, it is reminded to check back."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.mail import EmailMultiAlternatives
from django.db import connection
from django.test.utils import CaptureQueriesContext
from time_machine import Traveller

from learning.models import Path
from reinforcement import tasks
from reinforcement.actions import (
    change_barrier,
    check_back,
    move_barrier,
    note_barrier,
    remind_due_check_backs,
    send_due,
)
from reinforcement.models import Barrier, ChannelAddress, Delivery
from tenants.companies.context import working_for
from tenants.companies.models import Company
from tenants.people.models import Person
from tests.conftest import NOW, TODAY
from tests.reinforcement.cast import MakePerson
from tests.reinforcement.smtp import Postbox

WORDS = "Legal takes nine days to look at a contract."
DAY = date(2026, 11, 30)
NINE = datetime(2026, 11, 30, 8, tzinfo=UTC)  # the company's brief hour, in Berlin
A_DAY = timedelta(days=1)


@pytest.fixture
def barrier(clock: Traveller, olive: Person, ada: Person, lee: Person, sales_path: Path) -> Barrier:
    """Ada told Olive today; Olive wants to ask again on the last day of November."""
    return note_barrier(
        manager=ada,
        words=WORDS,
        actor=olive,
        outcome=sales_path.role.outcomes.get(slug="close-faster"),
        looked_after_by=olive,
        check_back_on=DAY,
        paths=[sales_path],
    )


@pytest.fixture
def colleague(acme: Company, person: MakePerson) -> Person:
    """Cleo works in L&D, and is let in by her group."""
    cleo = person("Cleo", "Marsh", is_staff=True)
    group = Group.objects.create(name="Those who look after barriers")
    group.permissions.add(Permission.objects.get(codename="change_barrier"))
    cleo.groups.add(group)
    return cleo


def readers() -> list[Person]:
    return [each.recipient for each in Delivery.objects.order_by("pk")]


def test_it_is_reminded_of_once_on_the_day_from_the_brief_hour_on(
    barrier: Barrier, olive: Person
) -> None:
    early = (NINE - A_DAY, NINE - timedelta(seconds=1))
    assert [len(remind_due_check_backs(now=now).deliveries) for now in early] == [0, 0]
    [delivery] = remind_due_check_backs(now=NINE).deliveries
    assert (delivery.barrier, delivery.recipient, delivery.channel) == (barrier, olive, "mail")
    assert delivery.kind == Delivery.Kind.CHECK_BACK
    for later in (timedelta(minutes=5), A_DAY, 30 * A_DAY):
        assert remind_due_check_backs(now=NINE + later).deliveries == []
    assert Delivery.objects.count() == 1


def test_the_hour_and_the_day_are_the_company_s(barrier: Barrier, acme: Company) -> None:
    acme.time_zone, acme.brief_hour = "Pacific/Auckland", 7
    seven = datetime(2026, 11, 29, 18, tzinfo=UTC)  # already the 30th there
    assert remind_due_check_backs(now=seven - timedelta(minutes=1)).deliveries == []
    assert len(remind_due_check_backs(now=seven).deliveries) == 1


def test_another_day_is_another_reminder(barrier: Barrier, olive: Person) -> None:
    remind_due_check_backs(now=NINE)
    check_back(barrier=barrier, on=DAY + 7 * A_DAY, actor=olive, now=NINE)
    assert remind_due_check_backs(now=NINE + A_DAY).deliveries == []
    remind_due_check_backs(now=NINE + 7 * A_DAY)
    assert readers() == [olive, olive]
    assert len(set(Delivery.objects.values_list("message_id", flat=True))) == 2


def test_a_day_that_was_slept_through_is_made_up_for(barrier: Barrier, olive: Person) -> None:
    remind_due_check_backs(now=NINE + 3 * A_DAY)
    assert readers() == [olive]


@pytest.mark.parametrize("away", ["leave", "terminated"])
def test_a_colleague_is_told_in_place_of_who_is_away(
    barrier: Barrier, olive: Person, colleague: Person, away: str
) -> None:
    Person.objects.filter(pk=olive.pk).update(employment_status=away)
    remind_due_check_backs(now=NINE)
    assert readers() == [colleague]


def test_of_what_nobody_looks_after_l_and_d_is_told_before_who_may_do_everything(
    barrier: Barrier, olive: Person, person: MakePerson
) -> None:
    change_barrier(barrier=barrier, actor=olive, looked_after_by=None)
    person("Hal", "Ris", is_staff=True)  # lets people in, and has no business here
    remind_due_check_backs(now=NINE)
    assert readers() == [olive]


def test_where_nobody_is_at_work_it_waits_and_says_so(
    barrier: Barrier, olive: Person, lee: Person
) -> None:
    Person.objects.filter(pk=olive.pk).update(employment_status="leave")
    reminded = remind_due_check_backs(now=NINE)
    assert (reminded.deliveries, reminded.unheard) == ([], [barrier])
    Person.objects.filter(pk=olive.pk).update(employment_status="active")
    assert len(remind_due_check_backs(now=NINE + 2 * A_DAY).deliveries) == 1
    assert readers() == [olive]


def test_whoever_may_not_open_the_site_any_more_is_not_sent_there(
    barrier: Barrier, olive: Person, colleague: Person
) -> None:
    Person.objects.filter(pk=olive.pk).update(is_staff=False)
    remind_due_check_backs(now=NINE)
    assert readers() == [colleague]


def test_what_is_gone_or_has_no_day_is_left_alone(
    barrier: Barrier, olive: Person, ada: Person
) -> None:
    note_barrier(manager=ada, words="Another.", actor=olive)
    move_barrier(barrier=barrier, status="gone", actor=olive)
    assert remind_due_check_backs(now=NINE + 30 * A_DAY).deliveries == []


def test_twenty_are_reminded_of_at_the_cost_of_two(
    acme: Company, olive: Person, ada: Person, lee: Person, colleague: Person, clock: Traveller
) -> None:
    counts = []
    for number, days in ((2, 1), (20, 2)):
        for each in range(number):
            note_barrier(
                manager=ada,
                words=f"{each}",
                actor=olive,
                looked_after_by=olive if each % 2 else None,
                check_back_on=TODAY + days * A_DAY,
            )
        with CaptureQueriesContext(connection) as queries:
            reminded = remind_due_check_backs(now=NOW + days * A_DAY)
        assert len(reminded.deliveries) == number
        counts.append(sum("SAVEPOINT" not in query["sql"] for query in queries))
    assert counts == [6, 6]


def test_the_task_asks_for_them_to_be_sent(
    barrier: Barrier, clock: Traveller, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[None] = []
    monkeypatch.setattr(tasks.send_due, "delay", lambda: asked.append(None))
    tasks.remind_check_backs()
    assert asked == []
    clock.move_to(NINE)
    tasks.remind_check_backs()
    tasks.remind_check_backs()
    assert asked == [None]


# --- the mail ---


def sent(mailoutbox: list[EmailMultiAlternatives]) -> tuple[EmailMultiAlternatives, str, str]:
    [message] = mailoutbox
    [(html, kind)] = message.alternatives
    assert kind == "text/html"
    return message, str(message.body), str(html)


def test_the_mail_says_whose_words_what_they_hurt_and_what_was_designed(
    barrier: Barrier, acme: Company, clock: Traveller, mailoutbox: list[EmailMultiAlternatives]
) -> None:
    Path.objects.update(status=Path.Status.DRAFT)
    Person.objects.update(job_title="Manager & lead")
    clock.move_to(NINE)
    remind_due_check_backs(now=NINE)
    assert send_due() == 1
    message, text, html = sent(mailoutbox)
    assert message.to == ["Olive Okafor <olive.okafor@acme.example>"]
    assert message.subject == f"Check back with Ada: “{WORDS}”"
    page = acme.url(f"/admin/reinforcement/barrier/{barrier.pk}/change/")
    said = (
        "Olive, the day to ask again has come: 30 November.",
        WORDS,
        "Ada Lindqvist · Manager & lead",
        "Slows us down. Heard 12 days ago.",
        "Close deals faster",
        "(draft)",
        page,
    )
    for words in said:
        assert words in text
        assert words.replace("&", "&amp;") in html
    assert f'href="{page}"' in html


def test_the_mail_tells_since_when_something_is_done_about_it(
    barrier: Barrier, olive: Person, clock: Traveller, mailoutbox: list[EmailMultiAlternatives]
) -> None:
    move_barrier(barrier=barrier, status="designing", actor=olive, now=NINE - 5 * A_DAY)
    change_barrier(barrier=barrier, actor=olive, outcome=None, paths=[])
    clock.move_to(NINE)
    remind_due_check_backs(now=NINE)
    send_due()
    _, text, _ = sent(mailoutbox)
    assert "Heard 12 days ago. Designing for 5 days." in text
    assert "Designed for it: nothing yet" in text
    assert "It hurts" not in text


def test_the_mail_of_the_very_day_says_today(
    ada: Person,
    lee: Person,
    olive: Person,
    clock: Traveller,
    mailoutbox: list[EmailMultiAlternatives],
) -> None:
    today = note_barrier(manager=ada, words=WORDS, actor=olive, check_back_on=TODAY)
    move_barrier(barrier=today, status="designing", actor=olive)
    remind_due_check_backs(now=NOW)
    send_due()
    _, text, _ = sent(mailoutbox)
    assert "Heard today. Designing since today." in text


def test_the_mail_of_many_paths_costs_what_that_of_none_does(
    barrier: Barrier, olive: Person, sales_path: Path, mailoutbox: list[EmailMultiAlternatives]
) -> None:
    counts = []
    for number in range(2):
        more = Path.objects.create(role=sales_path.role, slug=f"p{number}", name=f"{number}")
        barrier.paths.add(more)
        Barrier.objects.update(check_back_on=DAY + number * A_DAY)
        remind_due_check_backs(now=NINE + number * A_DAY)
        with CaptureQueriesContext(connection) as queries:
            send_due(now=NINE + number * A_DAY)
        counts.append(len(queries))
    assert len(mailoutbox) == 2
    assert counts[0] == counts[1]


@pytest.mark.parametrize("change", ["gone", "moved", "cancelled"])
def test_what_was_settled_meanwhile_is_not_mailed(
    barrier: Barrier, olive: Person, mailoutbox: list[EmailMultiAlternatives], change: str
) -> None:
    remind_due_check_backs(now=NINE)
    if change == "gone":
        move_barrier(barrier=barrier, status="gone", actor=olive)
    else:
        on = DAY + A_DAY if change == "moved" else None
        check_back(barrier=barrier, on=on, actor=olive)
    assert send_due(now=NINE) == 1
    assert mailoutbox == []
    delivery = Delivery.objects.get()
    assert delivery.state == Delivery.State.FAILED
    assert "any more" in delivery.last_error


def test_a_refused_address_keeps_the_day_on_the_list(
    barrier: Barrier, olive: Person, postbox: Postbox
) -> None:
    postbox.at_rcpt[str(olive.email)] = "550 No such user"
    remind_due_check_backs(now=NINE)
    send_due(now=NINE)
    assert Delivery.objects.get().state == Delivery.State.FAILED
    assert ChannelAddress.objects.get(person=olive).stopped_at
    barrier.refresh_from_db()
    assert barrier.check_back_on == DAY


def test_one_company_s_day_is_not_the_other_s(
    barrier: Barrier, globex: Company, gus: Person
) -> None:
    with working_for(globex):
        assert remind_due_check_backs(now=NINE + A_DAY).deliveries == []
    assert Delivery.objects.count() == 0
