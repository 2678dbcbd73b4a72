from datetime import timedelta

import pytest
from django.test import Client
from time_machine import Traveller

from learning.models import PlanStep
from reinforcement.links import answer_path
from reinforcement.models import Answer, Conversation
from tenants.companies.models import Company
from tenants.companies.signing import sign
from tenants.people.models import EmploymentStatus, Person
from tests.portal.cast import MakePerson, Visit, WriteBrief


@pytest.fixture
def link(ada: Person, lee: Person, write_brief: WriteBrief) -> str:
    return answer_path(write_brief(ada, lee).items.get())


def test_the_tapped_answer_is_chosen_and_one_button_sends_it(
    visit: Visit, acme: Company, link: str
) -> None:
    page = visit(acme).get(f"{link}?choice=once").content.decode()
    assert "Have you seen Lee open a call with an agenda this week?" in page
    assert page.count("checked") == 1
    assert page.index('value="once"') < page.index("checked") < page.index('value="most-of')
    assert page.count("<button") == 1
    assert "Send this answer" in page


@pytest.mark.parametrize("tapped", ["choice=once", "talked=1", "choice=once&talked=1&note=hello"])
@pytest.mark.parametrize("method", ["get", "head"])
def test_reading_writes_nothing(
    visit: Visit, acme: Company, link: str, method: str, tapped: str
) -> None:
    for headers in ({}, {"Purpose": "prefetch"}, {"Sec-Purpose": "prefetch;prerender"}):
        response = getattr(visit(acme), method)(f"{link}?{tapped}", headers=headers)
        assert response.status_code == 200
    assert not Answer.objects.exists()
    assert not Conversation.objects.exists()


def test_sending_records_it_without_signing_in_and_says_what_changed(
    visit: Visit, acme: Company, link: str
) -> None:
    response = Client(headers={"host": "acme.localhost"}, enforce_csrf_checks=True).post(
        link, {"choice": "most-of-the-time"}
    )
    page = response.content.decode()
    answer = Answer.objects.get()
    assert (answer.choice.value, answer.via) == ("most-of-the-time", "mail")
    aside = PlanStep.objects.filter(state=PlanStep.State.SET_ASIDE).earliest("position")
    assert aside.step.title in page
    assert "set aside, Lee already shows it" in page
    assert "Change this answer" in page


def test_a_changed_answer_replaces_the_first(visit: Visit, acme: Company, link: str) -> None:
    client = visit(acme)
    client.post(link, {"choice": "most-of-the-time"})
    assert "You said “Most of the time”" in client.get(link).content.decode()
    page = client.post(link, {"choice": "not-yet"}).content.decode()
    assert Answer.objects.get().choice.value == "not-yet"
    assert "Back in Lee’s plan" in page


def test_no_session_opens_no_cookie_is_set_and_nothing_is_kept(
    visit: Visit, acme: Company, ada: Person, link: str
) -> None:
    for client in (visit(acme), visit(acme, ada)):
        for response in (client.get(link), client.post(link, {"choice": "once"})):
            assert not response.cookies
            assert "Cookie" not in response.get("Vary", "")
            assert response["Referrer-Policy"] == "no-referrer"
            assert response["Cache-Control"] == "no-store"
            assert response["X-Robots-Tag"] == "noindex"
            assert "unsafe" not in response["Content-Security-Policy"]


def test_no_answer_or_an_unknown_one_asks_again(visit: Visit, acme: Company, link: str) -> None:
    client = visit(acme)
    for choice in ("", "never-heard-of"):
        response = client.post(link, {"choice": choice})
        assert response.status_code == 400
        assert "Choose one of the answers, or tick that you talked." in response.content.decode()
    assert client.get(f"{link}?choice=never-heard-of").content.decode().count("checked") == 0
    assert not Answer.objects.exists()


def test_a_tampered_link_is_unknown(visit: Visit, acme: Company, link: str) -> None:
    for broken in (link[:-1] + ("A" if link[-1] != "A" else "B"), "/a/x", "/a/" + sign("reset", 1)):
        for response in (visit(acme).get(broken), visit(acme).post(broken, {"choice": "once"})):
            assert response.status_code == 404
            assert "We do not know this link." in response.content.decode()
            assert response["Referrer-Policy"] == "no-referrer"
    assert not Answer.objects.exists()


def test_a_link_of_one_company_is_unknown_in_the_other(
    visit: Visit, acme: Company, globex: Company, link: str
) -> None:
    assert visit(globex).get(link).status_code == 404
    assert visit(globex).post(link, {"choice": "once"}).status_code == 404


def test_a_link_expires(visit: Visit, acme: Company, link: str, clock: Traveller) -> None:
    clock.shift(timedelta(days=15))
    response = visit(acme).post(link, {"choice": "once"})
    assert response.status_code == 410
    page = response.content.decode()
    assert "good for 14 days" in page
    assert 'href="/week/"' in page


def test_a_link_dies_when_its_manager_leaves(
    visit: Visit, acme: Company, ada: Person, link: str
) -> None:
    ada.employment_status = EmploymentStatus.TERMINATED
    ada.save()
    assert visit(acme).get(link).status_code == 410
    assert visit(acme).post(link, {"choice": "once"}).status_code == 410


def test_a_link_dies_when_the_person_leaves(
    visit: Visit, acme: Company, lee: Person, link: str
) -> None:
    Person.objects.filter(pk=lee.pk).update(employment_status=EmploymentStatus.TERMINATED)
    for response in (visit(acme).get(link), visit(acme).post(link, {"talked": "1"})):
        assert response.status_code == 410
        assert "Lee has left" in response.content.decode()
    assert not Conversation.objects.exists()


def test_a_link_dies_when_somebody_else_leads_the_person(
    visit: Visit, acme: Company, lee: Person, person: MakePerson, link: str
) -> None:
    lee.manager = person("Bo", "Ek")
    lee.save()
    for response in (visit(acme).get(link), visit(acme).post(link, {"choice": "once"})):
        assert response.status_code == 410
        assert "Lee is not in your team any more" in response.content.decode()
    assert not Answer.objects.exists()


def test_the_address_never_reaches_a_log(
    visit: Visit, acme: Company, link: str, caplog: pytest.LogCaptureFixture
) -> None:
    visit(acme).get("/a/somethingsecret")
    visit(acme).post(link, {"choice": ""})
    assert "/a/" not in caplog.text


def test_other_methods_are_refused(visit: Visit, acme: Company, link: str) -> None:
    for method in ("delete", "put", "patch", "options"):
        response = getattr(visit(acme), method)(f"{link}?choice=once")
        assert (response.status_code, response["Allow"]) == (405, "GET, HEAD, POST")
    assert not Answer.objects.exists()
