"""Letting passwords in again, from the console and from a shell."""

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from tenants.companies.actions import demand_single_sign_on
from tenants.companies.context import find_company
from tenants.companies.models import Company
from tenants.people.auditing.models import AuditEntry
from tests.portal.cast import Visit

PAGE = "/console/companies/acme/passwords/"
WHY = "Their Okta is down, Olive asked by phone"


@pytest.fixture
def closed(acme: Company) -> Company:
    """Acme, whose owner switched passwords off."""
    demand_single_sign_on(company=acme)
    return acme


def test_an_operator_lets_them_in_and_the_owner_reads_why(
    visit: Visit, desk: Client, closed: Company
) -> None:
    assert "uses no passwords here" in visit(closed).get("/accounts/login/").content.decode()
    assert PAGE in desk.get("/console/companies/acme/").content.decode()
    assert desk.post(PAGE, {"reason": WHY})["Location"] == "/console/companies/acme/"
    assert not find_company("acme").single_sign_on_only
    assert 'name="password"' in visit(closed).get("/accounts/login/").content.decode()
    assert f"Olena of Throughline: let passwords in again at Acme: {WHY}" in " ".join(
        AuditEntry.objects.values_list("words", flat=True)
    )


def test_without_a_reason_they_stay_off(desk: Client, closed: Company) -> None:
    assert desk.post(PAGE, {"reason": " "}).status_code == 400
    assert find_company("acme").single_sign_on_only


def test_where_they_are_let_in_there_is_nothing_to_do(desk: Client, acme: Company) -> None:
    assert desk.get(PAGE)["Location"] == "/console/companies/acme/"
    assert PAGE not in desk.get("/console/companies/acme/").content.decode()
    with pytest.raises(CommandError, match="let in at Acme already"):
        call_command("company", "passwords", "acme", "--reason", WHY)


def test_a_shell_does_the_same(closed: Company, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("company", "passwords", "acme", "--reason", WHY)
    assert capsys.readouterr().out == "People at Acme can sign in with passwords again.\n"
    assert not find_company("acme").single_sign_on_only
