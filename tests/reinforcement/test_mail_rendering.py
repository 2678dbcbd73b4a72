"""What a brief's mail shows about each person, in both of its bodies, and what every mail has."""

import re
from datetime import timedelta
from html import unescape

import pytest
from django.core.mail import EmailMultiAlternatives
from django.db import connection
from django.test.utils import CaptureQueriesContext
from time_machine import Traveller

from learning.actions import finish_step, start_step
from reinforcement.actions import (
    ask_due_reputations,
    note_barrier,
    remind_due_check_backs,
    write_due_briefs,
    write_due_heads_ups,
)
from reinforcement.channels.mail.messages import compose
from reinforcement.links import answer_path, unsubscribe_path
from reinforcement.models import Brief, BriefItem, Choice, Delivery
from tenants.companies.models import Company
from tenants.people.models import Person
from tests.reinforcement.cast import DUE, Assign

DAY = timedelta(days=1)


def letter(brief: Brief) -> EmailMultiAlternatives:
    return compose(brief.deliveries.get())


def bodies(message: EmailMultiAlternatives) -> tuple[str, str]:
    """Plain text and HTML, the latter without what escapes its characters."""
    [(html, _)] = message.alternatives
    return str(message.body), unescape(str(html))


@pytest.fixture
def busy(assign: Assign, ada: Person, lee: Person, monday: Traveller) -> Brief:
    """Since last week Lee did one step and began another, each with a line of what to try."""
    monday.move_to(DUE - 3 * DAY)
    first, second = assign(lee).plan_steps.order_by("position")[:2]
    finish_step(plan_step=first, intention="Ask who signs before I show the product")
    start_step(plan_step=second, intention="Open Thursday's call with three questions")
    monday.move_to(DUE)
    [brief] = write_due_briefs(now=DUE)
    return brief


def test_both_show_what_they_tried_and_what_they_will_try(busy: Brief) -> None:
    text, html = bodies(letter(busy))
    assert "Lee tried at work: “Ask who signs before I show the product”" in text
    assert "Lee will try at work: “Open Thursday's call with three questions”" in text
    for line in ("“Ask who signs before I show the product”", "“Open Thursday's call with three"):
        assert line in html
    assert "Lee tried at work" in html
    assert "Lee will try at work" in html


def test_who_wrote_no_line_has_none_shown(brief: Brief) -> None:
    for body in bodies(letter(brief)):
        assert "will try at work" not in body
        assert "tried at work" not in body


def test_a_line_from_an_earlier_week_is_not_shown_again(
    busy: Brief, assign: Assign, lee: Person, monday: Traveller
) -> None:
    monday.shift(7 * DAY)
    [second] = write_due_briefs(now=DUE + 7 * DAY)
    for body in bodies(letter(second)):
        assert "Ask who signs before I show the product" not in body
        assert "Open Thursday's call with three questions" in body


def test_each_person_has_a_button_that_they_talked(
    assign: Assign, acme: Company, ada: Person, lee: Person, nia: Person, monday: Traveller
) -> None:
    for report in (lee, nia):
        assign(report)
    [brief] = write_due_briefs(now=DUE)
    text, html = bodies(letter(brief))
    for item in brief.items.all():
        url = acme.url(answer_path(item, talked=True))
        assert f"We talked:\n{url}\n" in text
        assert f'href="{url}"' in html
    assert html.count(">We talked</a>") == 2


def test_an_item_without_a_question_has_that_button_alone(brief: Brief, acme: Company) -> None:
    item = brief.items.get()
    item.question = None
    item.save()
    text, html = bodies(letter(brief))
    assert "One question for you" not in text + html
    assert re.findall(r"/a/[^?\s]+\?(\w+)=", text) == ["talked"]
    assert f'href="{acme.url(answer_path(item, talked=True))}"' in html


def test_an_item_without_a_prompt_or_a_step_or_a_title_has_no_empty_headings(
    brief: Brief, lee: Person
) -> None:
    BriefItem.objects.update(prompt=None, plan_step=None)
    Person.objects.filter(pk=lee.pk).update(job_title="")
    for body in bodies(letter(brief)):
        assert "Say it out loud" not in body
        assert "Working on now" not in body
        assert "· starts now" not in body


@pytest.mark.parametrize(
    ("labels", "rows"),
    [
        (["Yes", "No"], [2]),
        (["Not yet", "Once", "Often"], [3]),
        (["Not yet", "Once", "Often", "I was not there"], [2, 2]),
        (["Not yet", "Once, when somebody asked for it", "Often"], [1, 1, 1]),
    ],
)
def test_short_answers_stand_side_by_side_and_long_ones_below_each_other(
    brief: Brief, labels: list[str], rows: list[int]
) -> None:
    question = brief.items.get().question
    assert question is not None
    question.choices.all().delete()
    for position, label in enumerate(labels):
        Choice.objects.create(
            question=question, position=position, value=f"c{position}", label=label
        )
    _, html = bodies(letter(brief))
    found = [row.count("?choice=") for row in html.split('class="edge"')]
    assert [count for count in found if count] == rows


def test_it_follows_the_reader_s_scheme_and_fetches_nothing(busy: Brief) -> None:
    _, html = bodies(letter(busy))
    assert '<meta name="color-scheme" content="light dark"' in html
    assert "@media (prefers-color-scheme: dark)" in html
    assert not re.search(r"<img|<link|@import|url\(|<script", html)
    places = set(re.findall(r'(?:href|src|action)="([^"]+)"', html))
    assert places
    assert all(place.startswith("http://acme.localhost") for place in places)


def test_the_plain_text_has_every_address_of_the_other(busy: Brief) -> None:
    text, html = bodies(letter(busy))
    assert set(re.findall(r'href="([^"]+)"', html)) == set(re.findall(r"http://\S+", text))


def test_what_it_costs(brief: Brief) -> None:
    delivery = brief.deliveries.select_related("recipient", "brief__manager").get()
    with CaptureQueriesContext(connection) as queries:
        compose(delivery)
    # the company's host, between two changes of schema; the items, their choices, plans and talks
    assert len(queries) == 7


@pytest.fixture
def deliveries(
    brief: Brief,
    acme: Company,
    assign: Assign,
    olive: Person,
    ada: Person,
    nia: Person,
    monday: Traveller,
) -> dict[str, Delivery]:
    """One message of each kind, by kind."""
    assign(nia)
    acme.heads_up = True
    monday.move_to(DUE + 4 * DAY)
    write_due_heads_ups(now=DUE + 4 * DAY)
    note_barrier(
        manager=ada,
        words="Legal takes nine days.",
        actor=olive,
        looked_after_by=olive,
        check_back_on=(DUE + 5 * DAY).date(),
    )
    remind_due_check_backs(now=DUE + 5 * DAY)
    monday.move_to(DUE + 12 * DAY)
    ask_due_reputations(now=DUE + 12 * DAY)
    monday.move_to(DUE + 4 * DAY)
    return {
        kind.value: Delivery.objects.filter(**{f"{kind.value}__isnull": False}).first()  # type: ignore[misc]
        for kind in Delivery.Kind
    }


@pytest.mark.parametrize("kind", Delivery.Kind.values)
def test_every_mail_ends_with_the_way_out_of_it(
    deliveries: dict[str, Delivery], acme: Company, kind: str
) -> None:
    message = compose(deliveries[kind])
    text, html = bodies(message)
    way_out = acme.url(unsubscribe_path(deliveries[kind].recipient, Delivery.Kind(kind)))
    assert text.rstrip().endswith(f"Stop these mails: {way_out}")
    assert f'href="{way_out}"' in html
    headers = message.extra_headers
    assert headers["List-Unsubscribe"] == f"<{way_out}>"
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert headers["Feedback-ID"] == f"{kind}:c_acme:throughline"
    assert not re.search(r"<img|<link|@import|url\(|<script", html)
    assert "prefers-color-scheme: dark" in html
