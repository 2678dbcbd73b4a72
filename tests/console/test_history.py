"""What became of a row is told by the audit log, and what is not there is not named by its key."""

from typing import Final

import pytest

from tenants.companies.models import Company
from tenants.people.access import Access
from tenants.people.actions import give_access
from tenants.people.models import Person
from tests.console.cast import MakePerson, Visit

pytestmark = pytest.mark.usefixtures("clock", "acme")
PEOPLE: Final = "/admin/people/person/"


def test_history_leads_to_what_the_audit_log_says(
    acme: Company, olive: Person, lee: Person, visit: Visit
) -> None:
    client = visit(acme, olive)
    page = f"{PEOPLE}{lee.pk}/"
    assert f'href="{page}history/"' in client.get(f"{page}change/").text
    person = {"given_name": "Lee", "family_name": "Tanaka-Berg", "employment_status": "active"}
    client.post(f"{page}change/", {**person, "email": lee.email, "access": ""})
    told = client.get(f"{page}history/", follow=True)
    assert told.status_code == 200
    assert "Lee Tanaka" in told.text
    assert told.context["cl"].result_count > 0


def test_who_may_not_read_the_audit_log_is_offered_no_history(
    acme: Company, olive: Person, lee: Person, person: MakePerson, visit: Visit
) -> None:
    hris = person("Ida", "Hris")
    give_access(person=hris, access=Access.HRIS, actor=olive)
    hris.refresh_from_db()
    client = visit(acme, hris)
    assert "/history/" not in client.get(f"{PEOPLE}{lee.pk}/change/").text
    assert client.get(f"{PEOPLE}{lee.pk}/history/").status_code == 403


def test_what_is_not_there_leads_back_to_the_list_without_its_key(
    acme: Company, olive: Person, visit: Visit
) -> None:
    answer = visit(acme, olive).get(f"{PEOPLE}987654/change/", follow=True)
    assert answer.redirect_chain == [(PEOPLE, 302)]
    assert "This person is not here: it may be deleted." in answer.text
    assert "987654" not in answer.text
