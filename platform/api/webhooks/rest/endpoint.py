"""One endpoint: read, changed, paused and resumed, removed."""

from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpResponse
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request

from api.bodies import MERGE_PATCH, read_no_body
from api.models import Scope
from api.problems import InvalidBody
from api.queries import read_nothing
from api.schemas import BODY_PROBLEMS, NOT_MODIFIED, PROBLEMS
from api.strict_json import read_object
from api.versions import IF_MATCH, IF_NONE_MATCH, check_current, respond
from api.views import ApiView
from api.webhooks.endpoints import change_endpoint, pause, remove, resume
from api.webhooks.models import WebhookEndpoint
from api.webhooks.rest.endpoints import describe, find
from api.webhooks.rest.examples import ENDPOINT, answered, asked
from api.webhooks.rest.reading import kinds_of, refused, text_of
from api.webhooks.rest.schemas import (
    BY_HAND,
    MISSED,
    NO_ENDPOINT,
    STALE,
    TAGS,
    EndpointPatchSerializer,
    EndpointSerializer,
)

READ_ONLY = "This cannot be changed."
CHANGEABLE = {
    **dict.fromkeys(("uid", "state_since", "state_reason", "created_at"), READ_ONLY),
    **dict.fromkeys(("last_delivered_at", "failing_since", "restarted_at"), READ_ONLY),
    **dict.fromkeys(("secret", "old_secret_until"), "POST to …/secret makes a new one."),
    **dict.fromkeys(("url", "description", "kinds", "state", "missed"), ""),
}


class OneWebhookEndpoint(ApiView):
    required_scopes = {
        "GET": Scope.WEBHOOKS_READ,
        **dict.fromkeys(("PATCH", "DELETE"), Scope.WEBHOOKS_WRITE),
    }

    @extend_schema(
        operation_id="retrieve_webhook_endpoint",
        summary="Read a webhook endpoint",
        description="Never with its secret. Needs the scope `webhooks:read`.",
        tags=TAGS,
        parameters=[IF_NONE_MATCH],
        responses={200: EndpointSerializer, **NOT_MODIFIED, **PROBLEMS, **NO_ENDPOINT},
        examples=[answered("One", ENDPOINT)],
    )
    def get(self, request: Request, uid: UUID) -> HttpResponse:
        read_nothing(request)
        return respond(request, describe(find(uid)))

    @extend_schema(
        operation_id="change_webhook_endpoint",
        summary="Change, pause or resume a webhook endpoint",
        description=(
            "What is left out stays. `paused` keeps records waiting; `on` sends what was missed, "
            "or leaves it out. Needs the scope `webhooks:write`."
        ),
        tags=TAGS,
        parameters=[IF_MATCH],
        request=dict.fromkeys(MERGE_PATCH, EndpointPatchSerializer),
        responses={
            200: EndpointSerializer,
            **PROBLEMS,
            **NO_ENDPOINT,
            **BODY_PROBLEMS,
            **STALE,
        },
        examples=[
            asked("Every kind of record", {"kinds": []}),
            asked("Pause", {"state": "paused"}),
            asked("Resume", {"state": "on", "missed": "leave_out"}),
            answered("As it is now", ENDPOINT),
        ],
    )
    @transaction.atomic
    def patch(self, request: Request, uid: UUID) -> HttpResponse:
        read_nothing(request)
        patch = read_object(request, CHANGEABLE, accepted=MERGE_PATCH)
        state, missed = _standing(patch)
        endpoint = find(uid, locked=True)
        check_current(request, describe(endpoint))
        try:
            change_endpoint(
                endpoint=endpoint,
                url=text_of(patch, "url"),
                kinds=kinds_of(patch),
                description=text_of(patch, "description"),
            )
        except ValidationError as error:
            raise refused(error) from error
        if state == WebhookEndpoint.State.ON:
            resume(endpoint=endpoint, missed=missed)
        elif state:
            pause(endpoint=endpoint)
        return respond(request, describe(find(uid)))

    @extend_schema(
        operation_id="delete_webhook_endpoint",
        summary="Delete a webhook endpoint",
        description=(
            "With everything that waits for it and the log of what was delivered. Takes no body; "
            "the answer is what there was. Needs the scope `webhooks:write`."
        ),
        tags=TAGS,
        parameters=[IF_MATCH],
        responses={200: EndpointSerializer, **PROBLEMS, **NO_ENDPOINT, **STALE},
        examples=[answered("What there was", ENDPOINT)],
    )
    @transaction.atomic
    def delete(self, request: Request, uid: UUID) -> HttpResponse:
        read_nothing(request)
        read_no_body(request)
        endpoint = find(uid, locked=True)
        told = describe(endpoint)
        check_current(request, told)
        remove(endpoint=endpoint)
        return respond(request, told)


def _standing(patch: dict[str, Any]) -> tuple[str | None, bool]:
    """The state that is asked for, and whether what was missed is to be sent."""
    state, missed = patch.get("state"), patch.get("missed", MISSED[0])
    if "state" in patch and state not in BY_HAND:
        raise InvalidBody(("#/state", f"Send {' or '.join(BY_HAND)}."))
    if missed not in MISSED:
        raise InvalidBody(("#/missed", f"Send {' or '.join(MISSED)}."))
    if "missed" in patch and state != WebhookEndpoint.State.ON:
        raise InvalidBody(("#/missed", 'This goes with "state": "on" only.'))
    return state, missed == MISSED[0]
