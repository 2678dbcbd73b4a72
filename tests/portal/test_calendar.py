import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from icalendar import Calendar
from time_machine import Traveller

from reinforcement.actions import open_calendar_feed
from reinforcement.calendars import calendar_path
from reinforcement.models import CalendarFeed
from tenants.companies.context import working_for
from tenants.companies.models import Company
from tenants.companies.signing import sign
from tenants.people.models import EmploymentStatus, Person
from tests.portal.cast import MakePerson, Visit, WriteBrief


@pytest.fixture
def link(ada: Person, lee: Person, write_brief: WriteBrief) -> str:
    """Ada's calendar, in a week that is about Lee."""
    write_brief(ada, lee)
    return calendar_path(open_calendar_feed(person=ada))


def press(client: Client, do: str) -> str:
    return client.post("/settings/calendar", {"do": do}, follow=True).content.decode()


def shown(page: str) -> str:
    """The path of the link that the settings page shows."""
    found = re.search(r'id="calendar-link" value="http://acme\.localhost(?::\d+)?(/[^"]+)"', page)
    assert found
    return found[1]


def test_a_calendar_program_fetches_it_without_signing_in(
    visit: Visit, acme: Company, link: str
) -> None:
    response = visit(acme).get(link)
    assert response.status_code == 200
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    calendar = Calendar.from_ical(response.content)
    summaries = [str(event["SUMMARY"]) for event in calendar.walk("VEVENT")]
    assert summaries == ["1:1 topics: Lee", "1:1 topics"]


def test_it_opens_no_session_and_its_address_is_kept_secret(
    visit: Visit, acme: Company, ada: Person, link: str
) -> None:
    for client in (visit(acme), visit(acme, ada)):
        response = client.get(link)
        assert not response.cookies
        assert "Cookie" not in response.get("Vary", "")
        assert response["Referrer-Policy"] == "no-referrer"
        assert response["X-Robots-Tag"] == "noindex"
        assert response["Cache-Control"] == "private, max-age=300"


def test_what_a_program_has_already_is_not_sent_again(
    visit: Visit, acme: Company, lee: Person, link: str, clock: Traveller
) -> None:
    client = visit(acme)
    etag = client.get(link)["ETag"]
    clock.shift(timedelta(hours=5))
    response = client.get(link, headers={"If-None-Match": etag})
    assert (response.status_code, response.content) == (304, b"")
    assert response["ETag"] == etag
    assert response["Referrer-Policy"] == "no-referrer"
    lee.preferred_name = "Leo"
    lee.save()
    response = client.get(link, headers={"If-None-Match": etag})
    assert response.status_code == 200
    assert b"Leo" in response.content
    assert client.head(link).status_code == 200
    assert client.post(link).status_code == 405


def test_a_tampered_address_is_unknown(visit: Visit, acme: Company, link: str, ada: Person) -> None:
    token = link.removeprefix("/calendar/").removesuffix(".ics")
    uid = str(CalendarFeed.objects.get().uid)
    for broken in (token[:-1] + ("A" if token[-1] != "A" else "B"), "x", uid, sign("answer", uid)):
        response = visit(acme).get(f"/calendar/{broken}.ics")
        assert response.status_code == 404
        assert response["Cache-Control"] == "no-store"
        assert b"We do not know this calendar." in response.content


def test_another_company_with_equal_keys_does_not_know_it(
    visit: Visit,
    acme: Company,
    globex: Company,
    ada: Person,
    person: MakePerson,
    link: str,
) -> None:
    feed = CalendarFeed.objects.get()
    with working_for(globex):
        twin = person("Ada", "Lindqvist", pk=ada.pk, uid=ada.uid)
        CalendarFeed.objects.create(pk=feed.pk, uid=feed.uid, person=twin, opened_at=feed.opened_at)
    response = visit(globex).get(link)
    unknown = visit(globex).get("/calendar/never-heard-of.ics")
    assert response.status_code == unknown.status_code == 404
    assert response.content == unknown.content


def test_a_manager_opens_renews_and_closes_it(
    visit: Visit, acme: Company, ada: Person, lee: Person
) -> None:
    client, program = visit(acme, ada), visit(acme)
    first = shown(press(client, "open"))
    assert program.get(first).status_code == 200
    page = press(client, "renew")
    assert "Here is a new link." in page
    second = shown(page)
    assert program.get(first).status_code == 410
    assert program.get(second).status_code == 200
    page = press(client, "close")
    assert "Your calendar is closed." in page
    assert "calendar-link" not in page
    response = program.get(second)
    assert response.status_code == 410
    assert b"This calendar was closed." in response.content


def test_what_is_fetched_with_an_etag_is_dead_at_once_too(
    visit: Visit, acme: Company, ada: Person, link: str
) -> None:
    program = visit(acme)
    etag = program.get(link)["ETag"]
    press(visit(acme, ada), "renew")
    assert program.get(link, headers={"If-None-Match": etag}).status_code == 410


def test_both_kinds_of_link_are_shown(
    visit: Visit, acme: Company, ada: Person, lee: Person
) -> None:
    page = press(visit(acme, ada), "open")
    path = shown(page)
    assert re.search(r'href="webcal://acme\.localhost(?::\d+)?/calendar/[^"]+\.ics"', page)
    assert "readonly" in page
    assert path.endswith(".ics")


def test_it_dies_when_its_manager_leaves(
    visit: Visit, acme: Company, ada: Person, link: str
) -> None:
    ada.employment_status = EmploymentStatus.LEAVE
    ada.save()
    assert visit(acme).get(link).status_code == 200
    ada.employment_status = EmploymentStatus.TERMINATED
    ada.save()
    response = visit(acme).get(link)
    assert response.status_code == 410
    assert b"somebody who has left" in response.content


def test_somebody_who_leads_nobody_cannot_open_one(
    visit: Visit, acme: Company, lee: Person
) -> None:
    client = visit(acme, lee)
    for do in ("open", "renew", "", "explode"):
        assert client.post("/settings/calendar", {"do": do}).status_code == 404
    assert not CalendarFeed.objects.exists()
    assert client.post("/settings/calendar", {"do": "close"}).status_code == 302


def test_fetching_costs_the_same_for_a_larger_team(
    visit: Visit, acme: Company, ada: Person, link: str, person: MakePerson
) -> None:
    program = visit(acme)
    program.get(link)
    costs = []
    for turn in range(2):
        with CaptureQueriesContext(connection) as queries:
            assert program.get(link).status_code == 200
        costs.append(len(queries))
        for number in range(5):
            person(f"Report{turn}{number}", "Ek", manager=ada)
    assert costs[0] == costs[1] <= 12
