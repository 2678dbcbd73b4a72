"""What is done with one webhook from its page, each asked once."""

from typing import Any, Final

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.views.decorators.http import require_http_methods

from api.webhooks.endpoints import OVERLAP, count_missed, pause, renew_secret, resume
from api.webhooks.models import SECRETS, WebhookDelivery, WebhookEndpoint
from api.webhooks.sending import send_test

MAY: Final = "api.change_webhookendpoint"
PAGE: Final = "admin:api_webhookendpoint_change"
asks = require_http_methods(["GET", "HEAD", "POST"])


def endpoint_of(request: HttpRequest, pk: int) -> WebhookEndpoint:
    """Without its secrets. Raises `PermissionDenied`, and `Http404` where there is none."""
    if not request.user.has_perm(MAY):
        raise PermissionDenied
    return get_object_or_404(WebhookEndpoint.objects.defer(*SECRETS), pk=pk)


def show(
    request: HttpRequest, template: str, title: str, context: dict[str, Any], status: int = 200
) -> HttpResponse:
    whole = {**admin.site.each_context(request), "title": title, **context}
    return TemplateResponse(request, f"api/webhooks/{template}.html", whole, status=status)


@asks
def test_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Leads to what became of it, after ten seconds at most."""
    endpoint = endpoint_of(request, pk)
    if request.method != "POST":
        return show(request, "test", f"Send a test to {endpoint}", {"endpoint": endpoint})
    delivery = send_test(endpoint=endpoint)
    if delivery is None:
        messages.warning(request, "It was deleted while the test was sent.")
        return redirect("admin:api_webhookendpoint_changelist")
    if delivery.state == WebhookDelivery.State.DELIVERED:
        messages.success(request, "The test arrived. What was sent and answered is below.")
    else:
        messages.error(request, f"The test did not arrive. {delivery.last_error}")
    return redirect("admin:api_webhookdelivery_change", delivery.pk)


@asks
def secret_page(request: HttpRequest, pk: int) -> HttpResponse:
    endpoint = endpoint_of(request, pk)
    if request.method != "POST":
        hours = round(OVERLAP.total_seconds() / 3600)
        context = {"endpoint": endpoint, "overlap": hours}
        return show(request, "secret", f"New secret for {endpoint}", context)
    overlap = request.POST.get("old") != "end"
    return show_secret(request, endpoint, renew_secret(endpoint=endpoint, overlap=overlap))


def show_secret(request: HttpRequest, endpoint: WebhookEndpoint, secret: str) -> HttpResponse:
    """This once."""
    context = {"endpoint": endpoint, "secret": secret}
    return show(request, "secret_shown", f"Secret of {endpoint}", context)


@asks
def pause_page(request: HttpRequest, pk: int) -> HttpResponse:
    endpoint = endpoint_of(request, pk)
    if request.method != "POST":
        return show(request, "pause", f"Pause {endpoint}", {"endpoint": endpoint})
    pause(endpoint=endpoint)
    messages.success(request, "Paused. Nothing is sent to it, and what comes up waits.")
    return redirect(PAGE, pk)


@asks
def resume_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks whether what was missed is to be sent."""
    endpoint = endpoint_of(request, pk)
    if endpoint.is_on:
        messages.info(request, "It is on.")
        return redirect(PAGE, pk)
    missed = count_missed(endpoint)
    if request.method != "POST":
        context = {"endpoint": endpoint, "missed": missed}
        return show(request, "resume", f"Resume {endpoint}", context)
    sends = request.POST.get("missed") == "send"
    resume(endpoint=endpoint, missed=sends)
    told = "What waited goes out now." if sends and missed else "It gets what comes from now on."
    messages.success(request, f"It is on again. {told}")
    return redirect(PAGE, pk)
