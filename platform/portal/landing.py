"""The root domain's front page: the product in one screen."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe


@require_safe
def landing(request: HttpRequest) -> HttpResponse:
    context = {"root_domain": settings.ROOT_DOMAIN, "sign_up_open": settings.SIGN_UP_OPEN}
    return render(request, "portal/landing.html", context)
