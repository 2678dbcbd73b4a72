"""What ends when somebody has left, whichever door said so: sessions, tokens and links."""

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from api.models import ApiToken
from reinforcement.actions import write_due_briefs
from reinforcement.links import answer_path
from reinforcement.models import BriefItem
from tenants.companies.models import Company
from tenants.people.actions import sync_people
from tenants.people.models import Person
from tests.api.asking import FEED, Visit, ask, issue


def hris(person: Person, **fields: Any) -> None:
    result = sync_people(rows=[{"uid": person.uid, **fields}], source="api")
    assert not result.problems


def is_signed_in(client: Client) -> bool:
    return "login" not in client.get("/")["Location"]


def test_a_session_ends_with_its_next_request(acme: Company, visit: Visit, lee: Person) -> None:
    client = visit(acme, lee)
    assert is_signed_in(client)
    hris(lee, employment_status="terminated")
    assert not is_signed_in(client)


def test_a_session_stays_dead_when_they_come_back(acme: Company, visit: Visit, lee: Person) -> None:
    client = visit(acme, lee)
    hris(lee, employment_status="terminated")
    hris(lee, employment_status="active")
    assert not is_signed_in(client)
    lee.refresh_from_db()
    assert is_signed_in(visit(acme, lee))


def test_leave_does_not_sign_anybody_out(acme: Company, visit: Visit, lee: Person) -> None:
    client = visit(acme, lee)
    hris(lee, employment_status="leave")
    assert is_signed_in(client)


@pytest.mark.parametrize("status", ["terminated", "prehire"])
def test_nobody_signs_in_before_or_after(
    acme: Company, visit: Visit, lee: Person, status: str
) -> None:
    client = visit(acme, lee)
    later = {"hired_on": "2030-01-01"} if status == "prehire" else {}
    hris(lee, employment_status=status, **later)
    assert not is_signed_in(client)


def test_tokens_of_somebody_who_left_stop_until_a_colleague_takes_them_over(
    acme: Company, visit: Visit, olive: Person, ada: Person
) -> None:
    text = issue()
    ApiToken.objects.update(created_by=ada)
    client = visit(acme)
    assert ask(client, FEED, text).status_code == 200
    hris(ada, employment_status="terminated")
    assert ask(client, FEED, text).status_code == 401

    workshop = visit(acme, olive)
    page = workshop.get("/admin/api/apitoken/")
    assert "no: Ada Lindqvist has left" in page.text
    chosen = {"action": "take_over", "_selected_action": [str(ApiToken.objects.get().pk)]}
    workshop.post("/admin/api/apitoken/", chosen)
    assert ApiToken.objects.get().created_by == olive
    assert ask(client, FEED, text).status_code == 200


def test_tokens_issued_by_nobody_in_particular_stay(acme: Company, visit: Visit) -> None:
    text = issue()
    assert ApiToken.objects.get().created_by is None
    assert ask(visit(acme), FEED, text).status_code == 200


@pytest.fixture
def answer_link(assign: Any, lee: Person, clock: Any) -> str:
    """Ada's one-tap question about Lee."""
    assign(lee)
    clock.move_to("2026-11-23T09:00:00Z")  # Monday, ten o'clock in Berlin
    write_due_briefs(now=timezone.now())
    return answer_path(BriefItem.objects.get(report=lee))


@pytest.mark.parametrize("who", ["ada", "lee"])
def test_links_die_with_the_manager_and_with_the_report(
    acme: Company, visit: Visit, answer_link: str, ada: Person, lee: Person, who: str
) -> None:
    assert visit(acme).get(answer_link).status_code == 200
    hris({"ada": ada, "lee": lee}[who], employment_status="terminated")
    assert visit(acme).get(answer_link).status_code == 410


def test_a_new_manager_takes_over_at_once(
    acme: Company, visit: Visit, answer_link: str, ada: Person, lee: Person, person: Any, clock: Any
) -> None:
    """The next brief is the new manager's; the former one stops seeing the person."""
    bo = person("Bo", "Ek")
    assert Person.objects.visible_to(ada).contains(lee)
    hris(lee, manager_uid=str(bo.uid))
    assert not Person.objects.visible_to(ada).contains(lee)
    assert Person.objects.visible_to(bo).contains(lee)
    assert visit(acme).get(answer_link).status_code == 410

    clock.move_to("2026-11-30T09:00:00Z")
    write_due_briefs(now=timezone.now())
    newest = BriefItem.objects.filter(report=lee).order_by("pk").last()
    assert newest
    assert newest.brief.manager == bo
    assert "Lee" not in visit(acme, ada).get("/week/").text
    assert "Lee" in visit(acme, bo).get("/week/").text
