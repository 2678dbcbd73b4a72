"""L&D says when briefs come."""

from django.contrib.auth.models import Permission
from time_machine import Traveller

from tenants.companies.context import find_company
from tenants.companies.models import Company
from tenants.people.models import Person
from tests.conftest import NOW
from tests.console.cast import MakePerson, Visit

RHYTHM = "/admin/rhythm/"
FRIDAY = {
    "brief_day": "5",
    "brief_hour": "14",
    "time_zone": "Europe/Lisbon",
    "brief_size": "4",
    "sender_name": "Olive from L&D",
    "heads_up": "on",
}


def test_the_page_shows_the_rhythm_and_changes_it(
    acme: Company, olive: Person, visit: Visit, clock: Traveller
) -> None:
    browser = visit(acme, olive)
    page = browser.get(RHYTHM)
    assert page.status_code == 200
    assert 'value="Europe/Berlin"' in page.text
    answer = browser.post(RHYTHM, FRIDAY, follow=True)
    assert "It holds from the next brief on." in answer.text
    stored = find_company("acme")
    assert (stored.brief_day, stored.brief_hour, stored.time_zone) == (5, 14, "Europe/Lisbon")
    assert (stored.brief_size, stored.sender_name) == (4, "Olive from L&D")
    assert (stored.heads_up, stored.rhythm_since) == (True, NOW)


def test_what_cannot_be_is_told_at_its_field_and_nothing_is_stored(
    acme: Company, olive: Person, visit: Visit
) -> None:
    wrong = {**FRIDAY, "time_zone": "Berlin", "brief_size": "9"}
    page = visit(acme, olive).post(RHYTHM, wrong)
    assert page.status_code == 400
    assert set(page.context["form"].errors) == {"time_zone", "brief_size"}
    assert "Choose a time zone from the list." in page.text
    assert find_company("acme").brief_day == 1


def test_only_whoever_may_change_the_company_may(
    acme: Company, lee: Person, person: MakePerson, visit: Visit
) -> None:
    helper = person("Hal", "Berg", is_staff=True)
    theirs = visit(acme, helper)
    assert theirs.get(RHYTHM).status_code == theirs.post(RHYTHM, FRIDAY).status_code == 403
    assert RHYTHM not in theirs.get("/admin/").text
    assert visit(acme, lee).get(RHYTHM).status_code == 302
    assert find_company("acme").brief_day == 1
    helper.user_permissions.add(Permission.objects.get(codename="change_company"))
    assert visit(acme, Person.objects.get(pk=helper.pk)).get(RHYTHM).status_code == 200


def test_globex_keeps_its_own(acme: Company, olive: Person, globex: Company, visit: Visit) -> None:
    visit(acme, olive).post(RHYTHM, FRIDAY)
    assert find_company("globex").brief_day == 1
