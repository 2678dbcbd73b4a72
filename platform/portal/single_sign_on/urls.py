"""Under allauth's names, since allauth writes these addresses."""

from allauth.socialaccount.providers.saml import views as saml
from django.urls import path

from portal.single_sign_on import views

OPENID = "accounts/openid/<uuid:provider_id>"
SAML = "accounts/saml/<uuid:organization_slug>"

urlpatterns = [
    path(f"{OPENID}/login/", views.openid_login, name="openid_connect_login"),
    path(f"{OPENID}/callback/", views.openid_callback, name="openid_connect_callback"),
    path(f"{SAML}/login/", views.saml_login, name="saml_login"),
    path(f"{SAML}/acs/", saml.acs, name="saml_acs"),
    path(f"{SAML}/acs/finish/", views.saml_finish, name="saml_finish_acs"),
    path(f"{SAML}/metadata/", views.saml_metadata, name="saml_metadata"),
    path(f"{SAML}/sls/", views.saml_sign_out, name="saml_sls"),
]
