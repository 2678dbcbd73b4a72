"""The admin site: one door with the portal, and a home that says what waits and how it goes."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth import REDIRECT_FIELD_NAME
from django.contrib.auth.views import LogoutView, redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, URLResolver, path, reverse
from unfold.sites import UnfoldAdminSite

from console.library import library
from console.pulse.pages import figure_file, figure_page, home, setup_shown
from console.refusals import SOME, refuse
from console.rhythm import rhythm
from tenants.people.access import owners


class ConsoleSite(UnfoldAdminSite):  # type: ignore[misc]
    """Django's admin site, dressed by Unfold; who may sign in is the portal's to decide."""

    index_title = "Home"
    index_template = "console/home.html"

    def get_urls(self) -> list[URLPattern | URLResolver]:
        # these import pages, which are registered here
        from console.brand import brand, brand_preview
        from console.people import people_urls

        ours = [
            *people_urls(self.admin_view),
            path("library/", self.admin_view(library), name="library"),
            path("rhythm/", self.admin_view(rhythm), name="rhythm"),
            path("brand/", self.admin_view(brand), name="brand"),
            path("brand/preview/", self.admin_view(brand_preview), name="brand_preview"),
            path("setup/<slug:change>/", self.admin_view(setup_shown), name="setup"),
            path("pulse/<slug:slug>/", self.admin_view(figure_page), name="pulse"),
            path("pulse/<slug:slug>/figures.csv", self.admin_view(figure_file), name="pulse_file"),
        ]
        return [*ours, *super().get_urls()]

    def admin_view(self, view: Callable[..., Any], cacheable: bool = False) -> Callable[..., Any]:
        """Whoever may open the site but not this page is told so within its frame."""

        @wraps(view)
        def told(request: HttpRequest, *args: Any, **named: Any) -> Any:
            try:
                return view(request, *args, **named)
            except PermissionDenied:
                return refuse(request, self.each_context(request))

        shown: Callable[..., Any] = super().admin_view(told, cacheable)
        return shown

    def index(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> TemplateResponse:
        shown: TemplateResponse = super().index(request, {**home(request), **(extra_context or {})})
        return shown

    def login(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Where Django sends whoever may not open a page: on to the portal's sign-in.

        Who is signed in already is told, with 403, which colleagues can let them in.
        """
        if self.has_permission(request):
            return redirect("admin:index")
        if request.user.is_authenticated:
            context = {"helpers": list(owners()[:SOME])}
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
