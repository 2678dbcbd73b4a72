"""What slows teams down as a board: its columns, what narrows it down, a card moved."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext
from time_machine import Traveller

from learning.models import Path
from reinforcement.actions import move_barrier, note_barrier
from reinforcement.models import Barrier
from tenants.companies.context import working_for
from tenants.companies.models import Company
from tenants.people.models import Person
from tests.conftest import TODAY
from tests.console.cast import MakePerson, Visit

BOARD = "/admin/reinforcement/barrier/board/"
LIST = "/admin/reinforcement/barrier/"
pytestmark = pytest.mark.usefixtures("clock")


def days_ago(days: int) -> date:
    return TODAY - timedelta(days=days)


@pytest.fixture
def barrier(clock: Traveller, olive: Person, ada: Person, lee: Person, sales_path: Path) -> Barrier:
    return note_barrier(
        manager=ada,
        words="Legal takes nine days.",
        outcome=sales_path.role.outcomes.get(slug="close-faster"),
        severity=3,
        heard_on=days_ago(12),
        looked_after_by=olive,
        actor=olive,
    )


def shown(client: Any, **query: object) -> dict[str, list[str]]:
    """The words on the board, by column."""
    columns = client.get(BOARD, query).context["columns"]
    return {
        str(column.told.status): [card.told.barrier.words for card in column.cards]
        for column in columns
    }


def found(client: Any, **query: object) -> list[str]:
    return [words for column in shown(client, **query).values() for words in column]


def put(barrier: Barrier, status: str, *, days: int = 0) -> None:
    """Into a column, since so many days."""
    Barrier.objects.filter(pk=barrier.pk).update(status=status, status_since=days_ago(days))


def test_a_card_tells_what_there_is_to_know(
    acme: Company, olive: Person, visit: Visit, barrier: Barrier, sales_path: Path
) -> None:
    barrier.paths.add(sales_path)
    put(barrier, "designing", days=4)
    Barrier.objects.update(check_back_on=days_ago(3))
    text = visit(acme, olive).get(BOARD).text
    for said in (
        "“Legal takes nine days.”",
        "Ada Lindqvist",
        "stops us",
        "Close deals faster",
        "for 4 days",
        "heard 12 days ago",
        f'href="/admin/learning/path/{sales_path.pk}/change/"',
        "3 days late",
        "Olive Okafor",
    ):
        assert said in text


@pytest.mark.parametrize(("days", "late"), [(0, "today"), (1, "1 day late"), (-1, None)])
def test_a_day_to_check_back_is_late_once_it_has_come(
    acme: Company, olive: Person, visit: Visit, barrier: Barrier, days: int, late: str | None
) -> None:
    Barrier.objects.update(check_back_on=days_ago(days))
    text = visit(acme, olive).get(BOARD).text
    mark = f'<span class="label is-danger">{late}</span>'
    assert (mark in text) if late else ("late" not in text)


def test_a_column_has_the_worst_and_oldest_first_and_what_is_gone_lately(
    acme: Company, olive: Person, ada: Person, visit: Visit, barrier: Barrier
) -> None:
    for words, severity, heard in (("Newer", 2, 3), ("Older", 2, 40), ("Mild", 1, 90)):
        note_barrier(
            manager=ada, words=words, actor=olive, severity=severity, heard_on=days_ago(heard)
        )
    for words, days in (("Gone first", 20), ("Gone last", 2), ("Forgotten", 31), ("Kept", 30)):
        gone = note_barrier(manager=ada, words=words, actor=olive, heard_on=days_ago(50))
        put(gone, "gone", days=days)
    columns = shown(visit(acme, olive))
    assert columns["heard"] == [barrier.words, "Older", "Newer", "Mild"]
    assert columns["designing"] == columns["addressed"] == []
    assert columns["gone"] == ["Gone last", "Gone first", "Kept"]


def test_a_column_shows_fifty_and_leads_to_the_rest(
    acme: Company, olive: Person, ada: Person, visit: Visit, barrier: Barrier
) -> None:
    note = {"manager": ada, "heard_on": TODAY, "status_since": TODAY, "severity": 2}
    Barrier.objects.bulk_create([Barrier(words=f"Words {n}", **note) for n in range(61)])
    last = Barrier.objects.order_by("-pk")[0]
    client = visit(acme, olive)
    page = client.get(BOARD, {"severity": 2})
    assert len(page.context["columns"][0].cards) == 50
    assert "and 11 more" in page.text
    rest = page.context["columns"][0].in_list
    assert len(client.get(f"{LIST}?{rest}").context["cl"].queryset) == 61
    assert last.words not in found(client)
    assert found(client, moved=last.pk)[0] == last.words


def test_it_is_narrowed_down_by_who_what_and_how_bad(
    acme: Company, olive: Person, ada: Person, visit: Visit, barrier: Barrier, sales_path: Path
) -> None:
    client, other = visit(acme, olive), "Demos fail."
    note_barrier(manager=ada, words=other, actor=olive, severity=1)
    outcome = barrier.outcome_id
    for query, expected in (
        ({}, [barrier.words, other]),
        ({"mine": "1"}, [barrier.words]),
        ({"severity": "1"}, [other]),
        ({"severity": "9"}, [barrier.words, other]),
        ({"hurts": f"role-{sales_path.role_id}"}, [barrier.words]),
        ({"hurts": f"outcome-{outcome}"}, [barrier.words]),
        ({"hurts": "outcome-99999999999999999999"}, []),
        ({"hurts": "outcome-x"}, [barrier.words, other]),
        ({"q": "lindqvist legal"}, [barrier.words]),
        ({"q": "demos\0"}, [other]),
        ({"q": "zzz"}, []),
    ):
        assert found(client, **query) == expected, query
        in_list = client.get(BOARD, query).context["columns"][0].in_list
        assert len(client.get(f"{LIST}?{in_list}").context["cl"].queryset) == len(expected), query
    page = client.get(BOARD, {"q": "zzz"}).text
    assert "No barrier fits what you chose." in page
    assert "Close deals faster</option>" in page


def test_a_card_is_moved_and_the_board_stays_as_it_was_narrowed(
    acme: Company, olive: Person, visit: Visit, barrier: Barrier
) -> None:
    client = visit(acme, olive)
    move = {"barrier": barrier.pk, "status": "designing"}
    answer = client.post(f"{BOARD}?q=legal", move)
    at = f"{BOARD}?q=legal&moved={barrier.pk}#barrier-{barrier.pk}"
    assert (answer.status_code, answer.headers["Location"]) == (302, at)
    barrier.refresh_from_db()
    assert (barrier.status, barrier.status_since) == ("designing", TODAY)
    page = client.get(at)
    assert "Designing: “Legal takes nine days.”" in page.text
    assert shown(client)["designing"] == [barrier.words]


@pytest.mark.parametrize(
    ("status", "said"),
    [("addressed", "Add the path that was designed for it"), ("solved", "no such status")],
)
def test_what_is_refused_is_said_at_the_card(
    acme: Company,
    olive: Person,
    ada: Person,
    visit: Visit,
    barrier: Barrier,
    status: str,
    said: str,
) -> None:
    note_barrier(manager=ada, words="Another.", actor=olive, severity=3, heard_on=days_ago(90))
    answer = visit(acme, olive).post(BOARD, {"barrier": barrier.pk, "status": status})
    assert answer.status_code == 400
    refused = {
        card.told.barrier.pk: card.refused
        for column in answer.context["columns"]
        for card in column.cards
        if card.refused
    }
    assert list(refused) == [barrier.pk]
    assert said in refused[barrier.pk]
    barrier.refresh_from_db()
    assert barrier.status == "heard"


def test_addressed_without_a_day_to_check_back_asks_for_one(
    acme: Company, olive: Person, visit: Visit, barrier: Barrier, sales_path: Path
) -> None:
    barrier.paths.add(sales_path)
    client = visit(acme, olive)
    move = {"barrier": barrier.pk, "status": "addressed"}
    assert "Choose a day to check back" in client.post(BOARD, move, follow=True).text


@pytest.mark.parametrize("key", ["", "x", "-1", "0", "99999999999999999999"])
def test_what_is_not_there_is_not_moved(
    acme: Company, olive: Person, visit: Visit, barrier: Barrier, key: str
) -> None:
    move = {"barrier": key, "status": "gone"}
    assert visit(acme, olive).post(BOARD, move).status_code == 404


def test_looking_takes_one_permission_and_moving_another(
    acme: Company, ada: Person, person: MakePerson, visit: Visit, barrier: Barrier
) -> None:
    reader = person("Rae", "Reader", is_staff=True)
    assert visit(acme, reader).get(BOARD).status_code == 403
    reader.user_permissions.set(Permission.objects.filter(codename="view_barrier"))
    client = visit(acme, Person.objects.get(pk=reader.pk))
    page = client.get(BOARD).text
    assert barrier.words in page
    for hidden in ("Move to", "/change/?", "Note a barrier", "Note a touchpoint"):
        assert hidden not in page
    move = {"barrier": barrier.pk, "status": "gone"}
    assert client.post(BOARD, move).status_code == 403
    assert visit(acme, ada).get(BOARD).status_code == 302
    assert Barrier.objects.get().status == "heard"


def test_the_other_company_has_a_board_of_its_own(
    acme: Company, globex: Company, gus: Person, visit: Visit, barrier: Barrier
) -> None:
    client = visit(globex, gus)
    assert "Nobody has said yet what slows their team down." in client.get(BOARD).text
    move = {"barrier": barrier.pk, "status": "gone"}
    assert client.post(BOARD, move).status_code == 404
    with working_for(acme):
        assert Barrier.objects.get().status == "heard"


def test_list_and_board_lead_to_each_other(
    acme: Company, olive: Person, visit: Visit, barrier: Barrier
) -> None:
    client = visit(acme, olive)
    assert f'href="{BOARD}"' in client.get(LIST).text
    assert f'href="{LIST}"' in client.get(BOARD).text


def test_the_board_costs_the_same_with_3_barriers_and_with_200(
    acme: Company, olive: Person, ada: Person, visit: Visit, barrier: Barrier, sales_path: Path
) -> None:
    client, counts = visit(acme, olive), []
    move_barrier(barrier=barrier, status="designing", actor=olive)
    for number in (2, 197):
        note = {"manager": ada, "heard_on": TODAY, "status_since": TODAY, "looked_after_by": olive}
        made = Barrier.objects.bulk_create([Barrier(words=f"{n}", **note) for n in range(number)])
        for each in made:
            each.paths.add(sales_path)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(BOARD).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 20
