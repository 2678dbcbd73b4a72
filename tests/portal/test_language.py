"""The language that somebody reads in, chosen under My settings."""

import pytest

from tenants.companies.models import Company
from tenants.people.models import Person
from tests.portal.cast import Visit


@pytest.mark.parametrize("leads", [True, False])
def test_pages_follow_at_once(
    visit: Visit, acme: Company, ada: Person, lee: Person, leads: bool
) -> None:
    person = ada if leads else lee
    client = visit(acme, person)
    assert '<option value="" selected>As usual here</option>' in client.get("/settings/").text
    for code in ("de", "es", "en"):
        answer = client.post("/settings/language", {"locale": code})
        assert answer["Location"] == "/settings/"
        page = client.get("/settings/").text
        assert f'<html lang="{code}"' in page
        assert f'<option value="{code}" lang="{code}" selected>' in page
    client.post("/settings/language", {"locale": ""})
    person.refresh_from_db()
    assert person.locale == ""


@pytest.mark.parametrize("wanted", ["fr", "xx", "../de", "d" * 5000])
def test_a_language_we_do_not_speak_is_refused(
    visit: Visit, acme: Company, lee: Person, wanted: str
) -> None:
    lee.locale = "de"
    lee.save()
    answer = visit(acme, lee).post("/settings/language", {"locale": wanted}, follow=True)
    assert 'class="notice error"' in answer.text
    lee.refresh_from_db()
    assert lee.locale == "de"


def test_only_who_is_signed_in_chooses_and_only_for_themselves(
    visit: Visit, acme: Company, globex: Company, lee: Person, gus: Person
) -> None:
    address = "/settings/language"
    assert "/login/" in visit(acme).post(address, {"locale": "de"})["Location"]
    visit(globex, gus).post(address, {"locale": "de"})
    assert visit(acme, lee).get(address).status_code == 405
    lee.refresh_from_db()
    assert lee.locale == ""
