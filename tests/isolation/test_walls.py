"""What one company has means nothing in another."""

import pytest
from django.core.cache import cache
from django.db import ProgrammingError
from django.test import Client
from django_tenants.utils import schema_context

from tenants.companies.context import NoCompanyError, current_company, find_company, working_for
from tenants.companies.models import Company
from tenants.companies.signing import BadToken, sign, unsign
from tenants.people.actions.operators import create_operator
from tenants.people.models import Person
from tenants.people.sign_in import ResetTokenGenerator


def test_session_of_one_company_is_anonymous_on_the_other(acme, globex, ada, visit):
    acme_browser = visit(acme, ada)
    assert acme_browser.get("/path/").status_code == 200
    with working_for(globex):
        Person.objects.create(pk=ada.pk, email=ada.email, given_name="Ada", password=ada.password)
    globex_browser = visit(globex)
    globex_browser.cookies = acme_browser.cookies
    response = globex_browser.get("/path/")
    assert response.status_code == 302
    assert "/login/" in response["Location"]


def test_an_operator_is_anonymous_in_a_company_and_its_owner_on_the_root_domain(acme, olive, visit):
    """With equal keys and password hashes, as everywhere."""
    with schema_context("public"):
        operator = create_operator(email=olive.email, given_name="Olena")
        Person.objects.filter(pk=operator.pk).update(id=olive.pk, password=olive.password)
        operator = Person.objects.get(pk=olive.pk)
        desk = Client(headers={"host": "localhost"})
        desk.force_login(operator, backend="allauth.account.auth_backends.AuthenticationBackend")
    owner = visit(acme, olive)
    assert desk.get("/console/").status_code == 200
    assert owner.get("/admin/").status_code == 200
    desk.cookies, owner.cookies = owner.cookies, desk.cookies
    assert "/console/accounts/login/" in desk.get("/console/")["Location"]
    assert "/accounts/login/" in owner.get("/admin/", follow=True).redirect_chain[-1][0]
    assert "/accounts/login/" in owner.get("/path/")["Location"]


def test_signed_value_of_one_company_fails_in_the_other(acme, globex):
    with working_for(acme):
        token = sign("answer", "7")
        assert unsign("answer", token) == "7"
    with working_for(globex), pytest.raises(BadToken):
        unsign("answer", token)


def test_signed_value_is_good_for_its_purpose_only(acme):
    with pytest.raises(BadToken):
        unsign("unsubscribe", sign("answer", "7"))


def test_reset_token_of_one_company_fails_in_the_other(acme, globex, ada):
    with working_for(acme):
        token = ResetTokenGenerator().make_token(ada)
        assert ResetTokenGenerator().check_token(ada, token)
    with working_for(globex):
        assert not ResetTokenGenerator().check_token(ada, token)


def test_cached_value_stays_in_its_company(acme, globex):
    with working_for(acme):
        cache.set("lockout", "Acme's")
    with working_for(globex):
        assert cache.get("lockout") is None
    with working_for(acme):
        assert cache.get("lockout") == "Acme's"


@pytest.mark.django_db
def test_schema_that_is_missing_is_refused_rather_than_read_from_public():
    with schema_context("c_nobody"), pytest.raises(ProgrammingError):
        Person.objects.count()


def test_company_sees_no_table_of_public(acme):
    with pytest.raises(ProgrammingError):
        Company.objects.count()


@pytest.mark.django_db
def test_unknown_host_is_404():
    assert Client(headers={"host": "stranger.localhost"}).get("/").status_code == 404
    assert Client(headers={"host": "acme.example"}).get("/").status_code == 404


def test_root_domain_exposes_no_company(acme):
    browser = Client(headers={"host": "localhost"})
    assert browser.get("/").status_code == 200
    for address in ("/week/", "/path/", "/admin/", "/api/v1/learning-records"):
        assert browser.get(address).status_code == 404


def test_suspended_company_is_503(acme, visit):
    with schema_context("public"):
        Company.objects.filter(pk=acme.pk).update(status=Company.Status.SUSPENDED)
    response = visit(acme).get("/")
    assert response.status_code == 503
    assert "Acme" in response.text


@pytest.mark.django_db
def test_work_without_a_company_is_refused():
    with schema_context("public"), pytest.raises(NoCompanyError):
        current_company()
    with pytest.raises(NoCompanyError, match="There is: acme, globex"):
        find_company("nobody")
