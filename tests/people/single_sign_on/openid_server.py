"""An OpenID Connect provider on loopback: honest by default, and crooked as a test wants it."""

import json
import threading
from base64 import urlsafe_b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from time import time
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa
from jwt.algorithms import RSAAlgorithm

KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)
OTHER_KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)
CLIENT_ID, CLIENT_SECRET = "throughline-acme", "a secret of Acme's"


@dataclass
class Provider:
    """Who is signed in there (`claims`), and what the next answers hold instead."""

    url: str
    claims: dict[str, Any] = field(default_factory=dict)
    userinfo: dict[str, Any] | None = None
    token: dict[str, Any] = field(default_factory=dict)
    discovery: dict[str, Any] = field(default_factory=dict)
    key: Any = KEY
    algorithm: str = "RS256"
    denies: bool = False
    nonces: dict[str, str] = field(default_factory=dict)
    challenges: dict[str, str] = field(default_factory=dict)
    codes: int = 0
    asked: list[str] = field(default_factory=list)

    def configuration(self) -> dict[str, Any]:
        pages = {
            "authorization_endpoint": "authorize",
            "token_endpoint": "token",
            "jwks_uri": "keys",
            "userinfo_endpoint": "userinfo",
        }
        found = {name: f"{self.url}/{page}" for name, page in pages.items()}
        methods = ["client_secret_post"]
        return {
            "issuer": self.url,
            "token_endpoint_auth_methods_supported": methods,
            **found,
            **self.discovery,
        }

    def keys(self) -> dict[str, Any]:
        public = json.loads(RSAAlgorithm.to_jwk(KEY.public_key()))
        return {"keys": [{**public, "kid": "key-1", "use": "sig", "alg": "RS256"}]}

    def authorize(self, asked: dict[str, str]) -> str:
        """Where the browser is sent, as if somebody had signed in here."""
        told = {"state": asked["state"]}
        if self.denies:
            told["error"] = "access_denied"
        else:
            self.codes += 1
            told["code"] = f"code-{self.codes}"
            self.nonces[told["code"]] = asked.get("nonce", "")
            self.challenges[told["code"]] = asked.get("code_challenge", "")
        return f"{asked['redirect_uri']}?{urlencode(told)}"

    def exchange(self, given: dict[str, str]) -> tuple[int, dict[str, Any]]:
        """A code for a token, once (RFC 6749, section 4.1.3), with PKCE (RFC 7636)."""
        code = given.get("code", "")
        digest = sha256(given.get("code_verifier", "").encode()).digest()
        challenge = urlsafe_b64encode(digest).decode().rstrip("=")
        if (given.get("client_id"), given.get("client_secret")) != (CLIENT_ID, CLIENT_SECRET):
            return 401, {"error": "invalid_client"}
        if code not in self.nonces or self.challenges[code] != challenge:
            return 400, {"error": "invalid_grant"}
        now = int(time())
        claims = {
            "iss": self.url,
            "aud": CLIENT_ID,
            "iat": now,
            "exp": now + 300,
            "nonce": self.nonces.pop(code),
            **self.claims,
            **self.token,
        }
        claims = {name: value for name, value in claims.items() if value is not None}
        signed = jwt.encode(claims, self.key, algorithm=self.algorithm, headers={"kid": "key-1"})
        return 200, {"access_token": "an-access-token", "token_type": "Bearer", "id_token": signed}


@contextmanager
def serve() -> Iterator[Provider]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            asked = {name: values[0] for name, values in parse_qs(parts.query).items()}
            provider.asked.append(parts.path)
            if parts.path == "/.well-known/openid-configuration":
                self.say(200, provider.configuration())
            elif parts.path == "/authorize":
                self.send_response(302)
                self.send_header("Location", provider.authorize(asked))
                self.end_headers()
            elif parts.path == "/keys":
                self.say(200, provider.keys())
            elif parts.path == "/userinfo":
                told = provider.claims if provider.userinfo is None else provider.userinfo
                self.say(200, told)
            else:
                self.say(404, {})

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            given = {name: values[0] for name, values in parse_qs(body).items()}
            self.say(*provider.exchange(given))

        def say(self, status: int, told: Any) -> None:
            body = json.dumps(told).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: Any) -> None:
            """Silent."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    provider = Provider(f"http://127.0.0.1:{server.server_port}")
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield provider
    finally:
        server.shutdown()
        server.server_close()
