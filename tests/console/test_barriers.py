"""Barriers in the admin site: noted, put right, moved along."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.core.exceptions import NON_FIELD_ERRORS
from django.db import connection
from django.test.utils import CaptureQueriesContext
from time_machine import Traveller

from learning.models import Outcome, Path, Role
from reinforcement.actions import (
    change_barrier,
    move_barrier,
    note_barrier,
    note_touchpoint,
)
from reinforcement.models import Barrier, Touchpoint
from tenants.companies.models import Company
from tenants.people.models import Person
from tests.conftest import TODAY
from tests.console.cast import MakePerson, Visit

LIST = "/admin/reinforcement/barrier/"
TALKS = "/admin/reinforcement/touchpoint/"
WORDS = "Legal takes nine days to look at a contract."
YESTERDAY, TOMORROW = TODAY - timedelta(days=1), TODAY + timedelta(days=1)


@pytest.fixture
def outcome(sales_path: Path) -> Outcome:
    return sales_path.role.outcomes.get(slug="close-faster")


@pytest.fixture
def form(
    clock: Traveller, olive: Person, ada: Person, lee: Person, outcome: Outcome, sales_path: Path
) -> dict[str, Any]:
    """A barrier of Ada's, filled in well."""
    return {
        "manager": ada.pk,
        "words": WORDS,
        "severity": 3,
        "heard_on": "",
        "outcome": outcome.pk,
        "touchpoint": "",
        "paths": [sales_path.pk],
        "looked_after_by": olive.pk,
        "check_back_on": TOMORROW,
    }


@pytest.fixture
def barrier(clock: Traveller, olive: Person, ada: Person, lee: Person, outcome: Outcome) -> Barrier:
    """Ada told Olive ten days ago."""
    return note_barrier(
        manager=ada,
        words=WORDS,
        actor=olive,
        outcome=outcome,
        heard_on=TODAY - timedelta(days=10),
    )


@pytest.fixture
def reader(acme: Company, person: MakePerson) -> Person:
    """Rae may look, and no more."""
    rae = person("Rae", "Reader", is_staff=True)
    may = ["view_barrier", "view_touchpoint"]
    rae.user_permissions.set(Permission.objects.filter(codename__in=may))
    return rae


def page_of(row: Barrier | Touchpoint) -> str:
    return f"{LIST if isinstance(row, Barrier) else TALKS}{row.pk}/change/"


def errors(answer: Any) -> dict[str, list[str]]:
    assert answer.status_code == 200
    found: dict[str, list[str]] = answer.context["adminform"].form.errors
    return found


def listed(client: Any, **query: Any) -> list[Any]:
    return list(client.get(LIST, query).context["cl"].result_list)


def test_a_barrier_is_noted_through_the_action(
    acme: Company, olive: Person, ada: Person, visit: Visit, form: dict[str, Any], sales_path: Path
) -> None:
    client = visit(acme, olive)
    page = client.get(f"{LIST}add/", {"manager": ada.pk})
    assert page.context["adminform"].form.initial["looked_after_by"] == olive.pk
    assert "Ada Lindqvist" in page.text
    assert client.post(f"{LIST}add/", form).status_code == 302
    barrier = Barrier.objects.get()
    assert (barrier.manager, barrier.words, barrier.status) == (ada, WORDS, "heard")
    assert (barrier.heard_on, barrier.status_since) == (TODAY, TODAY)
    assert (barrier.check_back_on, list(barrier.paths.all())) == (TOMORROW, [sales_path])


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("manager", "", "required"),
        ("words", "", "required"),
        ("words", "a" * 501, "at most 500 characters"),
        ("severity", 9, "not one of the available choices"),
        ("heard_on", TOMORROW, "still to come"),
        ("heard_on", "soon", "valid date"),
        ("check_back_on", YESTERDAY, "This day is past"),
        ("outcome", 0, "not one of the available choices"),
        ("paths", [0], "not one of the available choices"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(
    acme: Company, olive: Person, visit: Visit, form: dict[str, Any], field, value, said
) -> None:
    found = errors(visit(acme, olive).post(f"{LIST}add/", form | {field: value}))
    assert list(found) == [field]
    assert said in found[field][0]
    assert not Barrier.objects.exists()


def test_what_the_action_refuses_is_said_at_its_field(
    acme: Company, olive: Person, lee: Person, visit: Visit, form: dict[str, Any]
) -> None:
    Path.objects.update(status=Path.Status.ARCHIVED)
    wrong = {"manager": lee.pk, "looked_after_by": lee.pk}
    found = errors(visit(acme, olive).post(f"{LIST}add/", form | wrong))
    assert set(found) == {"manager", "looked_after_by", "paths"}
    assert found["manager"] == ["Nobody reports to Lee Tanaka: choose a manager."]
    assert NON_FIELD_ERRORS not in found
    assert not Barrier.objects.exists()


def test_a_barrier_is_put_right_and_stays_its_manager_s(
    acme: Company, olive: Person, ada: Person, visit: Visit, barrier: Barrier, form: dict[str, Any]
) -> None:
    client, page = visit(acme, olive), page_of(barrier)
    changes = {"manager": olive.pk, "words": "Legal is slow.", "heard_on": YESTERDAY}
    assert client.post(page, form | changes).status_code == 302
    barrier.refresh_from_db()
    assert (barrier.manager, barrier.words) == (ada, "Legal is slow.")
    assert (barrier.heard_on, barrier.severity) == (YESTERDAY, 3)
    assert barrier.paths.count() == 1
    assert client.post(page, form | changes | {"paths": []}).status_code == 302
    assert barrier.paths.count() == 0
    late = form | changes | {"check_back_on": YESTERDAY}
    assert list(errors(client.post(page, late))) == ["check_back_on"]


def test_its_page_tells_how_it_stands_and_what_else_is_known(
    acme: Company, olive: Person, ada: Person, visit: Visit, barrier: Barrier, sales_path: Path
) -> None:
    note_barrier(manager=ada, words="No chairs.", actor=olive)
    note_touchpoint(manager=ada, learned="Half of the clauses are the same.", actor=olive)
    change_barrier(barrier=barrier, actor=olive, paths=[sales_path])
    text = visit(acme, olive).get(page_of(barrier)).text
    for said in ("10 days ago", "Close deals faster", "No chairs.", "Half of the clauses"):
        assert said in text
    assert f"/admin/learning/path/{sales_path.pk}/change/" in text


def test_it_is_moved_along_and_back_on_its_page(
    acme: Company, olive: Person, visit: Visit, barrier: Barrier, sales_path: Path
) -> None:
    client = visit(acme, olive)
    change_barrier(barrier=barrier, actor=olive, paths=[sales_path], check_back_on=TOMORROW)
    told = {
        "designing": "Designing: 1 barrier.",
        "addressed": "Addressed: 1 barrier.",
        "gone": "Gone: 1 barrier.",
        "heard": "Back to heard: 1 barrier.",
    }
    for status, words in told.items():
        assert f'value="{status}"' in client.get(page_of(barrier)).text
        answer = client.post(f"{LIST}{barrier.pk}/status/", {"status": status}, follow=True)
        assert words in answer.text
        assert f'value="{status}"' not in answer.text
        barrier.refresh_from_db()
        assert (barrier.status, barrier.status_since) == (status, TODAY)
    assert barrier.check_back_on is None


@pytest.mark.parametrize(
    ("status", "said"),
    [("addressed", "Add the path that was designed for it"), ("solved", "no such status")],
)
def test_a_move_that_cannot_be_says_why(
    acme: Company, olive: Person, visit: Visit, barrier: Barrier, status: str, said: str
) -> None:
    client = visit(acme, olive)
    answer = client.post(f"{LIST}{barrier.pk}/status/", {"status": status}, follow=True)
    assert said in answer.text
    assert client.get(f"{LIST}{barrier.pk}/status/").status_code == 405
    barrier.refresh_from_db()
    assert barrier.status == "heard"


def test_many_are_moved_from_the_list_all_or_none(
    acme: Company, olive: Person, ada: Person, visit: Visit, barrier: Barrier, sales_path: Path
) -> None:
    client = visit(acme, olive)
    other = note_barrier(manager=ada, words="No chairs.", actor=olive, paths=[sales_path])

    def choose(status: str) -> str:
        chosen = {"action": f"move_to_{status}", "_selected_action": [barrier.pk, other.pk]}
        return str(client.post(LIST, chosen, follow=True).text)

    assert WORDS in choose("addressed")
    assert set(Barrier.objects.values_list("status", flat=True)) == {"heard"}
    assert "Designing: 2 barriers." in choose("designing")
    assert set(Barrier.objects.values_list("status", flat=True)) == {"designing"}


def test_the_list_has_the_worst_and_oldest_first_and_what_is_gone_when_asked(
    acme: Company, olive: Person, ada: Person, visit: Visit, barrier: Barrier
) -> None:
    client = visit(acme, olive)
    worse = note_barrier(manager=ada, words="Demos fail.", actor=olive, severity=3)
    older = note_barrier(
        manager=ada, words="Old.", actor=olive, heard_on=TODAY - timedelta(days=40)
    )
    gone = note_barrier(manager=ada, words="No chairs.", actor=olive)
    move_barrier(barrier=gone, status="gone", actor=olive)
    move_barrier(barrier=older, status="designing", actor=olive)
    assert listed(client) == [worse, older, barrier]
    assert listed(client, status="gone") == [gone]
    assert listed(client, status="designing") == [older]
    assert len(listed(client, status="all")) == 4
    assert "40\xa0days\xa0ago" in client.get(LIST).text


def test_the_list_is_narrowed_by_day_path_severity_role_and_words(
    acme: Company, olive: Person, ada: Person, visit: Visit, barrier: Barrier, sales_path: Path
) -> None:
    client = visit(acme, olive)
    due = note_barrier(
        manager=ada,
        words="Demos fail.",
        actor=olive,
        severity=1,
        check_back_on=TODAY,
        paths=[sales_path],
    )
    later = note_barrier(manager=ada, words="Chairs.", actor=olive, check_back_on=TOMORROW)
    Role.objects.create(slug="another", name="Another")
    for query, found in (
        ({"check_back": "due"}, [due]),
        ({"check_back": "to_come"}, [later]),
        ({"check_back": "none"}, [barrier]),
        ({"designed": sales_path.pk}, [due]),
        ({"designed": "nothing"}, [barrier, later]),
        ({"severity__exact": 1}, [due]),
        ({"outcome__role__id__exact": sales_path.role_id}, [barrier]),
        ({"manager__id__exact": olive.pk}, []),
        ({"q": "legal lindqvist"}, [barrier]),
    ):
        assert listed(client, **query) == found, query
    assert "due (1)" in client.get(LIST, {"_facets": "True"}).text


@pytest.mark.parametrize("page", [LIST, TALKS])
def test_an_empty_list_says_what_to_do(
    acme: Company, olive: Person, reader: Person, visit: Visit, page: str
) -> None:
    text = visit(acme, olive).get(page).text
    assert f'href="{page}add/"' in text
    assert 'href="/admin/reinforcement/touchpoint/managers/"' in text
    assert "Nobody has said yet" in text or "No talk with a manager" in text
    assert f'href="{page}add/"' not in visit(acme, reader).get(page).text
    assert "fits what you chose" not in text


def test_a_list_where_nothing_fits_leads_back(
    acme: Company, olive: Person, visit: Visit, barrier: Barrier
) -> None:
    assert "No barrier fits what you chose." in visit(acme, olive).get(LIST, {"q": "zzz"}).text


def test_a_page_costs_the_same_with_2_other_barriers_and_with_20(
    acme: Company, olive: Person, ada: Person, visit: Visit, barrier: Barrier, sales_path: Path
) -> None:
    client, counts = visit(acme, olive), []
    for number in (2, 18):
        for each in range(number):
            talk = note_touchpoint(manager=ada, learned=f"{each}", actor=olive)
            note_barrier(
                manager=ada, words=f"{each}", actor=olive, touchpoint=talk, paths=[sales_path]
            )
        for _ in range(2):
            with CaptureQueriesContext(connection) as queries:
                assert client.get(page_of(barrier)).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 20
