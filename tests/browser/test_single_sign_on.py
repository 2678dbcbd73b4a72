"""A company's own sign-in, in a browser: from nothing to passwords switched off."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect
from pytest_django import Settings

from tenants.companies.models import Company
from tenants.people.models import Person
from tenants.people.single_sign_on.models import SignInConnection
from tests.browser.doorway import Doorway, open_door
from tests.browser.office import open_office
from tests.people.single_sign_on.openid_server import CLIENT_ID, CLIENT_SECRET, Provider, serve
from tests.people.single_sign_on.saml_provider import ENTITY, OURS, serve_saml

pytestmark = pytest.mark.browser


@pytest.fixture
def provider(settings: Settings) -> Iterator[Provider]:
    settings.OUTBOUND_ALLOW_LOOPBACK = True
    with serve() as provider:
        provider.claims = {
            "sub": "olive-there", "email": "olive.okafor@acme.example", "email_verified": True
        }  # fmt: skip
        yield provider


@pytest.fixture
def entra(lee: Person) -> Iterator[SignInConnection]:
    """By SAML, at a provider where Lee is signed in."""
    with serve_saml("lee-there", "lee.tanaka@acme.example") as address:
        yield SignInConnection.objects.create(
            name="Entra ID", protocol="saml", entity_id=ENTITY, sign_in_url=address,
            certificates=OURS.certificate, domains=["acme.example"], vouches=True, is_on=True,
        )  # fmt: skip


@pytest.fixture
def door(
    olive: Person, provider: Provider, entra: SignInConnection, acme: Company
) -> Iterator[Doorway]:
    with open_office() as office, open_door(office, acme) as door:
        yield door


def test_an_owner_sets_it_up_tries_it_and_switches_passwords_off(
    door: Doorway, browser: Browser, olive: Person, provider: Provider
) -> None:
    with door.enter(browser, olive) as context:
        page = context.new_page()
        page.goto(door.address("/admin/single_sign_on/signinconnection/add/"))
        page.get_by_label("Name").fill("Okta")
        page.get_by_label("Protocol").select_option("openid_connect")
        page.get_by_role("button", name="Save").click()
        expect(page.get_by_text("/callback/")).to_be_visible()
        page.get_by_label("Issuer").fill(provider.url)
        page.get_by_label("Client ID").fill(CLIENT_ID)
        page.get_by_label("Client secret").fill(CLIENT_SECRET)
        page.get_by_label("E-mail domains").fill("acme.example")
        page.get_by_role("button", name="Save").click()
        page.get_by_role("link", name="Try it").click()
        page.get_by_role("link", name="Go to Okta").click()
        expect(page.get_by_role("status").filter(has_text="It works")).to_contain_text(
            "Olive Okafor"
        )
        page.get_by_role("link", name="Switch it on…").click()
        page.get_by_role("button", name="Switch it on").click()
        expect(page.get_by_text("its button is on the page to sign in")).to_be_visible()
        context.clear_cookies()

        page.goto(door.address("/admin/single_sign_on/signinconnection/passwords/"))
        page.get_by_role("link", name="Sign in with Okta").click()
        page.get_by_role("button", name="Switch passwords off").click()
        expect(page.get_by_text("Passwords are off", exact=True)).to_be_visible()
        context.clear_cookies()
        page.goto(door.address("/accounts/login/"))
        expect(page.get_by_label("Password")).to_have_count(0)
        expect(page.get_by_role("link", name="Sign in with Okta")).to_be_visible()


def test_a_provider_on_another_site_posts_somebody_in(door: Doorway, browser: Browser) -> None:
    with door.enter(browser, None) as context:
        page = context.new_page()
        page.goto(door.address("/path/"))
        page.get_by_role("link", name="Sign in with Entra ID").click()
        page.get_by_role("button", name="Continue").click()
        page.wait_for_url("**/path/")
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        expect(page.get_by_text("Lee")).not_to_have_count(0)
