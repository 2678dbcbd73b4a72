"""Whom a provider means: somebody of this company, or why nobody."""

from dataclasses import dataclass, field
from typing import Any

from allauth.socialaccount.models import SocialAccount

from tenants.people.models import Person
from tenants.people.single_sign_on.models import MatchBy, SignInConnection


class NotFound(LookupError):
    """Nobody is signed in by it. The text says why: to owners, and in the audit log."""


@dataclass(frozen=True)
class Identity:
    """What a provider told, after its signature was checked.

    `is_verified` is what it says about the address: None where it says nothing.
    """

    subject: str
    email: str = ""
    is_verified: bool | None = None
    claims: dict[str, Any] = field(default_factory=dict)


def identify(connection: SignInConnection, identity: Identity) -> Person:
    """Who that is: whoever its subject is linked with, else whoever has the key it gives.

    Raises `NotFound`. Up to three queries.
    """
    links = SocialAccount.objects.filter(provider=str(connection.uid))
    link = links.select_related("user").filter(uid=identity.subject).first()
    if link:
        linked: Person = link.user
        return _at_work(linked)
    person = _at_work(_by_key(connection, identity))
    other = links.filter(user=person).first()
    if other and not _names_address(other.uid):
        raise NotFound(
            f"{person} is linked with another account there. An owner can undo that link."
        )
    return person


def link(connection: SignInConnection, identity: Identity, person: Person) -> SocialAccount:
    """Keep whom the subject stands for. A key that is an address gives way to a newer one."""
    account, _new = SocialAccount.objects.update_or_create(
        provider=str(connection.uid),
        user=person,
        defaults={"uid": identity.subject, "extra_data": {}},
    )
    return account


def _at_work(person: Person) -> Person:
    if not person.is_active:
        raise NotFound(f"{person} does not work here at the moment, according to the HRIS.")
    return person


def _by_key(connection: SignInConnection, identity: Identity) -> Person:
    if connection.match_by == MatchBy.EMAIL:
        key, named = _trusted_address(connection, identity), "address"
    else:
        key, named = _claimed(connection, identity), "key"
    person: Person | None = Person.objects.filter(**{connection.match_by: key}).first()
    if person is None:
        raise NotFound(f"Nobody here has the {named} {key}: the HRIS has to bring them in first.")
    return person


def _trusted_address(connection: SignInConnection, identity: Identity) -> str:
    """Its address, as far as it may be believed: nobody comes in by one they only say they have."""
    address = identity.email.strip().lower()
    if not address:
        raise NotFound(f"The provider sent no e-mail address. It sent: {_sent(identity)}.")
    if address.rpartition("@")[2] not in connection.domains:
        ours = ", ".join(connection.domains)
        raise NotFound(f"{address} is not in a domain of this connection: {ours}.")
    if identity.is_verified or (identity.is_verified is None and connection.vouches):
        return address
    raise NotFound(f"The provider does not say that {address} is verified.")


def _claimed(connection: SignInConnection, identity: Identity) -> str:
    value = identity.claims.get(connection.claim)
    if isinstance(value, list):
        value = value[0] if len(value) == 1 else None
    if not isinstance(value, str | int) or isinstance(value, bool) or not str(value).strip():
        sent = _sent(identity)
        raise NotFound(f"The provider sent no “{connection.claim}”. It sent: {sent}.")
    return str(value).strip()


def _sent(identity: Identity) -> str:
    return ", ".join(sorted(identity.claims)) or "nothing"


def _names_address(subject: str) -> bool:
    """Whether a provider's key is an address (SAML's emailAddress), which people may change."""
    return "@" in subject
