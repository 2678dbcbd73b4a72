"""Sign-in by OpenID Connect: allauth's code flow, with nothing taken on trust.

The ID token's signature is checked although it came straight from the provider; so is a nonce
that only this browser's sign-in has (OpenID Connect Core 1.0, section 3.1.3.7).
"""

from base64 import urlsafe_b64encode
from hashlib import sha256
from hmac import compare_digest
from typing import Any, Final

import jwt
import requests
from allauth.socialaccount.models import SocialLogin, SocialToken
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.http import HttpRequest

from tenants.people.single_sign_on.discovery import NoProvider, discover
from tenants.people.single_sign_on.fetching import session
from tenants.people.single_sign_on.identities import Identity
from tenants.people.single_sign_on.models import Protocol
from tenants.people.single_sign_on.plain import Plain

SIGNED_BY: Final = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "EdDSA")
NEEDED: Final = ("iss", "sub", "aud", "exp", "iat")
CLOCKS_DIFFER: Final = 60  # seconds


def nonce_of(verifier: str | None) -> str:
    """The nonce that belongs to this browser's sign-in: made of its PKCE verifier (RFC 7636)."""
    digest = sha256(f"nonce {verifier}".encode()).digest()
    return urlsafe_b64encode(digest).decode().rstrip("=")


class CompanyOpenID(OpenIDConnectOAuth2Adapter):  # type: ignore[misc]
    @property
    def openid_config(self) -> dict[str, Any]:
        """Asked for once a request. Raises `OAuth2Error`."""
        if not hasattr(self, "_openid_config"):
            try:
                self._openid_config = discover(self.get_provider().app.settings["server_url"])
            except NoProvider as error:
                raise OAuth2Error(str(error)) from error
        return self._openid_config

    def get_access_token_data(
        self, request: HttpRequest, app: Any, client: Any, pkce_code_verifier: str | None = None
    ) -> dict[str, Any]:
        """Raises `OAuth2Error` for whatever is no answer to a code (RFC 6749, section 5.1)."""
        self._nonce = nonce_of(pkce_code_verifier)
        found = super().get_access_token_data(request, app, client, pkce_code_verifier)
        if not isinstance(found, dict) or not isinstance(found.get("id_token"), str):
            raise OAuth2Error("It sent no ID token: the scope openid is not allowed there.")
        return found

    def parse_token(self, data: dict[str, Any]) -> SocialToken:
        """Used once, for `userinfo`, and never stored."""
        return SocialToken(token=str(data["access_token"]))

    def complete_login(
        self, request: HttpRequest, app: Any, token: SocialToken, **told: Any
    ) -> SocialLogin:
        claims = self._read(app, told["response"]["id_token"])
        if self.openid_config.get("userinfo_endpoint"):
            claims = {**self._more(token, claims["sub"]), **claims}
        return self.get_provider().sociallogin_from_response(request, {"id_token": claims})

    def _read(self, app: Any, id_token: str) -> dict[str, Any]:
        """The token's claims. Raises `OAuth2Error` unless everything about it holds."""
        try:
            claims: dict[str, Any] = jwt.decode(
                id_token,
                self._key(id_token),
                algorithms=list(SIGNED_BY),
                issuer=self.openid_config["issuer"],
                audience=app.client_id,
                leeway=CLOCKS_DIFFER,
                options={"require": list(NEEDED)},
            )
        except jwt.PyJWTError as error:
            raise OAuth2Error(f"Its ID token does not hold: {error}") from error
        several = isinstance(claims["aud"], list) and len(claims["aud"]) > 1
        if (several or "azp" in claims) and claims.get("azp") != app.client_id:
            raise OAuth2Error("Its ID token was made for somebody else.")
        if not compare_digest(str(claims.get("nonce", "")), self._nonce):
            raise OAuth2Error("Its ID token belongs to another sign-in.")
        return claims

    def _key(self, id_token: str) -> jwt.PyJWK:
        named = jwt.get_unverified_header(id_token).get("kid")
        with session() as asking:
            answer = asking.get(self.openid_config["jwks_uri"])
            answer.raise_for_status()
            keys = jwt.PyJWKSet.from_dict(_mapping(answer)).keys
        fitting = [key for key in keys if key.key_id == named or named is None]
        if len(fitting) != 1:
            raise OAuth2Error("Its ID token is signed with a key that it does not publish.")
        return fitting[0]

    def _more(self, token: SocialToken, subject: str) -> dict[str, Any]:
        """What the provider tells beside the token; only about the same person (section 5.3.2)."""
        with session() as asking:
            answer = asking.get(
                self.openid_config["userinfo_endpoint"],
                headers={"Authorization": f"Bearer {token.token}"},
            )
        if not answer.ok:
            return {}
        told = _mapping(answer)
        if told.get("sub") != subject:
            raise OAuth2Error("Its user info is about somebody else than its ID token.")
        return told


def _mapping(answer: requests.Response) -> dict[str, Any]:
    told = answer.json()
    if not isinstance(told, dict):
        raise OAuth2Error("It answered with something else than what was asked for.")
    return told


class CompanyOpenIDProvider(Plain, OpenIDConnectProvider):  # type: ignore[misc]
    """One connection's provider."""

    id = Protocol.OPENID_CONNECT.value
    oauth2_adapter_class = CompanyOpenID

    def get_redirect_from_request_kwargs(self, request: HttpRequest) -> dict[str, Any]:
        named = super().get_redirect_from_request_kwargs(request)
        return {**named, "scope": self.get_scope(), "auth_params": {}}

    def get_pkce_params(self) -> dict[str, Any]:
        params: dict[str, Any] = super().get_pkce_params()
        return {**params, "nonce": nonce_of(params["code_verifier"])}

    def identity(self, response: Any) -> Identity:
        claims = response["id_token"]
        return Identity(
            subject=str(claims["sub"]),
            email=str(claims.get("email") or ""),
            is_verified=_truth(claims.get("email_verified")),
            claims=claims,
        )


def _truth(value: Any) -> bool | None:
    """Some send words: "true". Anything else than that, or nothing at all, is no."""
    return None if value is None else value in (True, "true", "True")
