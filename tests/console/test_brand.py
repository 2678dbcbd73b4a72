"""The page "Brand": the company's colour, seen before it is kept, and its logo."""

from pathlib import Path as Folder
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tenants.companies.actions import paint
from tenants.companies.colours import shades
from tenants.companies.context import find_company
from tenants.companies.logos import LOGO_LIMIT
from tenants.companies.models import Company
from tenants.people.auditing.models import AuditEntry
from tenants.people.models import Person
from tests.companies.pictures import png
from tests.console.cast import MakePerson, Visit
from tests.learning import tiny_files as tiny

BRAND = "/admin/brand/"
PREVIEW = "/admin/brand/preview/"
COLOUR = {"what": "colour"}


def logo(content: bytes, name: str = "logo.png") -> dict[str, Any]:
    return {"what": "logo", "logo": SimpleUploadedFile(name, content)}


def test_a_colour_is_kept_and_what_it_is_shaded_to_is_told(
    acme: Company, olive: Person, visit: Visit
) -> None:
    client = visit(acme, olive)
    answer = client.post(BRAND, COLOUR | {"brand_colour": " #F2C200 "}, follow=True)
    assert "Whoever opens a page sees the colour at once." in answer.text
    assert find_company("acme").brand_colour == "#f2c200"
    assert "not saved yet" not in answer.text
    for scheme in ("light", "dark"):
        made = shades("#f2c200", scheme)
        assert made.thread in answer.text
        assert made.tint in answer.text
    assert "made darker" in answer.text
    client.post(BRAND, COLOUR | {"brand_colour": ""})
    assert find_company("acme").brand_colour == ""
    assert "<table" not in client.get(BRAND).text


def test_a_colour_is_looked_at_without_being_kept(
    acme: Company, olive: Person, visit: Visit
) -> None:
    client = visit(acme, olive)
    page = client.get(BRAND, {"brand_colour": "#B3261E"}).text
    assert "This is how #B3261E would look. It is not saved yet." in page
    assert f'src="{PREVIEW}?scheme=dark&amp;colour=%23B3261E"' in page
    assert find_company("acme").brand_colour == ""
    for colour in ("red", "#12345", "<script>", "\0"):
        assert "not saved yet" not in client.get(BRAND, {"brand_colour": colour}).text


@pytest.mark.parametrize("colour", ["red", "#12345", "#1d5a4b;}", "#" * 30])
def test_what_is_no_colour_is_refused_at_its_field(
    acme: Company, olive: Person, visit: Visit, colour: str
) -> None:
    answer = visit(acme, olive).post(BRAND, COLOUR | {"brand_colour": colour})
    assert answer.status_code == 400
    assert 'id="id_brand_colour_error"' in answer.text
    assert find_company("acme").brand_colour == ""


def test_the_preview_is_a_page_of_the_portal_in_that_colour_for_our_frame_only(
    acme: Company, olive: Person, visit: Visit
) -> None:
    paint(company=acme, brand_colour="#00aa00")
    client = visit(acme, olive)
    answer = client.get(PREVIEW, {"scheme": "dark", "colour": "#b3261e"})
    assert shades("#b3261e", "dark").thread in answer.text
    assert "#00aa00" not in answer.text
    assert "brand-preview-dark.css" in answer.text
    assert "portal/portal.css" in answer.text
    assert answer.headers["X-Frame-Options"] == "SAMEORIGIN"
    assert "frame-ancestors 'self'" in answer.headers["Content-Security-Policy"]
    for given in ({}, {"colour": "red;}"}, {"scheme": "../x", "colour": ""}):
        plain = client.get(PREVIEW, given).text
        assert "--thread:" not in plain
        assert "brand-preview-light.css" in plain


@pytest.mark.usefixtures("stored")
def test_a_logo_is_put_shown_and_removed(
    acme: Company, olive: Person, lee: Person, visit: Visit
) -> None:
    client = visit(acme, olive)
    assert "There is none: pages and mail show “Acme”." in client.get(BRAND).text
    answer = client.post(BRAND, logo(png(320, 80)), follow=True)
    company = find_company("acme")
    assert (company.logo_width, company.logo_height) == (320, 80)
    assert f'src="{company.logo_path}"' in answer.text
    assert "3 people see “Acme” in its place" in answer.text
    assert AuditEntry.objects.filter(changes__has_key="logo").exists()
    answer = client.post(BRAND, {"what": "remove"}, follow=True)
    assert "pages and mail show “Acme” again" in answer.text
    assert not find_company("acme").logo


@pytest.mark.parametrize(
    ("content", "status", "said"),
    [
        (tiny.SVG, 400, "can carry scripts"),
        (b"", 400, "The file is empty."),
        (png(320, 80) + bytes(LOGO_LIMIT), 413, "larger than 40 kB"),
        (png(320, 80) + bytes(600_000), 413, "larger than 40 kB"),
    ],
    ids=["svg", "empty", "large", "huge"],
)
def test_what_is_no_logo_is_refused_at_its_field_and_nothing_is_kept(
    acme: Company,
    olive: Person,
    visit: Visit,
    stored: Folder,
    content: bytes,
    status: int,
    said: str,
) -> None:
    answer = visit(acme, olive).post(BRAND, logo(content))
    assert answer.status_code == status
    assert said in answer.text
    assert 'id="id_logo_error"' in answer.text
    assert not find_company("acme").logo
    assert not tiny.contents(stored)


def test_without_a_file_one_is_asked_for(acme: Company, olive: Person, visit: Visit) -> None:
    answer = visit(acme, olive).post(BRAND, {"what": "logo"})
    assert answer.status_code == 400
    assert "Choose a picture first." in answer.text


def test_only_whoever_may_change_the_company_may(
    acme: Company, lee: Person, person: MakePerson, visit: Visit
) -> None:
    helper = person("Hal", "Berg", is_staff=True)
    theirs = visit(acme, helper)
    for page in (BRAND, PREVIEW):
        assert theirs.get(page).status_code == 403
        assert visit(acme, lee).get(page).status_code == 302
    assert theirs.post(BRAND, COLOUR | {"brand_colour": "#b3261e"}).status_code == 403
    assert BRAND not in theirs.get("/admin/").text
    helper.user_permissions.add(Permission.objects.get(codename="change_company"))
    theirs = visit(acme, Person.objects.get(pk=helper.pk))
    assert theirs.get(BRAND).status_code == theirs.get(PREVIEW).status_code == 200
    assert f'href="{BRAND}"' in theirs.get("/admin/").text


@pytest.mark.usefixtures("stored")
def test_globex_keeps_its_own(acme: Company, olive: Person, globex: Company, visit: Visit) -> None:
    client = visit(acme, olive)
    client.post(BRAND, COLOUR | {"brand_colour": "#b3261e"})
    client.post(BRAND, logo(png(320, 80)))
    other = find_company("globex")
    assert (other.brand_colour, str(other.logo)) == ("", "")


def test_the_page_costs_at_most_twenty_queries(acme: Company, olive: Person, visit: Visit) -> None:
    client = visit(acme, olive)
    client.get(BRAND)
    with CaptureQueriesContext(connection) as queries:
        client.get(BRAND, {"brand_colour": "#b3261e"})
    assert len(queries) <= 20
