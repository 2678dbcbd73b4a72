"""Ada's week as she reads it in Teams."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from learning.models import Assignment
from reinforcement.actions import write_due_briefs
from reinforcement.channels import PermanentFailure
from reinforcement.channels.teams.card import LARGEST, compose
from reinforcement.links import answer_path
from reinforcement.models import Brief, Choice, Delivery, Prompt
from tenants.companies.models import Company
from tenants.people.models import Person
from tests.reinforcement.cast import DUE, Assign, MakePerson
from tests.reinforcement.teams.cards import checked, links, parts, texts

ATTACKS = [
    "[click](https://elsewhere.example)",
    "**bold** _it_ ~~gone~~ `code`",
    "# head\n- list\n1. list",
    "![](https://elsewhere.example/x.png)",
    "<at>Ada</at><img src=x>",
    '"}],"actions":[{"type":"Action.OpenUrl"}',
    "{{DATE(2026-11-16T08:00:00Z)}} ${person} @{body}",
    "\\[x\\](y) \u202e \u0007 🦊",
]


def composed(delivery: Delivery) -> dict[str, object]:
    delivery = Delivery.objects.select_related("recipient", "brief__manager").get(pk=delivery.pk)
    return checked(compose(delivery))


def test_it_says_whom_why_what_to_say_and_how_long(brief: Brief, delivery: Delivery) -> None:
    item = brief.items.select_related("prompt", "assignment").get()
    assert item.prompt is not None
    assert texts(composed(delivery)) == [
        "Your week, Ada",
        "Monday 16 November · about a minute",
        "Lee Tanaka",
        "Account Executive · starts now",
        "Working on now: Run the next discovery call with the three-question opener "
        "(0 of 14 steps)",
        str(item.assignment.framing),
        "Say",
        f"“{item.prompt.text}”",
        "Answer",
        "Have you seen Lee open a call with an agenda this week?",
    ]


def test_its_buttons_open_our_pages(brief: Brief, delivery: Delivery, acme: Company) -> None:
    item = brief.items.select_related("question").get()
    assert item.question is not None
    card = composed(delivery)
    choices = list(item.question.choices.all())
    assert len(choices) >= 2
    assert links(card) == [
        *((choice.label, acme.url(answer_path(item, choice.value))) for choice in choices),
        ("We talked", acme.url(answer_path(item, talked=True))),
        ("Your week", acme.url("/week/")),
    ]
    assert acme.url("/week/") in str(card["fallbackText"])


def test_a_button_shows_the_answer_and_only_posting_records_it(
    brief: Brief, delivery: Delivery, visit, acme: Company
) -> None:
    label, url = links(composed(delivery))[0]
    path = url.removeprefix(acme.url("").rstrip("/"))
    browser = visit(acme)
    page = browser.get(path)
    assert page.status_code == 200
    assert label in page.content.decode()
    item = brief.items.get()
    assert not hasattr(item, "answer")
    value = Choice.objects.get(question=item.question, label=label).value
    assert browser.post(path.partition("?")[0], {"choice": value}).status_code == 200
    assert brief.items.get().answer.choice.label == label


@pytest.mark.parametrize("attack", ATTACKS)
def test_what_people_typed_is_text_and_nothing_else(
    brief: Brief, delivery: Delivery, lee: Person, acme: Company, attack: str
) -> None:
    Person.objects.filter(pk=lee.pk).update(given_name=attack, job_title=attack)
    Prompt.objects.update(active=False)
    brief.items.update(moved=[attack], prompt=Prompt.objects.create(text=attack, moment="starting"))
    card = composed(delivery)
    assert f"{attack} Tanaka" in texts(card)
    assert f"Done since last week: {attack}" in texts(card)
    assert f"“{attack}”" in texts(card)
    assert all(url.startswith(acme.url("/")) for _, url in links(card))


@hypothesis_settings(
    max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture], database=None
)
@given(
    name=st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1),
    moved=st.lists(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"))),
)
def test_whatever_the_names_and_texts_teams_takes_it(
    brief: Brief, delivery: Delivery, lee: Person, name: str, moved: list[str]
) -> None:
    Person.objects.filter(pk=lee.pk).update(given_name=name[:150])
    brief.items.update(moved=moved)
    assert composed(delivery)


def crowd(people: int, letter: str, manager: Person, person: MakePerson, assign: Assign) -> Brief:
    """A brief in which every text is as long as it can be."""
    for n in range(people):
        name = f"{n:02}{letter * 98}"
        assign(person(name, letter * 100, manager=manager, job_title=letter * 150))
    [brief] = write_due_briefs(now=DUE)
    prompt = Prompt.objects.create(text=letter * 400, moment="starting")
    brief.items.update(moved=[letter * 160] * 5, prompt=prompt)
    Assignment.objects.update(claim=letter * 200, because=letter * 300)
    Choice.objects.update(label=letter * 60)
    return brief


@pytest.mark.parametrize(
    ("letter", "length", "people"), [("x", 250, 5), ("ü", 100, 4), ('"', 100, 4)]
)
def test_long_texts_are_shortened_until_teams_takes_it(
    join, ada: Person, person: MakePerson, assign: Assign, letter: str, length: int, people: int
) -> None:
    join(ada)
    brief = crowd(5, letter, ada, person, assign)
    posted = compose(brief.deliveries.get())
    assert len(posted) <= LARGEST
    card = checked(posted)
    assert len(list(parts(card, "Container"))) == people
    assert f"“{letter * (length - 1)}…”" in texts(card)


def test_people_who_do_not_fit_are_named(
    join, ada: Person, person: MakePerson, assign: Assign
) -> None:
    join(ada)
    brief = crowd(5, "🦊", ada, person, assign)
    card = checked(compose(brief.deliveries.get()))
    shown = len(list(parts(card, "Container")))
    assert 3 <= shown < 5
    assert texts(card)[-1].startswith(f"Also this week: {shown:02}🦊🦊")


def test_what_fits_is_not_shortened(brief: Brief, delivery: Delivery) -> None:
    text = "Ask Lee which of the two demos felt better, and why. " * 7
    brief.items.update(prompt=Prompt.objects.create(text=text.strip(), moment="starting"))
    assert f"“{text.strip()}”" in texts(composed(delivery))


def test_others_are_named_in_one_line(
    join, assign: Assign, acme: Company, ada: Person, lee: Person, nia: Person, person: MakePerson
) -> None:
    join(ada)
    acme.brief_size = 2
    for report in (lee, nia, person("Cy", "Oh", manager=ada)):
        assign(report)
    [brief] = write_due_briefs(now=DUE)
    assert texts(composed(brief.deliveries.get()))[-1] == "Also on a path: Cy Oh."


def test_who_went_to_another_manager_meanwhile_is_not_in_it(
    delivery: Delivery, lee: Person, person: MakePerson
) -> None:
    Person.objects.filter(pk=lee.pk).update(manager=person("Bo", "Ek"))
    with pytest.raises(PermanentFailure, match="Nobody in it"):
        composed(delivery)


def test_it_is_told_on_the_manager_s_own_clock_and_in_her_language(
    delivery: Delivery, ada: Person
) -> None:
    Person.objects.filter(pk=ada.pk).update(time_zone="Pacific/Honolulu", locale="de")
    before = translation.get_language()
    card = composed(delivery)
    assert card["lang"] == "de"
    assert texts(card)[1].startswith("Sonntag, 15. November")
    assert translation.get_language() == before


def test_five_people_cost_no_more_queries_than_one(
    join, brief: Brief, delivery: Delivery, assign: Assign, person: MakePerson
) -> None:
    boss = join(person("Bo", "Ek"))
    for n in range(5):
        assign(person("Cy", f"Oh{n}", manager=boss))
    [large] = write_due_briefs(now=DUE)

    def cost(pk: int) -> int:
        delivery = Delivery.objects.select_related("recipient", "brief__manager").get(pk=pk)
        with CaptureQueriesContext(connection) as queries:
            compose(delivery)
        return len(queries)

    assert cost(large.deliveries.get().pk) == cost(delivery.pk) == 6


def test_without_a_question_there_is_still_we_talked(brief: Brief, delivery: Delivery) -> None:
    brief.items.update(question=None)
    card = composed(delivery)
    assert "Answer" not in texts(card)
    assert [title for title, _ in links(card)] == ["We talked", "Your week"]
