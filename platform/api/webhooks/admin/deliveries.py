import json
from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path, reverse
from unfold.decorators import action

from api.webhooks.admin.replaying import MAY, replay_one_page
from api.webhooks.admin.turns import show
from api.webhooks.models import WebhookAttempt, WebhookDelivery
from api.webhooks.replays import MOST, finished, replay
from tenants.people.admin.pages import ReadPage, ReadRows, labelled

State = WebhookDelivery.State
MAY_READ = "learning.view_learningrecord"
LEFT_OUT = "Who learned what is shown to whoever sees learning records here."
STATE_COLOURS = {State.DELIVERED: "success", State.SENDING: "info", State.FAILED: "danger"}


class AttemptRows(ReadRows):
    model = WebhookAttempt
    fields = ("at", "status", "took_ms", "error", "answer")
    readonly_fields = fields
    verbose_name_plural = "attempts"


@admin.register(WebhookDelivery)
class WebhookDeliveryPage(ReadPage):
    """The log: what was sent to which webhook, and what came back."""

    nothing_yet = (
        "Nothing has been sent yet. Add a webhook, and send it a test: it is listed here at once."
    )
    list_display = (
        *("kind", "endpoint", "standing", "attempts", "created_at", "finished_at", "last_error"),
    )
    list_filter = ("state", "endpoint", "kind", "created_at")
    list_select_related = ("endpoint",)
    search_fields = ("uid__icontains", "record__icontains", "kind", "endpoint__url")
    search_help_text = "A webhook-id, the uid of a record, an event or an address."
    actions = ("send_again",)
    fields = (
        ("kind", "endpoint"),
        ("state", "next_attempt"),
        ("created_at", "finished_at"),
        ("webhook_id", "record"),
        "last_error",
    )
    readonly_fields = ("webhook_id", "next_attempt")
    inlines = (AttemptRows,)
    change_form_outer_before_template = "api/webhooks/delivery.html"
    change_form_outer_after_template = "api/webhooks/body.html"

    def get_queryset(self, request: HttpRequest) -> QuerySet[WebhookDelivery]:
        deliveries: QuerySet[WebhookDelivery] = super().get_queryset(request)
        return deliveries.defer("endpoint__secret", "endpoint__old_secret")

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(replay_one_page)
        return [
            path("<int:pk>/replay/", view, name="api_webhookdelivery_replay"),
            *super().get_urls(),
        ]

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **options: Any
    ) -> Any:
        context["may_replay"] = self.has_replay_permission(request)
        if delivery := context.get("original"):  # set out for reading
            body = json.loads(delivery.body)
            if not request.user.has_perm(MAY_READ):
                body["data"] = LEFT_OUT
            context["body"] = json.dumps(body, indent=2, ensure_ascii=False)
        return super().render_change_form(request, context, *args, **options)

    @labelled("state", ordering="state", colours=STATE_COLOURS)
    def standing(self, delivery: WebhookDelivery) -> tuple[str, str]:
        return delivery.state, delivery.get_state_display()

    @admin.display(description="next attempt")
    def next_attempt(self, delivery: WebhookDelivery) -> Any:
        return delivery.next_attempt_at if delivery.state == State.WAITING else None

    @admin.display(description="webhook-id")
    def webhook_id(self, delivery: WebhookDelivery) -> str:
        return str(delivery.uid)

    @action(description="Send again", permissions=["replay"])
    def send_again(
        self, request: HttpRequest, queryset: QuerySet[WebhookDelivery]
    ) -> HttpResponse | None:
        """Says how many, and asks."""
        chosen = finished().filter(pk__in=queryset.order_by().values("pk"))
        count, asked_for = chosen.count(), queryset.count()
        if not count or count > MOST:
            told = (
                f"That is {count:,} deliveries, and at most {MOST:,} are sent again at once: "
                "filter the list first."
                if count
                else "None of these can be sent again: they are on their way, or are tests."
            )
            self.message_user(request, told, messages.WARNING)
            return None
        if request.POST.get("count") == str(count):
            sent = replay(deliveries=chosen.only("pk"))
            things = "1 delivery goes" if sent == 1 else f"{sent:,} deliveries go"
            self.message_user(request, f"{things} out again.", messages.SUCCESS)
            return None
        context = {
            "count": count,
            "left": asked_for - count,
            "chosen": request.POST.getlist("_selected_action"),
            "across": request.POST.get("select_across", "0"),
            "back": reverse("admin:api_webhookdelivery_changelist"),
        }
        return show(request, "replay_many", "Send them again?", context)

    def has_replay_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm(MAY)
