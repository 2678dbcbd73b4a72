"""Find my company: the page says nothing of who is known; the mail does, to whoever reads it."""

from django.core import mail
from pytest_django import DjangoAssertNumQueries

from portal.sign_up.tasks import tell_companies
from tenants.companies.connections import connection
from tenants.companies.context import working_for
from tenants.companies.models import Company
from tenants.people.models import EmploymentStatus, Person
from tests.portal.sign_up.cast import Outsider

FIND = "/find-my-company/"


def test_the_mail_lists_every_company_where_somebody_may_sign_in(
    ines: Outsider, lee: Person, globex: Company
) -> None:
    with working_for(globex):
        Person.objects.create_user(email="lee.tanaka@acme.example", given_name="Lee")
    connection.set_schema_to_public()
    ines.post(FIND, email="LEE.Tanaka@acme.example")
    (message,) = mail.outbox
    assert message.to == ["LEE.Tanaka@acme.example"]
    assert "Acme\nhttp://acme.localhost:8000/" in message.body
    assert "Globex\nhttp://globex.localhost:8000/" in message.body


def test_known_and_unknown_addresses_are_answered_alike(ines: Outsider, lee: Person) -> None:
    connection.set_schema_to_public()
    answers = [ines.post(FIND, email=each) for each in (str(lee.email), "nobody@acme.example")]
    assert [(each.status_code, each["Location"]) for each in answers] == [
        (302, "/find-my-company/sent/")
    ] * 2
    assert "Look into your mail" in ines.get("/find-my-company/sent/").content.decode()
    known, unknown = mail.outbox
    assert "acme.localhost" in known.body
    assert "Nobody signs in anywhere here with nobody@acme.example." in unknown.body
    assert "localhost" not in unknown.body


def test_whoever_left_finds_no_company_any_more(ines: Outsider, lee: Person) -> None:
    Person.objects.update(employment_status=EmploymentStatus.TERMINATED)
    connection.set_schema_to_public()
    ines.post(FIND, email=str(lee.email))
    assert "Nobody signs in" in mail.outbox[0].body


def test_no_page_asks_any_company_anything(
    ines: Outsider, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(0):
        assert ines.get(FIND).status_code == 200
        assert ines.get(f"{FIND}sent/").status_code == 200


def test_what_is_no_address_is_told(ines: Outsider) -> None:
    page = ines.post(FIND, email="lee").content.decode()
    assert "Enter a valid email address." in page
    assert 'value="lee"' in page
    assert mail.outbox == []


def test_three_mails_an_hour_go_to_one_address(ines: Outsider) -> None:
    statuses = [ines.post(FIND, email="lee@acme.example").status_code for _ in range(4)]
    assert statuses == [302, 302, 302, 429]
    assert len(mail.outbox) == 3


def test_the_mail_is_in_the_language_it_was_asked_for_in(ines: Outsider) -> None:
    tell_companies("lee@acme.example", "es")
    assert "lee@acme.example" in mail.outbox[0].body
    assert connection.schema_name == "public"
