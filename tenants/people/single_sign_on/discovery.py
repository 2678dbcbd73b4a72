"""What an OpenID Connect provider says about itself (OpenID Connect Discovery 1.0, section 4)."""

from typing import Any, Final

import requests

from tenants.people.single_sign_on.fetching import session

WELL_KNOWN: Final = "/.well-known/openid-configuration"
NONE: Final = "What is at this address is no discovery document."
NEEDED: Final = ("authorization_endpoint", "token_endpoint", "jwks_uri")


class NoProvider(ValueError):
    """There is none at that address, or none that can be used; the text says why."""


def discover(issuer: str) -> dict[str, Any]:
    """The provider's configuration, with everything in it that signing in needs.

    Raises `NoProvider` within ten seconds. The document has to be about the issuer that was asked
    (section 4.3): one that stands for many directories is about none.
    """
    issuer = issuer.rstrip("/")
    try:
        with session() as asking:
            answer = asking.get(issuer + WELL_KNOWN)
            answer.raise_for_status()
            found = answer.json()
    except requests.HTTPError as error:
        status = error.response.status_code
        raise NoProvider(
            f"There is no discovery document at this address: it answered {status}."
        ) from error
    except requests.JSONDecodeError as error:
        raise NoProvider(NONE) from error
    except requests.RequestException as error:
        raise NoProvider(str(error)) from error
    if not isinstance(found, dict) or not all(isinstance(found.get(k), str) for k in NEEDED):
        raise NoProvider(NONE)
    named = found.get("issuer")
    if not isinstance(named, str) or named.rstrip("/") != issuer:
        raise NoProvider(
            f"The provider there calls itself {str(named)[:200]}: enter that, if it is yours alone."
        )
    return found
