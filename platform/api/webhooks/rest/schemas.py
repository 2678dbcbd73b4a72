"""What the reference says of webhooks. Nothing passes through these."""

from rest_framework import serializers

from api.schemas import problem
from api.webhooks.endpoints import MOST
from api.webhooks.models import KINDS, WebhookDelivery, WebhookEndpoint, kind_choices

TAGS = ["webhooks"]
NO_ENDPOINT = problem(404, "There is no webhook endpoint of that uid.")
NO_DELIVERY = problem(404, "There is no delivery of that uid; they are kept for 30 days.")
FULL = problem(409, f"There are {MOST} endpoints already.")
STALE = problem(412, "`If-Match` names another version than there is.")
ALL = "An empty list: all of them, also kinds that come later."
STATES = WebhookEndpoint.State.choices
BY_HAND = [WebhookEndpoint.State.ON.value, WebhookEndpoint.State.PAUSED.value]
MISSED = ["send", "leave_out"]


class EndpointSerializer(serializers.Serializer[None]):
    uid = serializers.UUIDField()
    url = serializers.CharField()
    description = serializers.CharField(allow_blank=True)
    kinds = serializers.ListField(child=serializers.ChoiceField(choices=KINDS), help_text=ALL)
    state = serializers.ChoiceField(choices=STATES)
    state_since = serializers.DateTimeField()
    state_reason = serializers.CharField(allow_blank=True, help_text="Why it paused itself.")
    created_at = serializers.DateTimeField()
    old_secret_until = serializers.DateTimeField(
        allow_null=True, help_text="Until then the secret before signs, too."
    )
    last_delivered_at = serializers.DateTimeField(allow_null=True)
    failing_since = serializers.DateTimeField(
        allow_null=True, help_text="The first failure since something was delivered."
    )
    restarted_at = serializers.DateTimeField(
        allow_null=True,
        help_text="When the feed was restored from a backup, and it went on from then.",
    )


class EndpointsSerializer(serializers.Serializer[None]):
    webhook_endpoints = EndpointSerializer(many=True)
    next = serializers.CharField(allow_null=True)


class NewEndpointSerializer(serializers.Serializer[None]):
    url = serializers.CharField(help_text="From https:// on, on the public internet.")
    description = serializers.CharField(required=False, allow_blank=True, max_length=200)
    kinds = serializers.ListField(
        child=serializers.ChoiceField(choices=KINDS), required=False, help_text=ALL
    )


class EndpointPatchSerializer(NewEndpointSerializer):
    url = serializers.CharField(required=False, help_text="From https:// on.")
    state = serializers.ChoiceField(choices=BY_HAND, required=False)
    missed = serializers.ChoiceField(
        choices=MISSED,
        required=False,
        help_text=(
            "With `state` `on`: whether what came up meanwhile is sent, or only what comes from "
            "now on. Left out: `send`."
        ),
    )


class EndpointWithSecretSerializer(EndpointSerializer):
    secret = serializers.CharField(help_text="This once: keep it where only you can read it.")


class SecretRequestSerializer(serializers.Serializer[None]):
    overlap = serializers.BooleanField(
        required=False, help_text="Whether the old one signs, too, for 24 hours. Left out: true."
    )


class RangeSerializer(serializers.Serializer[None]):
    since = serializers.DateTimeField(help_text="Deliveries made from then on.")
    until = serializers.DateTimeField(
        required=False, help_text="And before then. Left out: up to now."
    )
    only_failed = serializers.BooleanField(
        required=False, help_text="Left out: true. False: also what was delivered or left out."
    )


class ReplayedSerializer(serializers.Serializer[None]):
    replayed = serializers.IntegerField(help_text="How many deliveries go out again.")


class DeliverySerializer(serializers.Serializer[None]):
    uid = serializers.UUIDField(help_text="The `webhook-id` it is sent under, each time.")
    endpoint = serializers.UUIDField()
    kind = serializers.ChoiceField(choices=kind_choices())
    record = serializers.UUIDField(
        allow_null=True, help_text="The learning record that is sent; null for a test."
    )
    state = serializers.ChoiceField(choices=WebhookDelivery.State.choices)
    attempts = serializers.IntegerField()
    created_at = serializers.DateTimeField()
    next_attempt_at = serializers.DateTimeField(allow_null=True)
    finished_at = serializers.DateTimeField(allow_null=True)
    last_error = serializers.CharField(allow_blank=True)


class DeliveriesSerializer(serializers.Serializer[None]):
    webhook_deliveries = DeliverySerializer(many=True)
    next = serializers.CharField(allow_null=True)


class AttemptSerializer(serializers.Serializer[None]):
    at = serializers.DateTimeField()
    took_ms = serializers.IntegerField()
    status = serializers.IntegerField(allow_null=True, help_text="Null where nobody answered.")
    answer = serializers.CharField(allow_blank=True, help_text="How the answer begins.")
    error = serializers.CharField(allow_blank=True, help_text="Why it does not count.")


class DeliveryWithLogSerializer(DeliverySerializer):
    log = AttemptSerializer(many=True, help_text="Each attempt, the first one first.")
