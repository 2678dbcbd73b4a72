"""A company's logo: on its pages and in its mail, from its own host only."""

from pathlib import Path as Folder

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoCaptureOnCommitCallbacks

from reinforcement.actions import write_due_briefs
from reinforcement.channels.mail.messages import compose
from reinforcement.models import Delivery
from tenants.companies.actions import put_logo, remove_logo
from tenants.companies.context import find_company, working_for
from tenants.companies.models import Company
from tenants.people.models import Person
from tests.companies.pictures import jpeg, png, webp
from tests.learning.tiny_files import contents
from tests.portal.cast import Assign, Visit
from tests.portal.test_page_weight import MOST, STYLESHEET, Parts, weight
from tests.reinforcement.cast import DUE

PICTURE = png(640, 160)
pytestmark = pytest.mark.usefixtures("stored")


def put(company: Company, content: bytes = PICTURE) -> Company:
    put_logo(company=company, upload=SimpleUploadedFile("Acme final (2).png", content))
    return company


@pytest.mark.parametrize(
    ("content", "kind"),
    [(PICTURE, "image/png"), (jpeg(640, 160), "image/jpeg"), (webp(640, 160), "image/webp")],
    ids=["png", "jpeg", "webp"],
)
def test_it_is_served_as_what_it_is_and_kept_for_long(
    acme: Company, visit: Visit, content: bytes, kind: str
) -> None:
    address = put(acme, content).logo_path
    response = visit(acme).get(address)
    assert response.content == content
    headers = response.headers
    assert headers["Content-Type"] == kind
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Content-Disposition"].startswith("attachment")
    assert headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert set(headers["Cache-Control"].split(", ")) == {"public", "max-age=31536000", "immutable"}
    assert "Cookie" not in headers.get("Vary", "")
    assert "Acme" not in address


def test_it_stands_in_place_of_the_name_on_every_page(
    acme: Company, lee: Person, visit: Visit
) -> None:
    client = visit(acme, lee)
    assert "<strong>Acme</strong>" in client.get("/path/").text
    address = put(acme).logo_path
    for page in ("/path/", "/accounts/login/", "/a/forged"):
        text = (client if page == "/path/" else visit(acme)).get(page).text
        assert f'src="{address}"' in text
        assert 'alt="Acme"' in text
        assert "<strong>Acme</strong>" not in text
    assert 'width="640"' in client.get("/path/").text


def test_a_page_costs_no_query_more_and_stays_light_without_it(
    acme: Company, lee: Person, visit: Visit
) -> None:
    client, counts = visit(acme, lee), []
    for _ in range(2):
        client.get("/path/")
        with CaptureQueriesContext(connection) as queries:
            page = client.get("/path/", headers={"accept-encoding": "gzip"})
        counts.append(len(queries))
        put(acme)
    assert counts[0] == counts[1]
    parts = Parts(client.get("/path/").text)
    ours = {STYLESHEET, *(each for each in parts.loaded if each.startswith("/static/"))}
    assert {each for each in parts.loaded if each not in ours} == {acme.logo_path}
    assert not parts.wrong
    assert len(page.content) + sum(map(weight, ours)) < MOST


def test_another_one_has_another_address_and_the_old_one_is_let_go_of(
    acme: Company,
    visit: Visit,
    stored: Folder,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    before = put(acme).logo_path
    with django_capture_on_commit_callbacks(execute=True):
        after = put(acme, webp(640, 160)).logo_path
    assert visit(acme).get(before).status_code == 404
    assert visit(acme).get(after).status_code == 200
    assert contents(stored) == [webp(640, 160)]
    with django_capture_on_commit_callbacks(execute=True):
        assert remove_logo(company=acme)
    assert visit(acme).get(after).status_code == 404
    assert contents(stored) == []
    assert not remove_logo(company=acme)
    assert (acme.logo_width, find_company("acme").logo_height) == (None, None)


@pytest.mark.parametrize("name", ["x.png", "..%2f..%2fetc%2fpasswd", "logos", "%00.png"])
def test_no_other_name_leads_anywhere(acme: Company, visit: Visit, name: str) -> None:
    put(acme)
    assert visit(acme).get(f"/logo/{name}").status_code == 404


def test_without_a_logo_there_is_none(acme: Company, visit: Visit) -> None:
    assert visit(acme).get("/logo/x.png").status_code == 404


def test_it_is_not_there_on_the_other_companys_host(
    acme: Company, globex: Company, visit: Visit
) -> None:
    address = put(acme).logo_path
    assert visit(globex).get(address).status_code == 404
    with working_for(globex):
        put(globex, jpeg(640, 160))
    assert visit(globex).get(address).status_code == 404
    assert visit(acme).get(address).status_code == 200
    assert "<strong>Globex</strong>" not in visit(globex).get("/accounts/login/").text


def test_mail_shows_it_and_says_the_name_where_pictures_are_off(
    acme: Company, ada: Person, lee: Person, assign: Assign
) -> None:
    assign(lee)
    write_due_briefs(now=DUE)
    delivery = Delivery.objects.get()
    assert "<img" not in html_of(delivery)
    put(acme)
    shown = html_of(delivery)
    assert f'src="{acme.url(acme.logo_path)}"' in shown
    assert 'alt="Acme"' in shown
    assert 'width="128"' in shown
    assert "<strong>Acme</strong>" not in shown


def html_of(delivery: Delivery) -> str:
    [(html, _kind)] = compose(delivery).alternatives
    return str(html)
