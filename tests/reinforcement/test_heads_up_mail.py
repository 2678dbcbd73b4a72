"""The heads-up as Lee reads it, and when it is not sent after all."""

from datetime import timedelta
from typing import cast

import pytest
from django.core.mail import EmailMultiAlternatives
from time_machine import Traveller

from learning.actions import intend
from reinforcement.actions import send_due, write_due_heads_ups
from reinforcement.channels.mail.messages import compose
from reinforcement.models import ChannelPreference, Delivery, HeadsUp
from tenants.companies.models import Company
from tenants.people.models import Person
from tests.reinforcement.cast import DUE, Assign, MakePerson

DAY = timedelta(days=1)
TELL = DUE + 4 * DAY  # the Friday before Ada's next brief


@pytest.fixture
def heads_up(acme: Company, assign: Assign, monday: Traveller, ada: Person, lee: Person) -> HeadsUp:
    acme.heads_up = True
    assign(lee)
    monday.move_to(TELL)
    [written] = write_due_heads_ups(now=TELL)
    return written


def composed(heads_up: HeadsUp) -> EmailMultiAlternatives:
    return compose(Delivery.objects.select_related("recipient").get(heads_up=heads_up))


def bodies(message: EmailMultiAlternatives) -> list[str]:
    [(content, kind)] = message.alternatives
    assert kind == "text/html"
    return [str(message.body), cast(str, content)]


def sent(heads_up: HeadsUp) -> tuple[str, str]:
    """What became of it: the delivery's state and its last error."""
    assert send_due() == 1
    return Delivery.objects.values_list("state", "last_error").get(heads_up=heads_up)


def test_it_says_when_who_about_what_and_that_there_is_nothing_to_prepare(
    heads_up: HeadsUp, acme: Company
) -> None:
    assert heads_up.plan_step is not None
    message = composed(heads_up)
    assert message.subject == "On Monday Ada gets a nudge to talk with you"
    url = acme.url(f"/path/{heads_up.plan_step.uid}/#intention")
    title = heads_up.plan_step.step.title
    for body in bodies(message):
        assert f"On Monday Ada gets a nudge to talk with you about “{title}”." in body
        assert "Nothing to prepare." in body
        assert "If you like: write down in one line what you will try at work. Ada sees it." in body
        assert url in body


def test_a_line_that_is_there_already_is_shown(heads_up: HeadsUp) -> None:
    assert heads_up.plan_step is not None
    intend(plan_step=heads_up.plan_step, intention="Open with <the> agenda")
    text, html = bodies(composed(heads_up))
    assert "What you will try at work: “Open with <the> agenda”" in text
    assert "Open with &lt;the&gt; agenda" in html
    for body in (text, html):
        assert "Ada sees this line." in body
        assert "Change the line" in body
        assert "If you like" not in body


def test_the_day_is_in_the_reader_s_language_and_on_their_clock(
    heads_up: HeadsUp, lee: Person
) -> None:
    Person.objects.filter(pk=lee.pk).update(locale="de")
    message = composed(heads_up)
    for text in (message.subject, *bodies(message)):
        assert "Montag" in text
        assert "Monday" not in text
    Person.objects.filter(pk=lee.pk).update(locale="", time_zone="Pacific/Honolulu")
    for text in (composed(heads_up).subject, *bodies(composed(heads_up))):
        assert "On Sunday Ada" in text  # 22:00 where Lee is


def test_names_are_text_and_make_no_header(heads_up: HeadsUp, ada: Person) -> None:
    Person.objects.filter(pk=ada.pk).update(given_name="<b>Ada</b>\nBcc: all@acme.example")
    message = composed(heads_up)
    assert message.message()["Bcc"] is None
    text, html = bodies(message)
    assert "<b>Ada</b>" in text
    assert "<b>Ada" not in html
    assert "&lt;b&gt;Ada" in html


def test_a_step_that_is_gone_leaves_the_path(heads_up: HeadsUp, acme: Company) -> None:
    HeadsUp.objects.update(plan_step=None)
    for body in bodies(composed(heads_up)):
        assert "to talk with you about your path." in body
        assert acme.url("/path/") in body


def test_it_costs_three_queries(heads_up: HeadsUp, django_assert_num_queries) -> None:
    delivery = Delivery.objects.select_related("recipient").get(heads_up=heads_up)
    with django_assert_num_queries(3):
        compose(delivery)


def test_it_goes_out_once(heads_up: HeadsUp, mailoutbox) -> None:
    assert sent(heads_up) == ("sent", "")
    assert send_due() == 0
    assert [mail.to for mail in mailoutbox] == [["Lee Tanaka <lee.tanaka@acme.example>"]]


def test_not_to_who_reports_to_somebody_else_by_now(
    heads_up: HeadsUp, lee: Person, person: MakePerson, mailoutbox
) -> None:
    Person.objects.filter(pk=lee.pk).update(manager=person("Bo", "Ek"))
    assert sent(heads_up) == ("failed", "Lee does not report to Ada any more.")
    assert mailoutbox == []


@pytest.mark.parametrize("status", ["leave", "terminated"])
def test_not_to_who_went_away(heads_up: HeadsUp, lee: Person, status: str, mailoutbox) -> None:
    Person.objects.filter(pk=lee.pk).update(employment_status=status)
    assert sent(heads_up) == ("failed", "Lee Tanaka is not at work: nothing is sent.")
    assert mailoutbox == []


@pytest.mark.parametrize("status", ["leave", "terminated"])
def test_not_where_the_manager_went_away(
    heads_up: HeadsUp, ada: Person, status: str, mailoutbox
) -> None:
    Person.objects.filter(pk=ada.pk).update(employment_status=status)
    assert sent(heads_up) == ("failed", "Ada is not at work.")
    assert mailoutbox == []


def test_not_where_the_manager_paused_since(heads_up: HeadsUp, ada: Person, mailoutbox) -> None:
    until = heads_up.brief_due_at.date() + DAY
    ChannelPreference.objects.create(person=ada, paused_until=until)
    assert sent(heads_up) == ("failed", "Ada paused briefs.")
    assert mailoutbox == []


def test_not_where_the_path_was_taken_back(heads_up: HeadsUp, lee: Person, mailoutbox) -> None:
    lee.assignments.update(status="withdrawn")
    assert sent(heads_up) == ("failed", "Lee has no running path any more.")
    assert mailoutbox == []


def test_not_once_its_day_has_come(heads_up: HeadsUp, monday: Traveller, mailoutbox) -> None:
    monday.move_to(heads_up.brief_due_at)
    assert sent(heads_up) == ("failed", "The day it speaks of has come.")
    assert mailoutbox == []


def test_not_once_the_company_switched_them_off(
    heads_up: HeadsUp, acme: Company, mailoutbox
) -> None:
    acme.heads_up = False
    assert sent(heads_up) == ("failed", "The company switched heads-ups off.")
    assert mailoutbox == []
