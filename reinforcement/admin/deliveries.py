from django.contrib import admin

from reinforcement.models import Delivery
from tenants.people.admin.pages import ReadPage, labelled

DELIVERY_COLOURS = {
    Delivery.State.SENT: "success",
    Delivery.State.SENDING: "info",
    Delivery.State.FAILED: "danger",
}


@admin.register(Delivery)
class DeliveryPage(ReadPage):
    list_display = (
        "recipient",
        "about",
        "channel",
        "progress",
        "attempts",
        "sent_at",
        "last_error",
    )
    list_filter = ("state", "channel", "sent_at")
    list_select_related = ("recipient",)
    search_fields = ("recipient__email", "recipient__family_name", "message_id")
    fields = (
        ("recipient", "about"),
        ("channel", "state", "attempts"),
        ("next_attempt_at", "sent_at"),
        "message_id",
        "last_error",
    )

    @admin.display(description="what")
    def about(self, delivery: Delivery) -> str:
        return str(delivery.kind.label)

    @labelled("state", ordering="state", colours=DELIVERY_COLOURS)
    def progress(self, delivery: Delivery) -> tuple[str, str]:
        return delivery.state, delivery.get_state_display()
