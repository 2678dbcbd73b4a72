"""The question to new hires as Nia reads it, and when it is not sent after all."""

import re
from datetime import UTC, datetime, timedelta
from typing import cast

import pytest
from django.core.mail import EmailMultiAlternatives
from time_machine import Traveller

from reinforcement.actions import answer_reputation, ask_due_reputations, send_due
from reinforcement.channels.mail.messages import compose
from reinforcement.models import Delivery, Reputation
from reinforcement.reputation_links import reputation_path
from tenants.companies.models import Company
from tenants.people.models import Person
from tests.reinforcement.cast import Assign

FOURTEENTH = datetime(2026, 11, 28, 8, tzinfo=UTC)
QUESTION = "A new colleague asks you what the onboarding here has done for your work so far."


@pytest.fixture
def asked(assign: Assign, nia: Person, monday: Traveller) -> Reputation:
    assign(nia)
    monday.move_to(FOURTEENTH)
    [reputation] = ask_due_reputations(now=FOURTEENTH)
    return reputation


def composed(reputation: Reputation) -> EmailMultiAlternatives:
    return compose(Delivery.objects.select_related("recipient").get(reputation=reputation))


def bodies(message: EmailMultiAlternatives) -> list[str]:
    [(content, kind)] = message.alternatives
    assert kind == "text/html"
    return [str(message.body), cast(str, content).replace("&amp;", "&")]


def sent(reputation: Reputation) -> tuple[str, str]:
    """What became of it: the delivery's state and its last error."""
    assert send_due() == 1
    return Delivery.objects.values_list("state", "last_error").get(reputation=reputation)


def test_it_asks_one_thing_with_four_answers_and_says_who_sees_them(
    asked: Reputation, acme: Company
) -> None:
    message = composed(asked)
    assert message.subject == "One question about your onboarding"
    for body in bodies(message):
        assert "Nia, it is two weeks since you started at Acme." in body
        assert str(QUESTION) in body
        assert "L&D sees answers only of five or more people together" in body
        assert "Nobody is shown who said what." in body
        assert "You can change your answer until 12 December." in body
        for answer in Reputation.Answer:
            assert str(answer.label) in body
            assert acme.url(reputation_path(asked, answer)) in body
        assert body.index("I could not have started") < body.index("It kept me from my work")


def test_after_a_month_it_says_a_month(asked: Reputation) -> None:
    Reputation.objects.update(day=30)
    for body in bodies(composed(asked)):
        assert "it is a month since you started at Acme" in body


def test_the_day_is_in_the_reader_s_language(asked: Reputation, nia: Person) -> None:
    Person.objects.filter(pk=nia.pk).update(locale="de")
    for body in bodies(composed(asked)):
        assert "Du kannst deine Antwort bis zum 12. Dezember ändern." in body


def test_names_are_text_and_make_no_header(asked: Reputation, nia: Person) -> None:
    Person.objects.filter(pk=nia.pk).update(given_name="<b>Nia</b>\nBcc: all@acme.example")
    message = composed(asked)
    assert message.message()["Bcc"] is None
    text, html = bodies(message)
    assert "<b>Nia</b>" in text
    assert "<b>Nia" not in html


def test_the_links_in_it_are_one_person_s_alone(asked: Reputation) -> None:
    text, _html = bodies(composed(asked))
    tokens = set(re.findall(r"/r/([^\s?]+)", text))
    assert len(tokens) == 1
    assert str(asked.uid) not in text


def test_it_costs_three_queries(asked: Reputation, django_assert_num_queries) -> None:
    delivery = Delivery.objects.select_related("recipient").get(reputation=asked)
    with django_assert_num_queries(3):
        compose(delivery)


def test_it_goes_out_once(asked: Reputation, mailoutbox) -> None:
    assert sent(asked) == ("sent", "")
    assert send_due() == 0
    assert [mail.to for mail in mailoutbox] == [["Nia Haddad <nia.haddad@acme.example>"]]


@pytest.mark.parametrize("status", ["leave", "terminated"])
def test_not_to_who_went_away(asked: Reputation, nia: Person, status: str, mailoutbox) -> None:
    Person.objects.filter(pk=nia.pk).update(employment_status=status)
    assert sent(asked) == ("failed", "Nia Haddad is not at work: nothing is sent.")
    assert mailoutbox == []


def test_another_manager_changes_nothing(asked: Reputation, nia: Person, lee: Person) -> None:
    Person.objects.filter(pk=nia.pk).update(manager=lee)
    assert sent(asked) == ("sent", "")


def test_not_once_it_was_answered_or_is_over(
    asked: Reputation, monday: Traveller, mailoutbox
) -> None:
    answer_reputation(reputation=asked, answer=Reputation.Answer.HELPED)
    assert sent(asked) == ("failed", "It was answered on the portal.")
    Reputation.objects.update(answer=None, answered_at=None)
    Delivery.objects.update(state="waiting")
    monday.shift(timedelta(days=14))
    assert sent(asked) == ("failed", "This question was open for 14 days.")
    assert mailoutbox == []
