"""Looking as somebody: with a reason, for a while, announced everywhere, written down."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from django.utils import timezone
from django_tenants.utils import schema_context
from time_machine import Traveller

from reinforcement.actions import hold_conversation
from tenants.companies.actions import suspend_company
from tenants.companies.connections import connection
from tenants.companies.context import working_for
from tenants.companies.models import Company, Impersonation
from tenants.people.auditing.models import AuditEntry
from tenants.people.models import Person
from tests.browser.every_page import NO_PAGE, addresses
from tests.browser.world import World
from tests.console.operator.conftest import WHY, Link, desk_of
from tests.portal.cast import Visit

Look = Callable[..., Client]
FORM = "/console/companies/acme/look/"
BAR = "Olena of Throughline is looking as"
SESSIONLESS = ("/a/nothing", "/u/nothing", "/r/nothing", "/calendar/nothing.ics")
SECRET = "Thinks of leaving in spring"


def events(word: str = "") -> list[str]:
    """What the audit log of the schema that is set tells, the latest first."""
    told = AuditEntry.objects.filter(event="impersonation").values_list("words", flat=True)
    return [words for words in told if word in words]


@pytest.mark.parametrize(
    ("given", "field", "told"),
    [
        ({"reason": "a look"}, "reason", "Say it in 10 characters or more"),
        ({"reason": ""}, "reason", "Say why: the company reads it."),
        ({"reason": "x  " * 200}, "reason", "at most 300 characters"),
        ({"minutes": "31"}, "minutes", "31 is not one of the available choices"),
        ({"email": "nobody@acme.example"}, "email", "Nobody there has this address."),
        ({"email": "zed"}, "email", "Enter a valid email address."),
        ({"email": ""}, "email", "It has no owner: name somebody."),
    ],
)
def test_it_needs_a_reason_a_person_and_an_end(
    desk: Client, ada: Person, given: dict[str, str], field: str, told: str
) -> None:
    answer = desk.post(FORM, {"email": ada.email, "reason": WHY, "minutes": "15", **given})
    assert answer.status_code == 400
    assert told in answer.text
    assert f'id="id_{field}_error"' in answer.text
    with schema_context("public"):
        assert not Impersonation.objects.exists()


def test_who_has_left_is_not_looked_as(desk: Client, ada: Person) -> None:
    Person.objects.filter(pk=ada.pk).update(employment_status="terminated")
    answer = desk.post(FORM, {"email": ada.email, "reason": WHY, "minutes": "15"})
    assert "they could not sign in" in answer.text


def test_without_an_address_it_is_an_owner(desk: Client, acme: Company, olive: Person) -> None:
    answer = desk.post(FORM, {"email": "", "reason": WHY, "minutes": "15"})
    assert "Your way in as Olive Okafor" in answer.text


def test_every_page_says_who_looks_why_and_until_when(
    look: Look, acme: Company, world: World, clock: Traveller
) -> None:
    """And none of them shows a note that only its author reads."""
    ada, olive = world.people["ada"], world.people["olive"]
    hold_conversation(manager=ada, report=world.people["lee"], via="portal", note=SECRET)
    named = [name for name in addresses().items() if name[0].startswith("/")]
    client = look(acme, ada)
    pages = [path for path, name in named if name not in NO_PAGE and path not in SESSIONLESS]
    for path in [*pages, f"/team/people/{world.people['lee'].uid}/", "/nothing/"]:
        answer = client.get(path)
        if answer.status_code in (302, 405):  # leads on, or takes a POST only
            continue
        announced(answer.text, path, "Ada Lindqvist")
        assert "unsafe" not in answer["Content-Security-Policy"]
        assert SECRET not in answer.text, path
    client.post("/operator/end")
    client = look(acme, olive)
    for path in ("/admin/", "/admin/people/person/", "/admin/rhythm/", "/admin/nothing/"):
        announced(client.get(path).text, path, "Olive Okafor")


def announced(page: str, path: str, person: str) -> None:
    assert f"<strong>{BAR} {person}</strong>: {WHY} · until 09:45" in page, path
    assert "End now" in page
    assert "portal/impersonation.css" in page


def test_it_is_said_in_the_language_of_the_page(look: Look, acme: Company, ada: Person) -> None:
    for language, told in (("de", "von Throughline"), ("es", "de Throughline")):
        Person.objects.filter(pk=ada.pk).update(locale=language)
        client = look(acme, ada)
        page = client.get("/path/").text
        assert f"Olena {told}" in page
        assert "is looking" not in page
        client.post("/operator/end")


def test_its_link_works_once_on_its_host_and_for_a_minute(
    link: Link, acme: Company, globex: Company, ada: Person, visit: Visit, clock: Traveller
) -> None:
    path = link(acme, ada)
    with working_for(globex):
        Person.objects.create(pk=ada.pk, uid=ada.uid, email="x@globex.example", given_name="X")
    assert visit(globex).get(path).status_code == 404
    assert visit(globex).post(path).status_code == 404
    assert desk_of().get(path).status_code == 404
    looked = visit(acme)
    for _ in range(2):
        asked = looked.get(path)
        assert "Look as Ada Lindqvist" in asked.text
        assert asked["Referrer-Policy"] == "same-origin"
        assert looked.get("/path/").status_code == 302  # looking at it opens nothing
    first, second = visit(acme), visit(acme)
    assert first.post(path)["Location"] == "/"
    assert second.post(path).status_code == 404
    assert second.get(path).status_code == 404
    assert second.get("/path/").status_code == 302
    first.post("/operator/end")
    late = link(acme, ada)
    clock.shift(timedelta(seconds=61))
    assert visit(acme).post(late).status_code == 404
    assert visit(acme).get("/operator/look/forged").status_code == 404


def test_its_time_is_over_by_itself(
    look: Look, acme: Company, ada: Person, clock: Traveller
) -> None:
    client = look(acme, ada, 5)
    clock.shift(timedelta(minutes=4, seconds=59))
    assert client.get("/path/").status_code == 200
    clock.shift(timedelta(seconds=1))
    assert client.get("/path/")["Location"] == "/operator/over/"
    assert client.get("/path/")["Location"].startswith("/accounts/login/")
    assert "You look as yourself again" in client.get("/operator/over/").text
    assert events("stopped")[0].endswith("stopped looking as Ada Lindqvist, after 5 min")


@pytest.mark.parametrize("way", ["/operator/end", "/accounts/logout/", "/admin/logout/"])
def test_ending_it_ends_the_session_and_says_nothing_of_the_person(
    look: Look, acme: Company, olive: Person, way: str
) -> None:
    client = look(acme, olive)
    assert client.post(way)["Location"] == "/operator/over/"
    assert client.get("/path/").status_code == 302
    olive.refresh_from_db()
    assert olive.last_login is None
    assert not AuditEntry.objects.filter(event__in=["sign-in", "sign-out"]).exists()
    assert len(events("stopped")) == 1


def test_it_can_be_ended_from_the_console(look: Look, acme: Company, ada: Person, desk: Client):
    client = look(acme, ada)
    assert "You look at it as one of its people" in desk.get("/console/companies/acme/").text
    desk.post("/console/companies/acme/look/end")
    assert client.get("/path/")["Location"] == "/operator/over/"
    assert "End it now" not in desk.get("/console/companies/acme/").text


def test_the_owner_and_we_read_who_it_was_and_what_they_did(
    look: Look, acme: Company, olive: Person, desk: Client
) -> None:
    client = look(acme, olive)
    client.post("/settings/language", {"locale": "es"})
    client.post("/operator/end")
    told = events()
    assert [each.partition(": ")[2] for each in told][::-1] == [
        f"asked to look as Olive Okafor, for 15 minutes: {WHY}",
        f"olena@throughline.example looks as Olive Okafor for 15 min: {WHY}",
        "olena@throughline.example stopped looking as Olive Okafor, after 1 min",
    ]
    changed = AuditEntry.objects.filter(event="").latest("pk")
    assert changed.actor == olive
    assert "Olena of Throughline" in changed.actor_words
    page = desk.get("/console/companies/acme/").text
    assert "stopped looking as Olive Okafor" in page
    assert "Olena K" in page
    with schema_context("public"):
        assert len(events("Olive Okafor")) == 3


def test_nobody_looks_as_two_at_once(
    look: Look, link: Link, acme: Company, globex: Company, ada: Person, olive: Person,
    desk: Client, clock: Traveller,
) -> None:  # fmt: skip
    first = link(acme, olive)
    client = look(acme, ada)
    assert client.get(first).status_code == 403  # given up for the later one, and refused anyway
    given = {"email": olive.email, "reason": WHY, "minutes": "5"}
    again = desk.post(FORM, given)
    assert again.status_code == 400
    assert "You look as somebody already" in again.text
    clock.shift(timedelta(minutes=16))
    assert desk.post(FORM, given).status_code == 200


def test_it_costs_three_statements_and_nobody_else_one(
    look: Look, acme: Company, ada: Person, visit: Visit, django_assert_max_num_queries
) -> None:
    browser = visit(acme, ada)
    browser.get("/path/")
    with django_assert_max_num_queries(40) as own:
        browser.get("/path/")
    client = look(acme, ada)
    client.get("/path/")
    with django_assert_max_num_queries(40) as looked:
        client.get("/path/")
    assert len(looked) == len(own) + 3  # there and back between the schemas


def test_a_company_that_is_off_is_not_looked_at(
    look: Look, link: Link, acme: Company, ada: Person, desk: Client, visit: Visit
) -> None:
    client = look(acme, ada)
    suspend_company(company=acme, reason=WHY)
    assert client.get("/path/").status_code == 503
    assert desk.get(FORM)["Location"] == "/console/companies/acme/"
    assert desk.post(FORM, {"reason": WHY, "minutes": "5"}).status_code == 302


def test_half_an_hour_and_a_reason_are_kept_by_the_database(acme: Company, ada: Person) -> None:
    connection.set_schema_to_public()
    now = timezone.now()
    good = {
        "company": acme, "person": ada.uid, "operator_email": "o@t.example",
        "operator_name": "O", "reason": WHY, "minutes": 30, "asked_at": now,
    }  # fmt: skip
    for wrong in (
        {"minutes": 31},
        {"reason": "short"},
        {"opened_at": now, "until": now + timedelta(minutes=31)},
        {"opened_at": now},
    ):
        with pytest.raises(DatabaseError, match="impersonation_"), transaction.atomic():
            Impersonation.objects.create(**{**good, **wrong})
