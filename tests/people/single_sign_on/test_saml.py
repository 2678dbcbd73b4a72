"""SAML: the way in, and every assertion that is refused."""

from base64 import b64decode, b64encode
from typing import Any

import pytest
from allauth.socialaccount.models import SocialAccount

from tenants.companies.models import Company
from tenants.people.models import Person
from tenants.people.single_sign_on.models import SignInConnection
from tests.people.single_sign_on.saml_provider import (
    ADDRESS,
    EMAIL,
    NEXT,
    OURS,
    STRANGERS,
    answer_to,
)
from tests.people.single_sign_on.walking import begin, post, saml, who
from tests.portal.cast import Visit

TRANSIENT = "urn:oasis:names:tc:SAML:2.0:nameid-format:transient"


def test_whoever_the_provider_names_is_signed_in(
    visit: Visit, acme: Company, lee: Person, entra: SignInConnection
) -> None:
    client = visit(acme)
    assert saml(client, entra)["Location"] == "/"
    assert who(client) == lee
    account = SocialAccount.objects.get()
    assert (account.uid, account.extra_data) == ("lee-at-acme", {})


def test_where_they_wanted_to_go_they_go(
    visit: Visit, acme: Company, lee: Person, entra: SignInConnection
) -> None:
    client = visit(acme)
    answer = answer_to(begin(client, entra, "/path/"))
    assert post(client, entra, answer.posted())["Location"] == "/path/"


CROOKED: dict[str, dict[str, Any]] = {
    "not signed": {"signed_by": None},
    "signed by a stranger": {"signed_by": STRANGERS},
    "for another audience": {"audience": "https://other.example/"},
    "for another address": {"recipient": "https://globex.localhost/accounts/saml/acs/"},
    "of another provider": {"issuer": "https://evil.example"},
    "over": {"until": -3600},
    "nobody asked for": {"request_id": ""},
    "another was asked for": {"request_id": "ONELOGIN_0000"},
    "of a key that changes each time": {"subject_format": TRANSIENT},
    "without a key": {"subject": ""},
    "with a key longer than any": {"subject": "x" * 200},
}


@pytest.mark.parametrize("how", CROOKED)
def test_an_assertion_that_does_not_hold_signs_nobody_in(
    visit: Visit, acme: Company, lee: Person, entra: SignInConnection, how: str
) -> None:
    client = visit(acme)
    answer = saml(client, entra, **CROOKED[how])
    assert answer.status_code == 401
    assert "That did not work" in answer.content.decode()
    assert who(client) is None
    assert not SocialAccount.objects.exists()


def test_what_was_changed_after_it_was_signed_is_refused(
    visit: Visit, acme: Company, ada: Person, entra: SignInConnection
) -> None:
    client = visit(acme)
    honest = answer_to(begin(client, entra))
    bent = b64decode(honest.posted()).replace(b"lee.tanaka", b"ada.lindqvist")
    assert post(client, entra, b64encode(bent).decode()).status_code == 401
    assert who(client) is None


def test_a_second_assertion_wrapped_around_the_signed_one_is_refused(
    visit: Visit, acme: Company, ada: Person, entra: SignInConnection
) -> None:
    client = visit(acme)
    honest = answer_to(begin(client, entra))
    signed = b64decode(honest.posted()).decode()
    forged = honest.but(attributes={EMAIL: str(ada.email)}, subject="ada").xml()
    assertion = forged[forged.index("<saml:Assertion") : forged.index("</samlp:Response>")]
    wrapped = signed.replace("</samlp:Response>", f"{assertion}</samlp:Response>")
    assert post(client, entra, b64encode(wrapped.encode()).decode()).status_code == 401
    assert who(client) is None


@pytest.mark.parametrize("posted", ["", "no base 64!", b64encode(b"<a>").decode(), "AAAA"])
def test_what_is_no_answer_at_all_is_told(
    visit: Visit, acme: Company, entra: SignInConnection, posted: str
) -> None:
    client = visit(acme)
    begin(client, entra)
    assert post(client, entra, posted).status_code == 401


def test_an_assertion_counts_once_and_in_the_browser_that_asked(
    visit: Visit, acme: Company, lee: Person, entra: SignInConnection
) -> None:
    client, stranger = visit(acme), visit(acme)
    answer = answer_to(begin(client, entra)).posted()
    assert post(stranger, entra, answer).status_code == 401
    assert who(stranger) is None
    post(client, entra, answer)
    assert who(client) == lee
    client.post("/accounts/logout/")
    assert post(client, entra, answer).status_code == 401
    assert who(client) is None


def test_an_address_without_a_mark_counts_only_where_an_owner_said_so(
    visit: Visit, acme: Company, lee: Person, entra: SignInConnection
) -> None:
    SignInConnection.objects.update(vouches=False)
    client = visit(acme)
    assert saml(client, entra).status_code == 403
    assert who(client) is None


def test_a_name_that_is_an_address_may_become_another(
    visit: Visit, acme: Company, lee: Person, entra: SignInConnection
) -> None:
    """As where somebody marries; the HRIS knows of it."""
    saml(visit(acme), entra, subject=str(lee.email), subject_format=ADDRESS)
    Person.objects.filter(pk=lee.pk).update(email="lee.sato@acme.example")
    client = visit(acme)
    new = {"subject": "lee.sato@acme.example", "attributes": {}, "subject_format": ADDRESS}
    saml(client, entra, **new)
    assert who(client) == lee
    assert SocialAccount.objects.get().uid == "lee.sato@acme.example"


def test_both_certificates_count_while_the_provider_changes_its_own(
    visit: Visit, acme: Company, lee: Person, entra: SignInConnection
) -> None:
    SignInConnection.objects.update(certificates=f"{OURS.certificate}\n{NEXT.certificate}")
    for pair in (OURS, NEXT):
        client = visit(acme)
        saml(client, entra, signed_by=pair)
        assert who(client) == lee
    client = visit(acme)
    assert saml(client, entra, signed_by=STRANGERS).status_code == 401
    assert who(client) is None


def test_its_metadata_says_where_answers_go(
    visit: Visit, acme: Company, entra: SignInConnection
) -> None:
    answer = visit(acme).get(f"/accounts/saml/{entra.uid}/metadata/")
    assert answer.status_code == 200
    assert f"http://acme.localhost/accounts/saml/{entra.uid}/acs/" in answer.content.decode()


def test_a_provider_signs_nobody_out_behind_their_back(
    visit: Visit, acme: Company, lee: Person, entra: SignInConnection
) -> None:
    client = visit(acme, lee)
    assert client.get(f"/accounts/saml/{entra.uid}/sls/")["Location"] == "/accounts/logout/"
    assert who(client) == lee
