from typing import Any

from django.contrib import admin, messages
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import ngettext
from unfold.decorators import action

from reinforcement.actions import replay
from reinforcement.models import Delivery
from reinforcement.tasks import send_due
from tenants.people.admin.pages import ReadPage, labelled

MAY = "reinforcement.change_delivery"

DELIVERY_COLOURS = {
    Delivery.State.SENT: "success",
    Delivery.State.SENDING: "info",
    Delivery.State.FAILED: "danger",
}


@admin.register(Delivery)
class DeliveryPage(ReadPage):
    nothing_yet = "Nothing has been sent yet. The first brief goes out once somebody is on a path."
    list_display = (
        "recipient",
        "about",
        "channel",
        "progress",
        "attempts",
        "sent_at",
        "last_error",
    )
    actions = ("send_again",)
    list_filter = ("state", "channel", "sent_at")
    list_select_related = ("recipient",)
    search_fields = ("recipient__email", "recipient__family_name", "message_id")

    def get_fields(self, request: HttpRequest, obj: Delivery | None = None) -> tuple[Any, ...]:
        """When it is tried again, only while it is."""
        is_over = obj is None or obj.state in (Delivery.State.SENT, Delivery.State.FAILED)
        return (
            ("recipient", "about"),
            ("channel", "state", "attempts"),
            "sent_at" if is_over else ("next_attempt_at", "sent_at"),
            "message_id",
            "last_error",
        )

    @action(description="Send again", permissions=["replay"])
    def send_again(self, request: HttpRequest, queryset: QuerySet[Delivery]) -> None:
        """Only what failed for good: the rest is on its way or has arrived."""
        chosen = queryset.count()
        taken_up = replay(deliveries=queryset)
        if taken_up:
            transaction.on_commit(send_due.delay)
            told = ngettext(
                "%(count)s message goes out again.",
                "%(count)s messages go out again.",
                len(taken_up),
            )
            self.message_user(request, told % {"count": len(taken_up)}, messages.SUCCESS)
        if left := chosen - len(taken_up):
            told = ngettext(
                "%(count)s was left as it is: only what failed is sent again.",
                "%(count)s were left as they are: only what failed is sent again.",
                left,
            )
            self.message_user(request, told % {"count": left}, messages.WARNING)

    def has_replay_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm(MAY)

    @admin.display(description="what")
    def about(self, delivery: Delivery) -> str:
        return str(delivery.kind.label)

    @labelled("state", ordering="state", colours=DELIVERY_COLOURS)
    def progress(self, delivery: Delivery) -> tuple[str, str]:
        return delivery.state, delivery.get_state_display()
