"""Endpoints in pages, and adding one."""

from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request

from api.models import Scope
from api.pages import PageQuery, read_page
from api.queries import read_nothing, read_query
from api.schemas import BODY_PROBLEMS, PROBLEMS
from api.strict_json import read_object
from api.views import ApiView
from api.webhooks.endpoints import MOST, add_endpoint
from api.webhooks.models import SECRETS, WebhookEndpoint
from api.webhooks.rest.examples import ENDPOINT, NEW, SECRET, answered, asked
from api.webhooks.rest.reading import kinds_of, refused, text_of
from api.webhooks.rest.schemas import (
    FULL,
    TAGS,
    EndpointsSerializer,
    EndpointWithSecretSerializer,
    NewEndpointSerializer,
)

ENDPOINTS = WebhookEndpoint.objects.defer(*SECRETS)


def find(uid: UUID, *, locked: bool = False) -> WebhookEndpoint:
    """It without its secrets; raises `Http404`. Locked, nobody else changes or deletes it."""
    endpoints = ENDPOINTS.select_for_update() if locked else ENDPOINTS.all()
    return get_object_or_404(endpoints, uid=uid)


def describe(endpoint: WebhookEndpoint) -> dict[str, Any]:
    """An endpoint as the API tells it: never with a secret."""
    return {
        "uid": endpoint.uid,
        "url": endpoint.url,
        "description": endpoint.description,
        "kinds": endpoint.kinds,
        "state": endpoint.state,
        "state_since": endpoint.state_since,
        "state_reason": endpoint.state_reason,
        "created_at": endpoint.created_at,
        "old_secret_until": endpoint.old_secret_until,
        "last_delivered_at": endpoint.last_delivered_at,
        "failing_since": endpoint.failing_since,
        "restarted_at": endpoint.restarted_at,
    }


class WebhookEndpoints(ApiView):
    required_scopes = {"GET": Scope.WEBHOOKS_READ, "POST": Scope.WEBHOOKS_WRITE}

    @extend_schema(
        operation_id="list_webhook_endpoints",
        summary="List webhook endpoints",
        description="In the order they were added. Needs the scope `webhooks:read`.",
        tags=TAGS,
        parameters=[PageQuery],
        responses={200: EndpointsSerializer, **PROBLEMS},
        examples=[answered("A page", {"webhook_endpoints": [ENDPOINT], "next": None})],
    )
    def get(self, request: Request) -> HttpResponse:
        query = read_query(request, PageQuery)
        page = read_page(ENDPOINTS.all(), query, of="webhook-endpoints")
        told = list(map(describe, page.rows))
        return JsonResponse({"webhook_endpoints": told, "next": page.next})

    @extend_schema(
        operation_id="add_webhook_endpoint",
        summary="Add a webhook endpoint",
        description=(
            "From this moment on it gets every learning record of these kinds, signed as Standard "
            "Webhooks 1.0 has it. The answer holds the secret to check the signatures with, this "
            f"once. At most {MOST} endpoints. Needs the scope `webhooks:write`."
        ),
        tags=TAGS,
        request=NewEndpointSerializer,
        responses={
            201: EndpointWithSecretSerializer,
            **PROBLEMS,
            **BODY_PROBLEMS,
            **FULL,
        },
        examples=[
            asked("Two kinds of records", NEW),
            answered("The secret is shown once", {**ENDPOINT, "secret": SECRET}, 201),
        ],
    )
    def post(self, request: Request) -> HttpResponse:
        read_nothing(request)
        given = read_object(request, dict.fromkeys(("url", "description", "kinds"), ""))
        try:
            endpoint, secret = add_endpoint(
                url=text_of(given, "url") or "",
                kinds=kinds_of(given) or [],
                description=text_of(given, "description") or "",
                actor=None,
            )
        except ValidationError as error:
            raise refused(error) from error
        response = JsonResponse({**describe(endpoint), "secret": secret}, status=201)
        response["Location"] = reverse("webhook-endpoint", args=[endpoint.uid])
        response["Cache-Control"] = "no-store"
        return response
