"""A note is its author's own: encrypted where it is stored, and shown to nobody else."""

from datetime import timedelta

import pytest
from django.contrib import admin
from django.db import connection
from time_machine import Traveller

from reinforcement.actions import answer, hold_conversation
from reinforcement.models import Answer, Brief, BriefItem, Conversation
from reinforcement.reports import own_notes
from tenants.companies.models import Company
from tenants.people.models import Person
from tests.reinforcement.cast import MakePerson

BESIDE, ABOUT = "Froze when they asked about price", "Thinks of leaving in spring"


@pytest.fixture
def item(brief: Brief, ada: Person, lee: Person) -> BriefItem:
    """Ada answered about Lee and talked with him, with a note each time."""
    item = brief.items.get()
    assert item.question is not None
    choice = item.question.choices.all()[0]
    answer(item=item, choice=choice, via="portal", actor=ada, note=BESIDE)
    hold_conversation(manager=ada, report=lee, via="portal", item=item, note=ABOUT)
    return item


def test_the_author_reads_them_the_latest_first(
    item: BriefItem, ada: Person, lee: Person, monday: Traveller, django_assert_num_queries
) -> None:
    monday.shift(timedelta(days=1))
    hold_conversation(manager=ada, report=lee, via="portal", note="Feels better.")
    with django_assert_num_queries(2):
        notes = own_notes(ada, lee)
    assert [note.text for note in notes] == ["Feels better.", BESIDE, ABOUT]
    assert [note.answered for note in notes] == ["", Answer.objects.get().choice.label, ""]


def test_the_next_manager_reads_none_of_them(
    item: BriefItem, ada: Person, lee: Person, person: MakePerson
) -> None:
    bo = person("Bo", "Ek")
    Person.objects.filter(pk=lee.pk).update(manager=bo)
    hold_conversation(manager=bo, report=lee, via="portal", note="New here.")
    assert [note.text for note in own_notes(bo, lee)] == ["New here."]
    assert [note.text for note in own_notes(ada, lee)] == [BESIDE, ABOUT]


def test_nobody_else_reads_them(
    item: BriefItem, ada: Person, lee: Person, nia: Person, olive: Person
) -> None:
    assert own_notes(olive, lee) == own_notes(lee, lee) == own_notes(ada, nia) == []


def test_the_next_manager_s_pages_show_none_of_them(
    item: BriefItem, acme: Company, lee: Person, olive: Person, person: MakePerson, visit
) -> None:
    bo = person("Bo", "Ek")
    Person.objects.filter(pk=lee.pk).update(manager=bo)
    for reader in (bo, lee, olive):
        page = visit(acme, reader).get("/week/").content.decode()
        assert BESIDE not in page
        assert ABOUT not in page


def test_the_database_holds_neither_in_clear(item: BriefItem) -> None:
    with connection.cursor() as cursor:
        for table, plain in (
            ("reinforcement_answer", BESIDE),
            ("reinforcement_conversation", ABOUT),
        ):
            cursor.execute(f"SELECT t::text, note FROM {table} t")  # noqa: S608  # two names of ours
            [(row, note)] = cursor.fetchall()
            assert plain not in row
            assert not set(plain.split()) & set(row.split())
            assert note.startswith("gAAAA")  # a Fernet token


def test_the_admin_site_shows_none_of_them(
    item: BriefItem, acme: Company, olive: Person, visit
) -> None:
    client = visit(acme, olive)
    looked_at = 0
    for model in admin.site._registry:
        name = f"{model._meta.app_label}/{model._meta.model_name}"
        if model._meta.app_label not in {"reinforcement", "learning", "people"}:
            continue
        for place in [
            "",
            *(f"{pk}/change/" for pk in model._base_manager.values_list("pk", flat=True)[:3]),
        ]:
            response = client.get(f"/admin/{name}/{place}", {"q": "Thinks"} if not place else None)
            assert response.status_code == 200, (name, place)
            page = response.content.decode()
            assert BESIDE not in page, name
            assert ABOUT not in page, name
            looked_at += 1
    assert looked_at > 20
    assert Answer not in admin.site._registry
    assert Conversation not in admin.site._registry
