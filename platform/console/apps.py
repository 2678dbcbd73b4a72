from typing import cast

from django.apps import AppConfig
from django.contrib import admin
from django.contrib.admin import sites
from django.contrib.admin.apps import AdminConfig as DjangoAdminConfig


class AdminConfig(DjangoAdminConfig):
    """The admin site: Django's, dressed by Unfold, with the console's front."""

    default_site = "console.site.ConsoleSite"

    def ready(self) -> None:
        # in place of Unfold's plain one
        admin.site = sites.site = cast(sites.AdminSite, sites.DefaultAdminSite())
        super().ready()
        from allauth.account.models import EmailAddress
        from allauth.socialaccount.models import SocialAccount, SocialApp, SocialToken

        from console import groups

        # an address is changed on the person; sign-in connections have pages of their own
        admin.site.unregister([EmailAddress, SocialAccount, SocialApp, SocialToken])
        groups.listen()  # after those who make permissions


class ConsoleConfig(AppConfig):
    name = "console"
