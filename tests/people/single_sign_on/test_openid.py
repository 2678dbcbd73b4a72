"""OpenID Connect against a provider on loopback: the way in, and every way that is refused."""

from time import time
from typing import Any

import pytest
from allauth.socialaccount.models import SocialAccount, SocialToken

from tenants.companies.context import working_for
from tenants.companies.models import Company
from tenants.people.auditing.models import AuditEntry
from tenants.people.models import EmploymentStatus, Person
from tenants.people.single_sign_on.models import SignInConnection
from tests.people.single_sign_on.openid_server import OTHER_KEY, Provider
from tests.people.single_sign_on.walking import arrive, back, begin, openid, who
from tests.portal.cast import MakePerson, Visit


def reasons() -> str:
    return " ".join(
        AuditEntry.objects.filter(event="sign-in-failed").values_list("words", flat=True)
    )


def test_whoever_the_provider_names_is_signed_in_where_they_wanted(
    visit: Visit, acme: Company, lee: Person, okta: SignInConnection
) -> None:
    client = visit(acme)
    page = client.get("/accounts/login/?next=/path/").content.decode()
    assert "Sign in with Okta" in page
    assert "?next=%2Fpath%2F" in page
    assert openid(client, okta, "/path/")["Location"] == "/path/"
    assert who(client) == lee
    assert "Lee Tanaka" in client.get("/path/").content.decode()


def test_only_the_key_there_is_kept(
    visit: Visit, acme: Company, lee: Person, okta: SignInConnection
) -> None:
    openid(visit(acme), okta)
    account = SocialAccount.objects.get()
    assert (account.user, account.uid, account.extra_data) == (lee, "lee-there", {})
    assert not SocialToken.objects.exists()


def test_the_key_counts_once_it_is_linked_whatever_the_address_says(
    visit: Visit, acme: Company, lee: Person, okta: SignInConnection, provider: Provider
) -> None:
    openid(visit(acme), okta)
    provider.claims |= {"email": "somebody.else@acme.example", "email_verified": False}
    client = visit(acme)
    openid(client, okta)
    assert who(client) == lee


def test_the_session_key_is_a_new_one(
    visit: Visit, acme: Company, lee: Person, okta: SignInConnection
) -> None:
    client = visit(acme)
    address = back(begin(client, okta))
    before = client.session.session_key
    arrive(client, address)
    assert client.session.session_key != before


def test_it_is_in_the_audit_log(
    visit: Visit, acme: Company, lee: Person, okta: SignInConnection
) -> None:
    openid(visit(acme), okta)
    told = AuditEntry.objects.get(event="sign-in")
    assert told.words == "Lee Tanaka signed in through Okta"


CROOKED: dict[str, dict[str, Any]] = {
    "not verified": {"claims": {"email_verified": False}},
    "nothing said of it": {"claims": {"email_verified": None}},
    "not in a domain": {"claims": {"email": "lee.tanaka@globex.example"}},
    "no address": {"claims": {"email": None}},
    "nobody here": {"claims": {"email": "nobody@acme.example"}},
}


@pytest.mark.parametrize("how", CROOKED)
def test_nobody_comes_in_by_an_address_that_is_not_vouched_for(
    visit: Visit,
    acme: Company,
    lee: Person,
    okta: SignInConnection,
    provider: Provider,
    how: str,
) -> None:
    provider.claims |= CROOKED[how]["claims"]
    client = visit(acme)
    answer = openid(client, okta)
    assert answer.status_code == 403
    assert "We do not find you here" in answer.content.decode()
    assert who(client) is None
    assert not SocialAccount.objects.exists()
    assert reasons().startswith("A sign-in through Okta failed")


TOKENS: dict[str, dict[str, Any]] = {
    "made for somebody else": {"token": {"aud": "another"}},
    "made for two": {"token": {"aud": ["throughline-acme", "another"]}},
    "authorized for somebody else": {"token": {"azp": "another"}},
    "of another issuer": {"token": {"iss": "https://evil.example"}},
    "over": {"token": {"exp": int(time()) - 3600}},
    "without an end": {"token": {"exp": None}},
    "of another sign-in": {"token": {"nonce": "another"}},
    "without a nonce": {"token": {"nonce": None}},
    "without a subject": {"token": {"sub": None}},
    "signed with another key": {"key": OTHER_KEY},
    "signed with a shared secret": {"key": "x" * 32, "algorithm": "HS256"},
    "not signed": {"key": None, "algorithm": "none"},
    "about somebody else than user info": {"userinfo": {"sub": "somebody else"}},
    "without a page of keys": {"discovery": {"jwks_uri": "http://127.0.0.1:9999/keys"}},
    "of a provider that calls itself otherwise": {"discovery": {"issuer": "https://evil.example"}},
}  # fmt: skip


@pytest.mark.parametrize("how", TOKENS)
def test_a_token_that_does_not_hold_signs_nobody_in(
    visit: Visit,
    acme: Company,
    lee: Person,
    okta: SignInConnection,
    provider: Provider,
    how: str,
) -> None:
    client = visit(acme)
    address = back(begin(client, okta))
    for name, value in TOKENS[how].items():
        setattr(provider, name, value)
    answer = arrive(client, address)
    assert answer.status_code == 401
    assert "That did not work" in answer.content.decode()
    assert who(client) is None
    assert not SocialAccount.objects.exists()
    assert "A sign-in through Okta failed: " in reasons()


def test_an_answer_counts_once_and_in_the_browser_that_asked(
    visit: Visit, acme: Company, lee: Person, okta: SignInConnection
) -> None:
    client, stranger = visit(acme), visit(acme)
    address = back(begin(client, okta))
    assert arrive(stranger, address).status_code == 401
    assert who(stranger) is None
    arrive(client, address)
    assert who(client) == lee
    client.post("/accounts/logout/")
    assert arrive(client, address).status_code == 401
    assert who(client) is None


def test_pressing_cancel_there_leads_back_to_a_page_that_says_so(
    visit: Visit, acme: Company, okta: SignInConnection, provider: Provider
) -> None:
    provider.denies = True
    answer = openid(visit(acme), okta)
    assert (answer.status_code, "Back to sign in" in answer.content.decode()) == (401, True)


def test_a_provider_that_is_down_is_told_of(
    visit: Visit, acme: Company, okta: SignInConnection
) -> None:
    SignInConnection.objects.update(issuer="http://127.0.0.1:9999")
    answer = visit(acme).get(f"/accounts/openid/{okta.uid}/login/")
    assert (answer.status_code, "That did not work" in answer.content.decode()) == (401, True)


def test_it_never_asks_into_a_private_network(
    visit: Visit, acme: Company, okta: SignInConnection, provider: Provider, settings: Any
) -> None:
    settings.OUTBOUND_ALLOW_LOOPBACK = False
    assert visit(acme).get(f"/accounts/openid/{okta.uid}/login/").status_code == 401
    assert provider.asked == []


def test_whoever_left_is_not_signed_in(
    visit: Visit, acme: Company, lee: Person, okta: SignInConnection
) -> None:
    openid(visit(acme), okta)
    Person.objects.filter(pk=lee.pk).update(employment_status=EmploymentStatus.TERMINATED)
    client = visit(acme)
    assert openid(client, okta).status_code == 403
    assert who(client) is None
    assert "does not work here at the moment" in reasons()


def test_a_second_account_does_not_take_a_person_over(
    visit: Visit, acme: Company, lee: Person, okta: SignInConnection, provider: Provider
) -> None:
    openid(visit(acme), okta)
    provider.claims |= {"sub": "somebody else there"}
    client = visit(acme)
    assert openid(client, okta).status_code == 403
    assert who(client) is None
    assert "is linked with another account" in reasons()


def test_people_are_found_by_the_hris_key_where_that_is_set_up(
    visit: Visit, acme: Company, lee: Person, okta: SignInConnection, provider: Provider
) -> None:
    Person.objects.filter(pk=lee.pk).update(employee_number="4711")
    SignInConnection.objects.update(match_by="employee_number", claim="employee_no", domains=[])
    provider.claims |= {"employee_no": "4711", "email": "lee@elsewhere.example"}
    client = visit(acme)
    openid(client, okta)
    assert who(client) == lee


def test_the_way_there_cannot_be_bent(
    visit: Visit, acme: Company, lee: Person, ada: Person, okta: SignInConnection
) -> None:
    """allauth would link the account to whoever is signed in, and ask for whatever is added."""
    client = visit(acme, ada)
    page = f"/accounts/openid/{okta.uid}/login/"
    asked = {"process": "connect", "scope": "offline_access", "auth_params": "prompt=none"}
    place = client.get(page, asked)["Location"]
    assert "offline_access" not in place
    assert "prompt" not in place
    arrive(client, back(place))
    assert who(client) == lee
    assert [account.user for account in SocialAccount.objects.all()] == [lee]
    away = openid(client, okta, "https://evil.example/")["Location"]
    assert away == "/"


def test_one_companys_connection_is_not_there_for_another(
    visit: Visit, globex: Company, acme: Company, okta: SignInConnection
) -> None:
    client = visit(globex)
    with working_for(globex):
        for page in ("login", "callback"):
            assert client.get(f"/accounts/openid/{okta.uid}/{page}/").status_code == 404
        assert "Okta" not in client.get("/accounts/login/").content.decode()


def test_an_answer_for_one_company_signs_nobody_in_to_another(
    visit: Visit,
    acme: Company,
    globex: Company,
    okta: SignInConnection,
    person: MakePerson,
    provider: Provider,
) -> None:
    """Even where both have set up the same provider, and a person has the same address."""
    with working_for(globex):
        twin = SignInConnection.objects.get_or_create(
            name="Okta",
            protocol="openid_connect",
            issuer=provider.url,
            client_id=okta.client_id,
            client_secret=okta.client_secret,
            domains=["acme.example"],
            is_on=True,
        )[0]
        Person.objects.create_user(email="lee.tanaka@acme.example", given_name="Lee")
    address = back(begin(visit(acme), okta))
    stranger = visit(globex)
    answer = arrive(stranger, address.replace(str(okta.uid), str(twin.uid)))
    assert answer.status_code == 401
    with working_for(globex):
        assert not SocialAccount.objects.exists()
