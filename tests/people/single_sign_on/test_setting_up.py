"""Setting a connection up in the admin site: what is asked, what is checked, what a try shows."""

from typing import Any

import pytest
from django.test import Client

from tenants.companies.context import working_for
from tenants.companies.models import Company
from tenants.people.auditing.models import AuditEntry
from tenants.people.models import Person
from tenants.people.single_sign_on.models import LinkedAccount, SignInConnection
from tests.people.single_sign_on.openid_server import CLIENT_ID, CLIENT_SECRET, Provider
from tests.people.single_sign_on.saml_provider import ENTITY, NEXT, OURS, SIGN_IN, metadata
from tests.people.single_sign_on.walking import arrive, back, begin, openid, who
from tests.portal.cast import Visit

LIST = "/admin/single_sign_on/signinconnection/"


@pytest.fixture
def client(visit: Visit, acme: Company, olive: Person) -> Client:
    return visit(acme, olive)


def add(client: Client, name: str, protocol: str) -> SignInConnection:
    client.post(f"{LIST}add/", {"name": name, "protocol": protocol})
    return SignInConnection.objects.get(name=name)


def page_of(connection: SignInConnection, page: str = "change") -> str:
    return f"{LIST}{connection.pk}/{page}/"


def save(client: Client, connection: SignInConnection, **fields: Any) -> Any:
    given = {"name": connection.name, "match_by": "email", "domains": "acme.example", **fields}
    return client.post(page_of(connection), given)


def openid_fields(provider: Provider) -> dict[str, str]:
    return {"issuer": provider.url, "client_id": CLIENT_ID, "new_secret": CLIENT_SECRET}


def errors(answer: Any) -> dict[str, list[str]]:
    found: dict[str, list[str]] = answer.context["adminform"].form.errors
    return found


def test_from_nothing_to_on(
    client: Client, visit: Visit, acme: Company, olive: Person, lee: Person, provider: Provider
) -> None:
    connection = add(client, "Okta", "openid_connect")
    page = client.get(page_of(connection)).content.decode()
    assert f"http://acme.localhost:8000/accounts/openid/{connection.uid}/callback/" in page

    assert save(client, connection, **openid_fields(provider)).status_code == 302
    connection.refresh_from_db()
    assert (connection.client_secret, connection.is_on) == (CLIENT_SECRET, False)

    answer = client.post(page_of(connection, "switch"), {"to": "on"})
    assert "Try it first" in answer.content.decode()

    provider.claims = {"sub": "o", "email": "olive.okafor@acme.example", "email_verified": True}
    trial = page_of(connection, "trial")
    start = client.get(trial).context["start"]
    assert arrive(client, back(client.get(start)["Location"]))["Location"] == trial
    shown = client.get(trial).content.decode()
    assert "It works" in shown
    assert "Olive Okafor" in shown
    assert "email_verified" in shown
    assert who(client) == olive
    assert not LinkedAccount.objects.exists()

    assert client.post(page_of(connection, "switch"), {"to": "on"}).status_code == 302
    provider.claims = {"sub": "l", "email": "lee.tanaka@acme.example", "email_verified": True}
    learner = visit(acme)
    openid(learner, connection)
    assert who(learner) == lee


def test_a_try_says_why_nobody_was_found(
    client: Client, olive: Person, okta: SignInConnection, provider: Provider
) -> None:
    provider.claims = {"sub": "x", "email": "x@acme.example", "email_verified": True}
    trial = page_of(okta, "trial")
    openid(client, okta, trial)
    shown = client.get(trial).content.decode()
    assert "Nobody here has the address x@acme.example" in shown
    assert who(client) == olive
    provider.token = {"aud": "another"}
    openid(client, okta, trial)
    assert "Its ID token does not hold" in client.get(trial).content.decode()


def test_what_is_off_is_there_for_nobody_else(
    visit: Visit, acme: Company, lee: Person, okta: SignInConnection
) -> None:
    SignInConnection.objects.update(is_on=False)
    for somebody in (None, lee):
        client = visit(acme, somebody)
        assert client.get(f"/accounts/openid/{okta.uid}/login/").status_code == 404
    assert "Okta" not in visit(acme).get("/accounts/login/").content.decode()


def test_what_was_tried_is_no_longer_what_is_set_up(
    client: Client, okta: SignInConnection, provider: Provider, clock: Any
) -> None:
    from django.utils import timezone

    SignInConnection.objects.update(is_on=False, tried_at=timezone.now())
    save(client, okta, issuer=provider.url, client_id=CLIENT_ID)
    okta.refresh_from_db()
    assert okta.tried_at
    assert okta.client_secret == CLIENT_SECRET
    save(client, okta, issuer=provider.url, client_id="another")
    okta.refresh_from_db()
    assert okta.tried_at is None


@pytest.mark.parametrize(
    ("fields", "field", "told"),
    [
        ({"issuer": "http://127.0.0.1:9999"}, "issuer", "No connection"),
        ({"issuer": "not an address"}, "issuer", "This is no address"),
        ({"issuer": "https://10.0.0.1"}, "issuer", "not on the public internet"),
        ({"domains": ""}, "domains", "Name the domains of your own addresses"),
        ({"domains": "@acme"}, "domains", "write what stands after the @"),
        ({"match_by": "external_id"}, "claim", "Say what the provider calls it"),
        ({"name": ""}, "name", "This field is required"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(
    client: Client, provider: Provider, fields: dict[str, str], field: str, told: str
) -> None:
    connection = add(client, "Okta", "openid_connect")
    answer = save(client, connection, **{**openid_fields(provider), **fields})
    assert told in " ".join(errors(answer)[field])
    connection.refresh_from_db()
    assert connection.client_id == ""


def test_an_issuer_that_stands_for_many_directories_is_refused(
    client: Client, provider: Provider
) -> None:
    """As Microsoft's "common" does: anybody's directory could sign people in."""
    provider.discovery = {"issuer": "https://login.microsoftonline.com/{tenantid}/v2.0"}
    connection = add(client, "Entra", "openid_connect")
    answer = save(client, connection, **openid_fields(provider))
    assert (
        "calls itself https://login.microsoftonline.com/{tenantid}" in errors(answer)["issuer"][0]
    )


def test_metadata_fills_in_the_rest(client: Client) -> None:
    connection = add(client, "Entra", "saml")
    assert save(client, connection, metadata=metadata(OURS, NEXT)).status_code == 302
    connection.refresh_from_db()
    assert (connection.entity_id, connection.sign_in_url) == (ENTITY, SIGN_IN)
    assert connection.certificates.count("BEGIN CERTIFICATE") == 2
    assert connection.is_complete


@pytest.mark.parametrize(
    ("fields", "field", "told"),
    [
        ({"metadata": "<a/>"}, "metadata", "describes no identity provider"),
        ({"metadata": "not xml"}, "metadata", "This is no SAML metadata"),
        (
            {"metadata": '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>'},
            "metadata",
            "This is no SAML metadata",
        ),
        ({"metadata_url": "http://127.0.0.1:9/"}, "metadata_url", "has to start with https://"),
        ({"certificates": "MIIC"}, "certificates", "from -----BEGIN CERTIFICATE----- on"),
        (
            {"certificates": "-----BEGIN CERTIFICATE-----\nMIIC\n-----END CERTIFICATE-----"},
            "certificates",
            "no certificate",
        ),
    ],
)
def test_what_is_no_metadata_is_said_at_its_field(
    client: Client, fields: dict[str, str], field: str, told: str
) -> None:
    connection = add(client, "Entra", "saml")
    answer = save(client, connection, **fields)
    assert told in " ".join(errors(answer)[field])


def test_its_secret_is_neither_shown_nor_logged_nor_stored_in_clear(
    client: Client, provider: Provider
) -> None:
    from django.db import connection as database

    connection = add(client, "Okta", "openid_connect")
    save(client, connection, **openid_fields(provider))
    assert CLIENT_SECRET not in client.get(page_of(connection)).content.decode()
    with database.cursor() as cursor:
        cursor.execute("SELECT client_secret FROM single_sign_on_signinconnection")
        [(stored,)] = cursor.fetchall()
    assert stored
    assert CLIENT_SECRET not in stored
    log = " ".join(f"{each.changes} {each.words}" for each in AuditEntry.objects.all())
    assert "Okta" in log
    assert CLIENT_SECRET not in log


def test_unlinking_lets_somebody_be_found_anew(
    client: Client, visit: Visit, acme: Company, lee: Person, okta: SignInConnection,
    provider: Provider,
) -> None:  # fmt: skip
    openid(visit(acme), okta)
    page = "/admin/single_sign_on/linkedaccount/"
    assert "lee-there" in client.get(f"{page}?provider={okta.uid}").content.decode()
    client.post(f"{page}{LinkedAccount.objects.get().pk}/delete/", {"post": "yes"})
    assert not LinkedAccount.objects.exists()
    provider.claims |= {"sub": "lee-anew"}
    learner = visit(acme)
    openid(learner, okta)
    assert who(learner) == lee
    assert "linked with no account" in " ".join(AuditEntry.objects.values_list("words", flat=True))


def test_another_companys_owner_sees_none_of_it(
    visit: Visit, globex: Company, gus: Person, okta: SignInConnection
) -> None:
    outsider = visit(globex, gus)
    with working_for(globex):
        for page in ("change", "trial", "switch"):
            assert outsider.get(page_of(okta, page)).status_code in (302, 404)
        assert "Okta" not in outsider.get(LIST).content.decode()


def test_begin_leads_to_the_provider(visit: Visit, acme: Company, okta: SignInConnection) -> None:
    place = begin(visit(acme), okta)
    assert place.startswith(okta.issuer)
    for part in ("code_challenge_method=S256", "nonce=", "state=", "scope="):
        assert part in place
