"""allauth's views, with our provider's checks, and with a page of ours for whatever goes wrong."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.helpers import render_authentication_error
from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.base import ProviderException
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView, OAuth2LoginView
from allauth.socialaccount.providers.saml import views as saml
from allauth.socialaccount.providers.saml.utils import get_app_or_404
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods
from requests import RequestException

from tenants.people.single_sign_on.openid import CompanyOpenID
from tenants.people.single_sign_on.saml import FinishSignIn

View = Callable[..., HttpResponseBase]
WRONG = (OAuth2Error, ProviderException, RequestException, PermissionDenied)
OLD = ProviderException("It answers a sign-in that this browser did not begin, or ended before.")


def told(view: View) -> View:
    """What a provider or a broken sign-in brings up is a page, and a line in the audit log."""

    @never_cache
    @wraps(view)
    def shown(request: HttpRequest, **named: UUID) -> HttpResponseBase:
        [uid] = named.values()
        try:
            return view(request, uid)
        except SocialApp.DoesNotExist as error:
            raise Http404(str(uid)) from error
        except WRONG as error:
            provider = get_adapter().get_provider(request, provider=str(uid))
            reason = OLD if isinstance(error, PermissionDenied) else error
            page: HttpResponseBase = render_authentication_error(
                request, provider, exception=reason
            )
            return page

    return shown


@require_GET
@told
def openid_login(request: HttpRequest, uid: UUID) -> Any:
    return OAuth2LoginView.adapter_view(CompanyOpenID(request, str(uid)))(request)


@require_GET
@told
def openid_callback(request: HttpRequest, uid: UUID) -> Any:
    return OAuth2CallbackView.adapter_view(CompanyOpenID(request, str(uid)))(request)


@require_GET
@told
def saml_login(request: HttpRequest, uid: UUID) -> Any:
    return saml.login(request, organization_slug=uid)


@require_GET
@told
def saml_finish(request: HttpRequest, uid: UUID) -> Any:
    return FinishSignIn.as_view()(request, organization_slug=uid)


@require_GET
def saml_metadata(request: HttpRequest, organization_slug: UUID) -> Any:
    return saml.metadata(request, organization_slug=organization_slug)


@require_http_methods(["GET", "POST"])
def saml_sign_out(request: HttpRequest, organization_slug: UUID) -> HttpResponseBase:
    """A provider cannot end a session here; whose it is can, on this page."""
    get_app_or_404(request, organization_slug)
    return redirect("account_logout")
