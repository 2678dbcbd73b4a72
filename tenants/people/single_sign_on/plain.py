"""What both kinds of provider have in common: they sign in, and leave nothing behind."""

from typing import Any

from allauth.socialaccount.app_settings import UID_MAX_LENGTH
from allauth.socialaccount.models import SocialAccount, SocialLogin
from allauth.socialaccount.providers.base import AuthProcess, ProviderException
from django.http import HttpRequest

from tenants.people.models import Person
from tenants.people.single_sign_on.identities import Identity


class Plain:
    """A provider that tells an `Identity`; of everything else it says, nothing is kept."""

    sub_id: str

    def identity(self, response: Any) -> Identity:
        """What its checked response says. Raises `ProviderException` where that is no use."""
        raise NotImplementedError

    def get_redirect_from_request_kwargs(self, request: HttpRequest) -> dict[str, Any]:
        """What the address that leads here adds is where to go next, and nothing else.

        allauth would also link the account to whoever is signed in: that is not asked here.
        """
        named = super().get_redirect_from_request_kwargs(request)  # type: ignore[misc]
        return {**named, "process": AuthProcess.LOGIN}

    def sociallogin_from_response(self, request: HttpRequest, response: Any) -> SocialLogin:
        """Raises `ProviderException`."""
        identity = self.identity(response)
        if not 0 < len(identity.subject) <= UID_MAX_LENGTH:
            raise ProviderException("Its key for the person is empty, or longer than any.")
        account = SocialAccount(uid=identity.subject, provider=self.sub_id, extra_data={})
        login = SocialLogin(provider=self, account=account, user=Person())
        login.identity = identity
        return login
