"""The admin site: one door with the portal, and a home that says what to do first."""

from typing import Any

from django.contrib.auth import REDIRECT_FIELD_NAME
from django.contrib.auth.views import LogoutView, redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, URLResolver, path, reverse
from unfold.sites import UnfoldAdminSite

from console.library import library
from console.rhythm import rhythm
from tenants.people.models import Person


class ConsoleSite(UnfoldAdminSite):  # type: ignore[misc]
    """Django's admin site, dressed by Unfold; who may sign in is the portal's to decide."""

    index_title = "What to do first"
    index_template = "console/home.html"

    def get_urls(self) -> list[URLPattern | URLResolver]:
        ours = [
            path("library/", self.admin_view(library), name="library"),
            path("rhythm/", self.admin_view(rhythm), name="rhythm"),
        ]
        return [*ours, *super().get_urls()]

    def login(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Where Django sends whoever may not open a page: on to the portal's sign-in.

        Who is signed in already is told, with 403, which colleagues can let them in.
        """
        if self.has_permission(request):
            return redirect("admin:index")
        if request.user.is_authenticated:
            context = {"helpers": _who_can_help()}
            return TemplateResponse(request, "console/refused.html", context, status=403)
        wanted = request.GET.get(REDIRECT_FIELD_NAME) or reverse("admin:index")
        return redirect_to_login(wanted, reverse("account_login"))

    def logout(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        return LogoutView.as_view(next_page="account_login")(request)

    def password_change(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        return redirect("account_reset_password")


def _who_can_help() -> list[Person]:
    """At most three people who can let others into the admin site."""
    return list(Person.objects.at_work().filter(is_staff=True, is_superuser=True)[:3])
