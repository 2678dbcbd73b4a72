"""What was delivered, and what was not: in pages, one by one, and again."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request

from api.bodies import read_no_body
from api.models import Scope
from api.pages import PageQuery, read_page
from api.problems import Conflict
from api.queries import read_nothing, read_query
from api.schemas import NOT_MODIFIED, PROBLEMS, problem
from api.versions import IF_NONE_MATCH, respond
from api.views import ApiView
from api.webhooks.models import WebhookAttempt, WebhookDelivery, kind_choices
from api.webhooks.replays import replay
from api.webhooks.rest.examples import DELIVERY, WHOLE, answered
from api.webhooks.rest.schemas import (
    NO_DELIVERY,
    TAGS,
    DeliveriesSerializer,
    DeliveryWithLogSerializer,
)

OF_ITS_ENDPOINT = ("endpoint__uid", "endpoint__description", "endpoint__url")
DELIVERIES = WebhookDelivery.objects.select_related("endpoint").only(
    *("uid", "record", "kind", "state", "attempts", "next_attempt_at", "created_at"),
    *("finished_at", "last_error", *OF_ITS_ENDPOINT),
)


class DeliveriesQuery(PageQuery):
    endpoint = serializers.UUIDField(required=False, help_text="Only to it: a uid.")
    state = serializers.ChoiceField(
        required=False, choices=WebhookDelivery.State.choices, help_text="Only those that are so."
    )
    kind = serializers.ChoiceField(
        required=False, choices=kind_choices(), help_text="Only of that kind of record."
    )


def describe(delivery: WebhookDelivery) -> dict[str, Any]:
    """A delivery as the API tells it: without what was sent, which the feed tells."""
    open_ = delivery.state in WebhookDelivery.OPEN
    return {
        "uid": delivery.uid,
        "endpoint": delivery.endpoint.uid,
        "kind": delivery.kind,
        "record": delivery.record,
        "state": delivery.state,
        "attempts": delivery.attempts,
        "created_at": delivery.created_at,
        "next_attempt_at": delivery.next_attempt_at if open_ else None,
        "finished_at": delivery.finished_at,
        "last_error": delivery.last_error,
    }


def describe_whole(delivery: WebhookDelivery) -> dict[str, Any]:
    """A delivery with its attempts. One query."""
    log = WebhookAttempt.objects.filter(delivery=delivery).order_by("pk")
    told = ("at", "took_ms", "status", "answer", "error")
    return {**describe(delivery), "log": list(log.values(*told))}


def find(uid: UUID) -> WebhookDelivery:
    """Raises `Http404`."""
    return get_object_or_404(DELIVERIES.all(), uid=uid)


class WebhookDeliveries(ApiView):
    required_scopes = {"GET": Scope.WEBHOOKS_READ}

    @extend_schema(
        operation_id="list_webhook_deliveries",
        summary="List webhook deliveries",
        description=(
            "The newest first; filters narrow them together. What is finished is kept for 30 days. "
            "Needs the scope `webhooks:read`."
        ),
        tags=TAGS,
        parameters=[DeliveriesQuery],
        responses={200: DeliveriesSerializer, **PROBLEMS},
        examples=[answered("A page", {"webhook_deliveries": [DELIVERY], "next": None})],
    )
    def get(self, request: Request) -> HttpResponse:
        query = read_query(request, DeliveriesQuery)
        page = read_page(_chosen(query), query, of="webhook-deliveries", newest_first=True)
        told = list(map(describe, page.rows))
        return JsonResponse({"webhook_deliveries": told, "next": page.next})


class OneWebhookDelivery(ApiView):
    required_scopes = {"GET": Scope.WEBHOOKS_READ}

    @extend_schema(
        operation_id="retrieve_webhook_delivery",
        summary="Read a webhook delivery",
        description="With each attempt. Needs the scope `webhooks:read`.",
        tags=TAGS,
        parameters=[IF_NONE_MATCH],
        responses={200: DeliveryWithLogSerializer, **NOT_MODIFIED, **PROBLEMS, **NO_DELIVERY},
        examples=[answered("One that arrived", WHOLE)],
    )
    def get(self, request: Request, uid: UUID) -> HttpResponse:
        read_nothing(request)
        return respond(request, describe_whole(find(uid)))


class DeliveryReplay(ApiView):
    required_scopes = {"POST": Scope.WEBHOOKS_WRITE}

    @extend_schema(
        operation_id="replay_webhook_delivery",
        summary="Send a delivery again",
        description=(
            "From the first try on, under the same `webhook-id`. Of an endpoint that is paused it "
            "waits until it is on. Takes no body. Needs the scope `webhooks:write`."
        ),
        tags=TAGS,
        request=None,
        responses={
            200: DeliveryWithLogSerializer,
            **PROBLEMS,
            **NO_DELIVERY,
            **problem(409, "It is on its way already, or is a test."),
        },
        examples=[
            answered(
                "On its way again",
                {
                    **WHOLE,
                    "state": "waiting",
                    "finished_at": None,
                    "next_attempt_at": "2026-11-18T10:00:00Z",
                },
            )
        ],
    )
    def post(self, request: Request, uid: UUID) -> HttpResponse:
        read_nothing(request)
        read_no_body(request)
        if not replay(deliveries=[find(uid)]):
            raise Conflict("It is on its way already, or is a test, which is sent anew instead.")
        return respond(request, describe_whole(find(uid)))


def _chosen(query: dict[str, Any]) -> QuerySet[WebhookDelivery]:
    filters: dict[str, Any] = {name: query[name] for name in ("state", "kind") if name in query}
    if "endpoint" in query:
        filters["endpoint__uid"] = query["endpoint"]
    return DELIVERIES.filter(**filters)
