"""A company that is switched off answers 503 everywhere, does nothing, and comes back whole."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.utils import timezone
from django_tenants.utils import schema_context
from time_machine import Traveller

from learning.models import Assignment
from reinforcement import tasks
from reinforcement.actions import write_due_briefs
from reinforcement.links import unsubscribe_path
from reinforcement.models import Brief, Delivery
from tenants.companies.actions import resume_company, suspend_company
from tenants.companies.connections import connection
from tenants.companies.models import Company
from tenants.people.auditing.models import AuditEntry
from tenants.people.models import Person
from tests.api.asking import ask, issue
from tests.portal.cast import Assign, Visit
from tests.reinforcement.cast import DUE

WHY = "Unpaid since May"


@pytest.fixture
def suspended(acme: Company) -> Company:
    return suspend_company(company=acme, reason=WHY)


def test_every_kind_of_address_answers_503_as_it_is_read(
    acme: Company, ada: Person, visit: Visit
) -> None:
    token = issue()
    link = unsubscribe_path(ada, Delivery.Kind.BRIEF)
    browser = visit(acme, ada)
    suspend_company(company=acme, reason=WHY)
    for path in ("/", "/week/", "/admin/", "/accounts/login/", "/calendar/x.ics", link):
        for answer in (browser.get(path), browser.post(path)):
            assert answer.status_code == 503, path
            assert "switched off for Acme" in answer.text
            assert answer["Retry-After"] == "3600"
            assert answer["Cache-Control"] == "no-store"
            assert WHY not in answer.text
    for path in ("/api/v1/people", "/api/docs/", "/api/nothing"):
        problem = ask(browser, path, token)
        assert problem.status_code == 503
        assert problem["Content-Type"] == "application/problem+json"
        assert problem.json()["status"] == 503
        assert problem.json()["instance"] == path
    error = ask(browser, "/scim/v2/Users", token)
    assert (error.status_code, error["Content-Type"]) == (503, "application/scim+json")
    assert error.json()["schemas"] == ["urn:ietf:params:scim:api:messages:2.0:Error"]
    assert error.json()["status"] == "503"


def test_the_page_is_in_the_company_s_language(acme: Company, visit: Visit) -> None:
    with schema_context("public"):
        acme.locale = "de"
        acme.save()
    suspend_company(company=acme, reason=WHY)
    assert 'lang="de"' in visit(acme).get("/").text


def test_sessions_and_tokens_are_good_again_afterwards(
    acme: Company, ada: Person, visit: Visit
) -> None:
    browser, token = visit(acme, ada), issue()
    suspended = suspend_company(company=acme, reason=WHY)
    assert browser.get("/path/").status_code == 503
    assert resume_company(company=suspended, reason="Paid").suspended_at is None
    assert browser.get("/path/").status_code == 200
    assert ask(browser, "/api/v1/people", token).status_code == 200


def test_no_other_company_notices(suspended: Company, globex: Company, gus: Person, visit: Visit):
    assert visit(globex, gus).get("/path/").status_code == 200


def test_what_was_sent_to_a_worker_before_is_left_undone(
    assign: Assign, acme: Company, lee: Person, clock: Traveller, mailoutbox: list[Any]
) -> None:
    assign(lee)
    clock.move_to(DUE)
    write_due_briefs(now=DUE)
    suspend_company(company=acme, reason=WHY)
    with queued(tasks.send_due):
        tasks.send_due()
    assert mailoutbox == []
    assert Delivery.objects.get().state == "waiting"
    resume_company(company=acme, reason="Paid")
    with queued(tasks.send_due):
        tasks.send_due()
    assert len(mailoutbox) == 1


def test_weeks_of_more_than_a_day_ago_are_missed_and_later_ones_come(
    assign: Assign, acme: Company, ada: Person, lee: Person, clock: Traveller
) -> None:
    """Briefs fall due on Mondays at nine in Berlin; it is Wednesday."""
    assign(lee)
    Brief.objects.all().delete()
    clock.shift(timedelta(days=4, hours=23))  # Monday, half past eight
    acme = suspend_company(company=acme, reason=WHY)
    clock.shift(timedelta(days=3))
    acme = resume_company(company=acme, reason="Paid")
    connection.set_tenant(acme)
    write_due_briefs(now=timezone.now())
    assert Brief.objects.get(iso_week=48).state == "missed"
    acme = suspend_company(company=acme, reason=WHY)
    clock.shift(timedelta(days=4, hours=9))  # Monday, half past five in the afternoon
    acme = resume_company(company=acme, reason="Paid")
    connection.set_tenant(acme)
    write_due_briefs(now=timezone.now())
    assert Brief.objects.get(iso_week=49).state == "written"
    assert Assignment.objects.get().status in Assignment.OPEN


def test_each_switch_needs_a_reason_and_the_right_state(acme: Company) -> None:
    with pytest.raises(ValidationError, match="Say why"):
        suspend_company(company=acme, reason="  ")
    with pytest.raises(ValidationError, match="not suspended"):
        resume_company(company=acme, reason=WHY)
    suspended = suspend_company(company=acme, reason=WHY)
    assert (suspended.suspended_because, suspended.suspended_at is None) == (WHY, False)
    with pytest.raises(ValidationError, match="is suspended, not active"):
        suspend_company(company=acme, reason=WHY)  # as somebody else has it still in hand


def test_the_command_line_says_to_how_many_and_asks(
    acme: Company, lee: Person, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    command = "console.management.commands.company"
    with schema_context("public"):
        with pytest.raises(CommandError, match="say --yes"):
            call_command("company", "suspend", "acme", "--reason", WHY)
        assert "2 people cannot come in to Acme any more" in capsys.readouterr().out
        monkeypatch.setattr(f"{command}.sys.stdin.isatty", lambda: True, raising=False)
        monkeypatch.setattr("builtins.input", lambda _: "globex")
        with pytest.raises(CommandError, match="Nothing was done"):
            call_command("company", "suspend", "acme", "--reason", WHY)
        monkeypatch.setattr("builtins.input", lambda _: "acme")
        call_command("company", "suspend", "acme", "--reason", WHY)
        assert capsys.readouterr().out.endswith("Acme is suspended.\n")
        with pytest.raises(CommandError, match="Acme is suspended, not active"):
            call_command("company", "suspend", "acme", "--reason", WHY, "--yes")
        call_command("company", "resume", "acme", "--reason", "Paid")
        with pytest.raises(CommandError, match="There is no company"):
            call_command("company", "resume", "nobody", "--reason", "Paid")
        ours = list(AuditEntry.objects.exclude(event="").values_list("event", "words"))
    assert ("suspended", f"suspended Acme: {WHY}") in ours
    connection.set_tenant(acme)
    theirs = AuditEntry.objects.filter(event__in=["suspended", "resumed"])
    assert [each.event for each in theirs] == ["resumed", "suspended"]
    assert WHY in theirs[1].words


@contextmanager
def queued(task: Any) -> Iterator[None]:
    """As a worker calls it: it knows where the message came from."""
    task.push_request(delivery_info={"routing_key": "celery"})
    try:
        yield
    finally:
        task.pop_request()
