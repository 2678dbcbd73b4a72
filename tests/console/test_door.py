from django.test import Client

from tenants.companies.models import Company
from tenants.people.models import Person
from tests.console.cast import Visit

HOME = "/admin/"


def test_olive_finds_her_way_from_the_home_page(acme: Company, olive: Person, visit: Visit) -> None:
    page = visit(acme, olive).get(HOME)
    assert page.status_code == 200
    for link in (
        "/admin/people/person/",
        "/admin/learning/role/",
        "/admin/learning/path/",
        "/admin/learning/assignment/",
        "/admin/api/apitoken/",
    ):
        assert f'href="{link}"' in page.text
    assert "Throughline" in page.text
    assert "Acme" in page.text


def test_stranger_is_sent_to_the_portals_sign_in(acme: Company, visit: Visit) -> None:
    answer = visit(acme).get("/admin/learning/role/", follow=True)
    assert answer.redirect_chain[-1][0] == "/accounts/login/?next=/admin/learning/role/"
    assert answer.status_code == 200


def test_lee_is_told_who_can_help(acme: Company, olive: Person, lee: Person, visit: Visit) -> None:
    answer = visit(acme, lee).get(HOME, follow=True)
    assert answer.status_code == 403
    assert olive.name in answer.text
    assert "Lee Tanaka" in answer.text


def test_lee_reads_no_page_of_it(acme: Company, lee: Person, visit: Visit) -> None:
    client = visit(acme, lee)
    for path in ("people/person/", "learning/assignment/", "jsi18n/", "autocomplete/"):
        assert client.get(f"/admin/{path}").status_code == 302


def test_gus_of_globex_is_nobody_at_acme(
    acme: Company, globex: Company, gus: Person, visit: Visit
) -> None:
    client = visit(globex, gus)
    assert client.get(HOME).status_code == 200
    at_acme = Client(headers={"host": "acme.localhost"})
    at_acme.cookies = client.cookies
    assert "/accounts/login/" in at_acme.get(HOME, follow=True).redirect_chain[-1][0]


def test_signing_out_ends_at_the_portals_sign_in(
    acme: Company, olive: Person, visit: Visit
) -> None:
    client = visit(acme, olive)
    assert client.post("/admin/logout/").headers["Location"] == "/accounts/login/"
    assert client.get(HOME).status_code == 302


def test_password_is_changed_where_everybody_changes_it(
    acme: Company, olive: Person, visit: Visit
) -> None:
    answer = visit(acme, olive).get("/admin/password_change/")
    assert answer.headers["Location"] == "/accounts/password/reset/"


def test_root_domain_has_no_admin_site(acme: Company, client: Client) -> None:
    assert client.get(HOME, headers={"host": "localhost"}).status_code == 404


def test_policy_is_relaxed_under_admin_only(acme: Company, olive: Person, visit: Visit) -> None:
    client = visit(acme, olive)
    policy = client.get(HOME).headers["Content-Security-Policy"]
    assert "script-src 'self' 'unsafe-eval'" in policy
    assert "style-src 'self' 'unsafe-inline'" in policy
    assert "default-src 'self'" in policy
    for path in ("/", "/api/docs/", "/accounts/login/", "/administration/", "/api/admin/"):
        assert "unsafe" not in client.get(path).headers["Content-Security-Policy"]
