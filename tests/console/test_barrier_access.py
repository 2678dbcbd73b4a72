"""Who may look at barriers and touchpoints, and who may change them."""

import pytest
from django.contrib.auth.models import Permission
from time_machine import Traveller

from reinforcement.actions import note_barrier, note_touchpoint
from reinforcement.models import Barrier, Touchpoint
from tenants.companies.context import working_for
from tenants.companies.models import Company
from tenants.people.models import Person
from tests.console.cast import MakePerson, Visit

LIST = "/admin/reinforcement/barrier/"
TALKS = "/admin/reinforcement/touchpoint/"
WORDS = "Legal takes nine days to look at a contract."


@pytest.fixture
def barrier(clock: Traveller, olive: Person, ada: Person, lee: Person) -> Barrier:
    """Ada told Olive today."""
    return note_barrier(manager=ada, words=WORDS, actor=olive)


@pytest.fixture
def reader(acme: Company, person: MakePerson) -> Person:
    """Rae may look, and no more."""
    rae = person("Rae", "Reader", is_staff=True)
    may = ["view_barrier", "view_touchpoint"]
    rae.user_permissions.set(Permission.objects.filter(codename__in=may))
    return rae


def page_of(row: Barrier | Touchpoint) -> str:
    return f"{LIST if isinstance(row, Barrier) else TALKS}{row.pk}/change/"


def test_who_may_look_changes_nothing(
    acme: Company,
    reader: Person,
    olive: Person,
    ada: Person,
    visit: Visit,
    barrier: Barrier,
) -> None:
    talk = note_touchpoint(manager=ada, learned="Deals wait.", actor=olive)
    client = visit(acme, reader)
    for row in (barrier, talk):
        shown = client.get(page_of(row))
        assert shown.status_code == 200
        assert WORDS in shown.text or "Deals wait." in shown.text
        assert 'name="status"' not in shown.text
        assert 'name="_save"' not in shown.text
        assert client.post(page_of(row), {}).status_code == 403
    status = f"{LIST}{barrier.pk}/status/"
    assert client.post(status, {"status": "gone"}).status_code == 403
    chosen = {"action": "move_to_gone", "_selected_action": [barrier.pk]}
    client.post(LIST, chosen)
    for page in (f"{LIST}add/", f"{TALKS}add/"):
        assert client.post(page, {}).status_code == 403
    assert client.get(f"{TALKS}{talk.pk}/note-barrier/").status_code == 403
    barrier.refresh_from_db()
    assert (barrier.status, Barrier.objects.count(), Touchpoint.objects.count()) == ("heard", 1, 1)


def test_who_may_not_look_sees_neither_pages_nor_the_way_to_them(
    acme: Company, ada: Person, visit: Visit, barrier: Barrier, person: MakePerson
) -> None:
    client = visit(acme, person("Hal", "Ris", is_staff=True))
    for page in (LIST, TALKS, page_of(barrier), f"{TALKS}managers/"):
        assert client.get(page).status_code == 403
    assert "/admin/reinforcement/" not in client.get("/admin/").text
    assert visit(acme, ada).get(LIST).status_code == 302


def test_nothing_of_it_is_deleted(
    acme: Company, olive: Person, ada: Person, visit: Visit, barrier: Barrier
) -> None:
    talk = note_touchpoint(manager=ada, learned="Deals wait.", actor=olive)
    for page in (f"{LIST}{barrier.pk}", f"{TALKS}{talk.pk}"):
        assert visit(acme, olive).post(f"{page}/delete/", {"post": "yes"}).status_code == 403
    assert (Barrier.objects.count(), Touchpoint.objects.count()) == (1, 1)


def test_the_other_company_s_are_not_there(
    acme: Company, globex: Company, olive: Person, gus: Person, ada: Person, visit: Visit, barrier
) -> None:
    talk = note_touchpoint(manager=ada, learned="Deals wait.", actor=olive)
    client = visit(globex, gus)
    for page in (page_of(barrier), page_of(talk)):
        answer = client.get(page, follow=True)
        assert "is not here: it may be deleted" in answer.text
        assert "Legal" not in answer.text
    assert client.post(f"{LIST}{barrier.pk}/status/", {"status": "gone"}).status_code == 404
    with working_for(acme):
        assert Barrier.objects.get().status == "heard"
