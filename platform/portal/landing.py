"""The root domain's front page: the product in one screen."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe


@require_safe
def landing(request: HttpRequest) -> HttpResponse:
    return render(request, "portal/landing.html", {"root_domain": settings.ROOT_DOMAIN})
