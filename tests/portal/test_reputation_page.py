"""One question about their onboarding: by the link in the mail, and on the new hire's own page."""

import uuid
from datetime import date, timedelta

import pytest
from django.contrib import admin
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from time_machine import Traveller

from reinforcement.models import Reputation
from reinforcement.reputation_links import reputation_path
from tenants.companies.context import working_for
from tenants.companies.models import Company
from tenants.companies.signing import sign
from tenants.people.models import EmploymentStatus, Person
from tests.conftest import NOW
from tests.portal.cast import Assign, Visit

Answer = Reputation.Answer
QUESTION = "A new colleague asks you what the onboarding here has done for your work so far."
HONEST = "Nobody is shown who said what."


@pytest.fixture
def asked(nia: Person, assign: Assign) -> Reputation:
    """Nia was asked an hour ago."""
    assign(nia)
    return Reputation.objects.create(
        person=nia, hired_on=date(2026, 11, 14), day=14, asked_at=NOW - timedelta(hours=1)
    )


@pytest.fixture
def link(asked: Reputation) -> str:
    return reputation_path(asked)


def said(asked: Reputation) -> int | None:
    asked.refresh_from_db()
    return asked.answer


def test_the_tapped_answer_is_chosen_one_button_sends_it_and_it_says_who_sees_it(
    visit: Visit, acme: Company, link: str
) -> None:
    page = visit(acme).get(f"{link}?answer=3").content.decode()
    assert QUESTION in page
    assert page.count('type="radio"') == 4
    assert page.count("checked") == 1
    assert page.index('value="3"') < page.index("checked") < page.index('value="2"')
    assert page.count("<button") == 1
    assert "L&amp;D sees answers only of five or more people together" in page
    assert HONEST in page


@pytest.mark.parametrize("method", ["get", "head"])
def test_reading_writes_nothing(
    visit: Visit, acme: Company, asked: Reputation, link: str, method: str
) -> None:
    assert getattr(visit(acme), method)(f"{link}?answer=3").status_code == 200
    assert said(asked) is None


def test_sending_records_it_without_signing_in(acme: Company, asked: Reputation, link: str) -> None:
    client = Client(headers={"host": "acme.localhost"}, enforce_csrf_checks=True)
    page = client.post(link, {"answer": "4"}).content.decode()
    assert said(asked) == Answer.ESSENTIAL
    assert "“I could not have started without it”" in page
    assert HONEST in page
    assert "Change this answer" in page


def test_another_answer_replaces_the_first(
    visit: Visit, acme: Company, asked: Reputation, link: str
) -> None:
    client = visit(acme)
    client.post(link, {"answer": "4"})
    page = client.get(f"{link}?answer=1").content.decode()
    assert "You said “I could not have started without it”. Another answer replaces it." in page
    assert page.index('value="1"') < page.index("checked")
    client.post(link, {"answer": "1"})
    assert said(asked) == Answer.IN_THE_WAY
    assert Reputation.objects.count() == 1


def test_no_session_opens_no_cookie_is_set_and_nothing_is_kept(
    visit: Visit, acme: Company, nia: Person, link: str
) -> None:
    for client in (visit(acme), visit(acme, nia)):
        for response in (client.get(link), client.post(link, {"answer": "2"})):
            assert not response.cookies
            assert "Cookie" not in response.get("Vary", "")
            assert response["Referrer-Policy"] == "no-referrer"
            assert response["Cache-Control"] == "no-store"
            assert response["X-Robots-Tag"] == "noindex"
            assert "unsafe" not in response["Content-Security-Policy"]


@pytest.mark.parametrize("answer", ["", "0", "5", "-1", "three", "³", "9" * 5000])
def test_no_answer_or_an_unknown_one_asks_again(
    visit: Visit, acme: Company, asked: Reputation, link: str, answer: str
) -> None:
    response = visit(acme).post(link, {"answer": answer})
    assert response.status_code == 400
    assert "Choose one of the answers." in response.content.decode()
    assert "checked" not in visit(acme).get(link, {"answer": answer[:9]}).content.decode()
    assert said(asked) is None


def test_a_tampered_link_is_unknown(
    visit: Visit, acme: Company, asked: Reputation, link: str
) -> None:
    cut = link[:-1] + ("A" if link[-1] != "A" else "B")
    for broken in (cut, "/r/x", "/r/" + sign("answer", str(asked.uid))):
        for response in (visit(acme).get(broken), visit(acme).post(broken, {"answer": "3"})):
            assert response.status_code == 404
            assert "We do not know this link." in response.content.decode()
            assert response["Referrer-Policy"] == "no-referrer"
    assert said(asked) is None


def test_a_link_of_one_company_is_unknown_in_the_other_with_equal_keys(
    visit: Visit, acme: Company, globex: Company, asked: Reputation, link: str
) -> None:
    with working_for(globex):
        twin = Person.objects.create(pk=asked.person_id, given_name="Nia", email="n@globex.example")
        theirs = Reputation.objects.create(
            pk=asked.pk,
            uid=asked.uid,
            person=twin,
            hired_on=asked.hired_on,
            day=14,
            asked_at=asked.asked_at,
        )
    assert visit(globex).get(link).status_code == 404
    assert visit(globex).post(link, {"answer": "3"}).status_code == 404
    with working_for(globex):
        assert said(theirs) is None


def test_a_link_is_good_for_fourteen_days(
    visit: Visit, acme: Company, asked: Reputation, link: str, clock: Traveller
) -> None:
    clock.move_to(asked.asked_at + timedelta(days=14, seconds=-1))
    assert visit(acme).get(link).status_code == 200
    clock.shift(timedelta(seconds=1))
    response = visit(acme).post(link, {"answer": "3"})
    assert response.status_code == 410
    page = response.content.decode()
    assert "This question was open for 14 days." in page
    assert 'href="/path/"' in page
    assert said(asked) is None


def test_a_link_dies_when_its_person_leaves_and_stays_dead_when_they_come_back(
    visit: Visit, acme: Company, nia: Person, asked: Reputation, link: str
) -> None:
    for status, told in (
        (EmploymentStatus.TERMINATED, "somebody who has left"),
        (EmploymentStatus.ACTIVE, "about an earlier time here"),
    ):
        Person.objects.filter(pk=nia.pk).update(employment_status=status, access_ended_at=NOW)
        assert told in visit(acme).get(link).content.decode()
        assert visit(acme).post(link, {"answer": "3"}).status_code == 410
    assert said(asked) is None


def test_a_question_that_was_erased_is_no_longer_there(
    visit: Visit, acme: Company, asked: Reputation, link: str
) -> None:
    asked.delete()
    response = visit(acme).get(link)
    assert response.status_code == 410
    assert "no longer there" in response.content.decode()


def test_the_address_never_reaches_a_log(
    visit: Visit, acme: Company, link: str, caplog: pytest.LogCaptureFixture
) -> None:
    visit(acme).get("/r/somethingsecret")
    visit(acme).post(link, {"answer": ""})
    assert "/r/" not in caplog.text


def test_other_methods_are_refused(visit: Visit, acme: Company, link: str) -> None:
    assert visit(acme).delete(link).status_code == 405


def test_no_page_of_the_admin_site_shows_who_said_what(acme: Company) -> None:
    shown = [
        *admin.site._registry,
        *(i.model for a in admin.site._registry.values() for i in a.inlines),
    ]
    assert len(shown) > 10
    assert Reputation not in shown


def test_it_stands_on_their_own_page_until_it_is_answered_and_can_be_changed_there(
    visit: Visit, acme: Company, nia: Person, asked: Reputation
) -> None:
    client, address = visit(acme, nia), f"/path/onboarding/{asked.uid}"
    page = client.get("/path/").content.decode()
    assert page.index(QUESTION) < page.index("This helps you")
    assert HONEST in page
    assert page.count(f'action="{address}"') == 1
    after = client.post(address, {"answer": "3"}, follow=True).content.decode()
    assert said(asked) == Answer.HELPED
    assert "Thank you. Your answer is noted." in after
    assert "You said about your onboarding: “It helped with my work”" in after
    assert 'aria-pressed="true">It helped with my work' in after
    client.post(address, {"answer": "2"})
    assert said(asked) == Answer.NOTHING


def test_on_their_own_page_what_is_no_answer_or_too_late_is_told(
    visit: Visit, acme: Company, nia: Person, asked: Reputation, clock: Traveller
) -> None:
    client, address = visit(acme, nia), f"/path/onboarding/{asked.uid}"
    assert "Choose one of the answers." in client.post(address, follow=True).content.decode()
    clock.move_to(asked.asked_at + timedelta(days=14))
    client = visit(acme, nia)
    page = client.post(address, {"answer": "3"}, follow=True).content.decode()
    assert "was open for 14 days" in page
    assert QUESTION not in page
    assert said(asked) is None


def test_a_question_is_its_person_s_alone(
    visit: Visit,
    acme: Company,
    globex: Company,
    ada: Person,
    lee: Person,
    olive: Person,
    gus: Person,
    asked: Reputation,
) -> None:
    address = f"/path/onboarding/{asked.uid}"
    for company, other in ((acme, ada), (acme, lee), (acme, olive), (globex, gus)):
        assert visit(company, other).post(address, {"answer": "3"}).status_code == 404
        assert QUESTION not in visit(company, other).get("/path/").content.decode()
    assert visit(acme).post(address, {"answer": "3"}).status_code == 302
    assert visit(acme, lee).get(address).status_code == 405
    assert visit(acme, lee).post(f"/path/onboarding/{uuid.uuid4()}").status_code == 404
    assert said(asked) is None


def test_it_costs_the_page_one_query(
    visit: Visit, acme: Company, nia: Person, asked: Reputation
) -> None:
    def cost() -> list[str]:
        with CaptureQueriesContext(connection) as queries:
            visit(acme, nia).get("/path/")
        return [query["sql"] for query in queries if "reinforcement_reputation" in query["sql"]]

    assert len(cost()) == 1
    asked.delete()
    assert len(cost()) == 1
