"""What allauth asks us while somebody signs in: which providers there are, and who it is."""

from typing import Any, NoReturn

import requests
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialApp, SocialLogin
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.shortcuts import redirect, render

from tenants.people.auditing import events
from tenants.people.single_sign_on import fetching, trials
from tenants.people.single_sign_on.identities import Identity, NotFound, identify, link
from tenants.people.single_sign_on.models import SignInConnection

REFUSED = ("socialaccount/refused.html", 403)
BROKEN = ("socialaccount/authentication_error.html", 401)


class ConnectionAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """Connections are the company's own. One that is not on is there for whoever may try it."""

    def list_apps(
        self, request: HttpRequest, provider: Any = None, client_id: Any = None
    ) -> list[SocialApp]:
        """`provider` is a protocol or a connection's uid; `client_id`, SAML's, is its uid too."""
        found = SignInConnection.objects.all()
        try:
            if client_id:
                found = found.filter(protocol=provider, uid=client_id)
            elif provider:
                found = found.filter(uid=provider)
        except ValidationError:
            return []
        tries = trials.may_try(request)
        return [each.app for each in found if each.is_complete and (each.is_on or tries)]

    def get_requests_session(self) -> requests.Session:
        return fetching.session()

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Finds whose sign-in it is and links them, or ends it with a page that says why not."""
        identity = sociallogin.identity
        connection = SignInConnection.objects.get(uid=sociallogin.account.provider)
        try:
            person = identify(connection, identity)
        except NotFound as reason:
            self._end(request, connection, sociallogin.state, str(reason), REFUSED, identity)
        if trials.is_trial(request, connection, sociallogin.state):
            trials.remember(request, connection, "", identity=identity, person=person)
            raise ImmediateHttpResponse(redirect(trials.page(connection)))
        sociallogin.account = link(connection, identity, person)
        sociallogin.user = person
        request.signed_in_through = connection.name  # type: ignore[attr-defined]  # for the log

    def on_authentication_error(
        self,
        request: HttpRequest,
        provider: Any,
        error: Any = None,
        exception: Exception | None = None,
        extra_context: dict[str, Any] | None = None,
    ) -> None:
        """It went wrong before anybody knew who it is."""
        told = extra_context or {}
        reason = str(exception or told.get("saml_last_error_reason") or error or "")[:500]
        connection = SignInConnection.objects.get(uid=provider.app.provider_id)
        self._end(request, connection, told.get("state") or {}, reason, BROKEN)

    def send_notification_mail(self, *_: Any, **__: Any) -> None:
        """Linking is the ordinary first sign-in: no mail tells of it."""

    def _end(
        self,
        request: HttpRequest,
        connection: SignInConnection,
        state: dict[str, Any],
        reason: str,
        page: tuple[str, int],
        identity: Identity | None = None,
    ) -> NoReturn:
        """Nobody is signed in: whoever tries the connection is told why, others that, and the log
        has the reason."""
        if trials.is_trial(request, connection, state):
            told = reason or "The provider ended it."
            trials.remember(request, connection, told, identity=identity)
            raise ImmediateHttpResponse(redirect(trials.page(connection)))
        events.record(
            action=events.Event.SIGN_IN_FAILED,
            about=connection,
            words=f"A sign-in through {connection} failed: {reason}"[:500],
            actor=None,
        )
        template, status = page
        context = {"connection": connection.name}
        raise ImmediateHttpResponse(render(request, template, context, status=status))
