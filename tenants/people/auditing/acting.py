"""Who is at work: whoever is signed in, a system with a token, or nobody but the product."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django_tenants.utils import schema_context

from tenants.companies.connections import connection
from tenants.people.models import Person


@dataclass(slots=True)
class Acting:
    """`person` is a key in `schema`, `name` theirs. `words` say who it is where no person does, or
    who is behind the person."""

    person: int | None = None
    name: str = ""
    words: str = ""
    address: str | None = None
    schema: str = field(default_factory=lambda: connection.schema_name)

    def told(self) -> "Acting":
        return self


@dataclass(slots=True)
class Asking(Acting):
    """Whoever sent a request; who that is, is only asked where something is recorded."""

    request: HttpRequest | None = None

    def told(self) -> Acting:
        if self.request is None:
            return self
        person, name = self.person, self.name
        if person is None and not self.words and not _is_sessionless(self.request):
            with schema_context(self.schema):
                user = getattr(self.request, "user", None)
                if isinstance(user, Person):
                    person, name = user.pk, user.name
        address = client_address(self.request)
        return Acting(person, name, self.words, address, self.schema)


_now: ContextVar[Acting | None] = ContextVar("acting", default=None)


def acting() -> Acting:
    """Who is at work now; nobody where only the product is."""
    now = _now.get()
    return now.told() if now else Acting()


@contextmanager
def acts(who: Acting) -> Iterator[None]:
    """Everything inside is this one's doing."""
    token = _now.set(who)
    try:
        yield
    finally:
        _now.reset(token)


def name_actor(words: str, *, person: Person | None = None) -> None:
    """Say who the request at hand is from, where no session does: ``API token “BambooHR”``.

    With a person, `words` say who is behind them.
    """
    if now := _now.get():
        now.words = words
        now.person, now.name = (person.pk, person.name) if person else (None, "")


def _is_sessionless(request: HttpRequest) -> bool:
    match = request.resolver_match
    return bool(match and getattr(match.func, "sessionless", False))


def client_address(request: HttpRequest) -> str | None:
    """As sign-in's limits see it: `X-Forwarded-For` counts from trusted proxies only."""
    from allauth.account.adapter import get_adapter  # it wants every model to be there

    try:
        return str(get_adapter(request).get_client_ip(request))
    except PermissionDenied:
        return None
