"""Who may start from the library, and in which company."""

from typing import Any

from django.contrib.auth.models import Permission
from django.test import Client

from learning.models import Role
from tenants.companies.context import working_for
from tenants.companies.models import Company
from tenants.people.models import Person
from tests.console.cast import MakePerson, Visit

LIBRARY = "/admin/library/"


def test_whoever_may_not_add_roles_is_told_403(
    acme: Company, person: MakePerson, visit: Visit
) -> None:
    helper = person("Hal", "Berg", is_staff=True)
    may = Permission.objects.filter(codename__in=["view_role", "change_role"])
    helper.user_permissions.set(may)
    theirs = visit(acme, helper)
    assert theirs.get(LIBRARY).status_code == theirs.post(LIBRARY).status_code == 403
    assert LIBRARY not in theirs.get("/admin/").text
    assert "Start from the library" not in theirs.get("/admin/learning/role/").text
    assert not Role.objects.exists()
    helper.user_permissions.add(Permission.objects.get(codename="add_role"))
    assert visit(acme, Person.objects.get(pk=helper.pk)).get(LIBRARY).status_code == 200


def test_learners_and_strangers_are_sent_away(acme: Company, lee: Person, visit: Visit) -> None:
    for browser in (visit(acme, lee), visit(acme)):
        assert browser.get(LIBRARY).status_code == browser.post(LIBRARY).status_code == 302


def test_taking_needs_its_token(acme: Company, olive: Person, visit: Visit) -> None:
    strict = Client(enforce_csrf_checks=True, headers={"host": "acme.localhost"})
    strict.cookies = visit(acme, olive).cookies
    assert strict.post(LIBRARY, {"role": "recruiter"}).status_code == 403
    assert not Role.objects.exists()


def test_globex_sees_none_of_what_acme_took(
    acme: Company, olive: Person, globex: Company, gus: Person, visit: Visit
) -> None:
    visit(acme, olive).post(LIBRARY, {"role": "recruiter"})
    theirs: Any = visit(globex, gus)
    assert not any(card.role for card in theirs.get(LIBRARY).context["cards"])
    with working_for(globex):
        assert not Role.objects.exists()
    theirs.post(LIBRARY, {"role": "sdr"})
    with working_for(acme):
        assert Role.objects.get().slug == "recruiter"
