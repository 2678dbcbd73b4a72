"""Sending again from the admin site: a range of time, or one row. It says how many, and asks."""

from datetime import timedelta
from typing import Any, cast

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.timezone import localtime

from api.webhooks.admin.turns import asks, endpoint_of, show
from api.webhooks.models import WebhookDelivery, WebhookEndpoint
from api.webhooks.replays import MOST, in_range, replay

MAY = "api.change_webhookdelivery"
FORMAT = "%Y-%m-%dT%H:%M"
WHICH = (
    ("failed", "Only what failed for good"),
    ("all", "All of it, also what was delivered or left out"),
)


class RangeForm(forms.Form):
    since = forms.DateTimeField(label="From")
    until = forms.DateTimeField(label="To")
    which = forms.ChoiceField(label="What", choices=WHICH)

    def find(self, endpoint: WebhookEndpoint) -> QuerySet[WebhookDelivery] | None:
        """What is in it; None where it cannot be used, which is told at the field."""
        if not self.is_valid():
            return None
        given = self.cleaned_data
        try:
            return in_range(
                endpoint=endpoint,
                since=given["since"],
                until=given["until"],
                only_failed=given["which"] == "failed",
            )
        except ValidationError as error:
            self.add_error(None, error)  # by field
            return None


@asks
def replay_page(request: HttpRequest, pk: int) -> HttpResponse:
    """GET with a range counts it; POST with the number it told sends them again."""
    endpoint = endpoint_of(request, pk)
    if not request.user.has_perm(MAY):
        raise PermissionDenied
    sent = request.POST if request.method == "POST" else request.GET
    form = RangeForm(cast(Any, sent) if "since" in sent else None, initial=_lately())
    found = form.find(endpoint) if form.is_bound else None
    count = found.count() if found is not None else None
    if request.method == "POST" and found is not None and request.POST.get("count") == str(count):
        return _done(request, replay(deliveries=found.only("pk")), endpoint)
    context = {"endpoint": endpoint, "form": form, "count": count, "most": MOST}
    changed = request.method == "POST" and found is not None
    title = f"Send again to {endpoint}"
    return show(request, "replay", title, {**context, "changed": changed})


def _lately() -> dict[str, str]:
    now = localtime(timezone.now())
    return {
        "since": (now - timedelta(days=1)).strftime(FORMAT),
        "until": (now + timedelta(minutes=1)).strftime(FORMAT),
    }


def _done(request: HttpRequest, count: int, endpoint: WebhookEndpoint) -> HttpResponse:
    things = "1 delivery goes" if count == 1 else f"{count:,} deliveries go"
    waits = "" if endpoint.is_on else " once the webhook is on"
    messages.success(request, f"{things} out again{waits}.")
    return redirect("admin:api_webhookendpoint_change", endpoint.pk)


@asks
def replay_one_page(request: HttpRequest, pk: int) -> HttpResponse:
    if not request.user.has_perm(MAY):
        raise PermissionDenied
    found = WebhookDelivery.objects.select_related("endpoint").defer(
        "endpoint__secret", "endpoint__old_secret", "body"
    )
    delivery = get_object_or_404(found, pk=pk)
    if request.method != "POST":
        context = {"delivery": delivery, "can": delivery.can_be_replayed}
        return show(request, "replay_one", "Send it again?", context)
    if replay(deliveries=[delivery]):
        waits = "" if delivery.endpoint.is_on else " once the webhook is on"
        messages.success(request, f"It goes out again{waits}.")
    else:
        messages.warning(request, "It was left as it is: it is on its way, or is a test.")
    return redirect("admin:api_webhookdelivery_change", pk)
