from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.contrib import admin
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.text import Truncator

from api.webhooks.admin.endpoint_form import EndpointForm
from api.webhooks.admin.replaying import replay_page
from api.webhooks.admin.turns import (
    MAY,
    pause_page,
    resume_page,
    secret_page,
    show_secret,
    test_page,
)
from api.webhooks.models import SECRETS, WebhookDelivery, WebhookEndpoint
from api.webhooks.pruning import KEPT
from tenants.people.admin.pages import OneButtonPage, labelled

State = WebhookEndpoint.State
STATE_COLOURS = {State.ON: "success", State.PAUSED: "warning", State.STOPPED: "danger"}
LATELY = timedelta(hours=24)


@admin.register(WebhookEndpoint)
class EndpointPage(OneButtonPage):
    """Addresses that learning records are sent to. A secret is shown once, and never again."""

    form = EndpointForm
    nothing_yet = (
        "There are no webhooks yet. With one, another system hears of what people learn the moment "
        "it happens, rather than asking for it. You need the address at which that system takes "
        "messages."
    )
    list_display = (
        *("address", "description", "events", "standing", "last_delivered_at", "failed_lately"),
    )
    list_filter = ("state", "created_at", "last_delivered_at")
    search_fields = ("url", "description")
    fields = ("url", "description", "kinds")
    autocomplete_fields = ("created_by",)  # never a list of everybody
    change_form_outer_before_template = "api/webhooks/standing.html"

    def get_queryset(self, request: HttpRequest) -> QuerySet[WebhookEndpoint]:
        endpoints: QuerySet[WebhookEndpoint] = super().get_queryset(request)
        failed = Q(
            deliveries__state=WebhookDelivery.State.FAILED,
            deliveries__finished_at__gte=timezone.now() - LATELY,
        )
        return endpoints.defer(*SECRETS).annotate(failed=Count("deliveries", filter=failed))

    @admin.display(description="address", ordering="url")
    def address(self, endpoint: WebhookEndpoint) -> str:
        return Truncator(endpoint.url).chars(80)

    @admin.display(description="events")
    def events(self, endpoint: WebhookEndpoint) -> str:
        return ", ".join(endpoint.kinds) or "all"

    @labelled("state", ordering="state", colours=STATE_COLOURS)
    def standing(self, endpoint: WebhookEndpoint) -> tuple[str, str]:
        return endpoint.state, endpoint.get_state_display()

    @admin.display(description="failed in 24 hours", ordering="failed")
    def failed_lately(self, endpoint: Any) -> int:
        return int(endpoint.failed)

    def get_urls(self) -> list[URLPattern]:
        pages = {
            "test": test_page,
            "secret": secret_page,
            "pause": pause_page,
            "resume": resume_page,
            "replay": replay_page,
        }
        own = [
            path(
                f"<int:pk>/{name}/",
                self.admin_site.admin_view(view),
                name=f"api_webhookendpoint_{name}",
            )
            for name, view in pages.items()
        ]
        return [*own, *super().get_urls()]

    def get_form(self, request: HttpRequest, obj: Any = None, **options: Any) -> Any:
        form = super().get_form(request, obj, **options)
        form.actor = request.user
        return form

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **options: Any
    ) -> Any:
        context |= {"may_change": request.user.has_perm(MAY), "kept": KEPT.days}
        return super().render_change_form(request, context, *args, **options)

    def save_model(
        self, request: HttpRequest, obj: WebhookEndpoint, form: EndpointForm, change: bool
    ) -> None:
        if change:
            form.change()
            return
        added, obj.shown = form.add()  # type: ignore[attr-defined]
        obj.pk = added.pk

    def response_add(
        self, request: HttpRequest, obj: WebhookEndpoint, post_url_continue: str | None = None
    ) -> HttpResponse:
        """Shows the secret right here: a message would keep it in the session's row, in clear."""
        secret: str = obj.shown  # type: ignore[attr-defined]
        return show_secret(request, obj, secret)

    def get_deleted_objects(
        self, objs: Any, request: HttpRequest
    ) -> tuple[list[str], dict[str, int], set[str], list[str]]:
        """By number: Django would list every delivery and every attempt."""
        endpoints = list(objs)
        log = WebhookDelivery.objects.filter(endpoint__in=endpoints).count()
        refused = set() if self.has_delete_permission(request) else {"webhook"}
        counts = {"webhooks": len(endpoints), "webhook deliveries": log}
        goes = [*map(str, endpoints), f"{log:,} webhook deliveries, with their attempts"]
        return goes, counts, refused, []

    def becomes_of(self, rows: Sequence[WebhookEndpoint]) -> list[str]:
        """What goes along, for the page that asks. One query."""
        of = WebhookDelivery.objects.filter(endpoint__in=rows).order_by()
        found = of.aggregate(
            log=Count("pk"), waits=Count("pk", filter=Q(state__in=WebhookDelivery.OPEN))
        )
        log, waits = found["log"], found["waits"]
        told = f"The log of {log:,} {'delivery' if log == 1 else 'deliveries'} goes with it"
        waiting = f", and {waits:,} that still {'waits is' if waits == 1 else 'wait are'} not sent"
        return [f"{told}{waiting if waits else ''}. To stop it for a while only, pause it instead."]
