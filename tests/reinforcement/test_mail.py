"""The brief as Ada reads it."""

from typing import cast

import pytest
from django.core.mail import EmailMultiAlternatives
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from time_machine import Traveller

from reinforcement.actions import write_due_briefs
from reinforcement.channels import PermanentFailure
from reinforcement.channels.mail.messages import compose
from reinforcement.links import answer_path
from reinforcement.models import Brief
from tenants.companies.models import Company
from tenants.people.models import Person
from tests.reinforcement.cast import DUE, Assign, MakePerson


def composed(brief: Brief) -> EmailMultiAlternatives:
    return compose(brief.deliveries.select_related("brief__manager").get())


def text(message: EmailMultiAlternatives) -> str:
    return str(message.body)


def html(message: EmailMultiAlternatives) -> str:
    [(content, kind)] = message.alternatives
    assert kind == "text/html"
    return cast(str, content)


def test_it_goes_to_the_manager_from_the_company(brief: Brief, acme: Company) -> None:
    message = composed(brief)
    assert message.subject == "This week: talk with Lee"
    assert message.to == ["Ada Lindqvist <ada.lindqvist@acme.example>"]
    sender = str(message.message()["From"])
    assert sender.endswith("<hello@localhost>")
    assert message.extra_headers["Auto-Submitted"] == "auto-generated"
    acme.sender_name = "Acme Learning"
    assert composed(brief).from_email == "Acme Learning <hello@localhost>"


def test_what_markup_cannot_hold_keeps_no_brief_from_going_out(brief: Brief, lee: Person) -> None:
    Person.objects.filter(pk=lee.pk).update(family_name="Ta\x1bnaka\x0b\ufffe")
    assert "Lee Tanaka" in html(composed(brief))


def test_both_bodies_say_whom_why_what_to_say_and_how_long(brief: Brief) -> None:
    item = brief.items.select_related("prompt").get()
    assert item.prompt is not None
    message = composed(brief)
    for body in (text(message), html(message)):
        body = body.replace("&#x27;", "'").replace("&#39;", "'")
        assert "Lee Tanaka" in body
        assert "Account Executive" in body
        assert "One person to talk with this week" in body
        assert "It takes about a minute, Ada." in body
        assert "Run the next discovery call with the three-question opener" in body
        assert "0 of 14 steps" in body
        assert item.prompt.text in body
        assert "Have you seen Lee open a call with an agenda this week?" in body


def test_both_bodies_give_the_reason_in_a_sentence(brief: Brief) -> None:
    framing = (
        "This helps you close deals faster, because two of your demos ended without a next "
        "meeting. You will see it when every demo ends with a date in both calendars."
    )
    message = composed(brief)
    assert framing in text(message)
    assert framing in html(message)


def test_each_answer_is_a_link_on_the_company_s_host(brief: Brief, acme: Company) -> None:
    item = brief.items.select_related("question").get()
    assert item.question is not None
    message = composed(brief)
    values = list(item.question.choices.values_list("value", flat=True))
    assert len(values) >= 2
    for value in values:
        url = acme.url(answer_path(item, value))
        assert "://acme.localhost" in url
        assert url in text(message)
        assert f'href="{url}"' in html(message)
    assert acme.url("/week/") in text(message)
    assert f'href="{acme.url("/week/")}"' in html(message)


def test_a_name_is_a_name_and_no_markup(brief: Brief, lee: Person) -> None:
    Person.objects.filter(pk=lee.pk).update(
        given_name="<b>Lee</b> & Co", job_title='<img src="x" onerror="y()">'
    )
    message = composed(brief)
    assert message.subject == "This week: talk with <b>Lee</b> & Co"
    assert "<b>Lee</b> & Co" in text(message)
    assert "<b>Lee" not in html(message)
    assert "&lt;b&gt;Lee&lt;/b&gt; &amp; Co" in html(message)
    assert "<img" not in html(message)


def test_a_line_break_in_a_name_makes_no_header(brief: Brief, ada: Person, lee: Person) -> None:
    Person.objects.filter(pk=lee.pk).update(given_name="Lee\nBcc: everybody@acme.example")
    Person.objects.filter(pk=ada.pk).update(family_name="Lind\r\nCc: all@acme.example")
    sent = composed(brief).message()
    assert sent["Subject"] == "This week: talk with Lee Bcc: everybody@acme.example"
    assert sent["Bcc"] is sent["Cc"] is None
    assert "\n" not in sent["To"]


@pytest.mark.parametrize(
    ("theirs", "company_s", "subject"),
    [
        ("de", "es", "Diese Woche: Sprich mit Lee"),
        ("", "es", "Esta semana: habla con Lee"),
        ("en", "de", "This week: talk with Lee"),
        ("pt", "de", "This week: talk with Lee"),  # which we do not speak
    ],
)
def test_it_is_in_the_manager_s_language_else_in_the_company_s(
    brief: Brief, acme: Company, ada: Person, theirs: str, company_s: str, subject: str
) -> None:
    Person.objects.filter(pk=ada.pk).update(locale=theirs)
    acme.locale = company_s
    before = translation.get_language()
    message = composed(brief)
    assert message.subject == subject
    assert "Have you seen Lee" in html(message)
    assert translation.get_language() == before


def test_more_people_are_named_in_one_line(
    assign: Assign, acme: Company, ada: Person, lee: Person, nia: Person, person: MakePerson
) -> None:
    acme.brief_size = 2
    for report in (lee, nia, person("Cy", "Oh", manager=ada)):
        assign(report)
    [brief] = write_due_briefs(now=DUE)
    message = composed(brief)
    assert message.subject == "This week: talk with Nia and Lee"
    assert "Two people to talk with this week" in text(message)
    assert "Also on a path: Cy Oh." in text(message)
    assert "Also on a path: Cy Oh." in html(message)


def test_who_went_to_another_manager_meanwhile_is_not_in_it(
    assign: Assign, ada: Person, lee: Person, nia: Person, person: MakePerson
) -> None:
    for report in (lee, nia):
        assign(report)
    [brief] = write_due_briefs(now=DUE)
    Person.objects.filter(pk=nia.pk).update(manager=person("Bo", "Ek"))
    message = composed(brief)
    assert message.subject == "This week: talk with Lee"
    assert "Nia" not in text(message) + html(message)
    Person.objects.filter(pk=lee.pk).update(employment_status="terminated")
    with pytest.raises(PermanentFailure, match="Nobody in it"):
        composed(brief)


def test_five_people_cost_no_more_queries_than_one(
    brief: Brief, assign: Assign, monday: Traveller, person: MakePerson
) -> None:
    boss = person("Bo", "Ek")
    for n in range(5):
        assign(person("Cy", f"Oh{n}", manager=boss))
    [large] = write_due_briefs(now=DUE)

    def cost(brief: Brief) -> int:
        with CaptureQueriesContext(connection) as queries:
            composed(brief)
        return len(queries)

    assert cost(large) == cost(brief)
