"""What is done with one endpoint: a new secret, a test, a range sent again."""

from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpResponse, JsonResponse
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.exceptions import NotFound
from rest_framework.request import Request

from api.bodies import read_no_body
from api.models import Scope
from api.problems import InvalidBody
from api.queries import read_nothing
from api.schemas import BODY_PROBLEMS, PROBLEMS
from api.strict_json import read_object
from api.views import ApiView
from api.webhooks.endpoints import renew_secret
from api.webhooks.replays import MOST, in_range, replay
from api.webhooks.rest.deliveries import describe_whole
from api.webhooks.rest.endpoints import describe, find
from api.webhooks.rest.examples import ENDPOINT, SECRET, TESTED, answered, asked
from api.webhooks.rest.reading import flag_of, moment_of, refused
from api.webhooks.rest.schemas import (
    NO_ENDPOINT,
    TAGS,
    DeliveryWithLogSerializer,
    EndpointWithSecretSerializer,
    RangeSerializer,
    ReplayedSerializer,
    SecretRequestSerializer,
)
from api.webhooks.sending import send_test

WRITE = {"POST": Scope.WEBHOOKS_WRITE}


class EndpointSecret(ApiView):
    required_scopes = WRITE

    @extend_schema(
        operation_id="renew_webhook_secret",
        summary="Make a new secret",
        description=(
            "It signs from now on, and the answer holds it, this once. With `overlap` every "
            "message carries the old signature, too, for 24 hours: put the new secret into your "
            "system meanwhile. Needs the scope `webhooks:write`."
        ),
        tags=TAGS,
        request=SecretRequestSerializer,
        responses={
            200: EndpointWithSecretSerializer,
            **PROBLEMS,
            **NO_ENDPOINT,
            **BODY_PROBLEMS,
        },
        examples=[
            asked("The old one goes on for a day", {"overlap": True}),
            asked("The old one ends now", {"overlap": False}),
            answered("The secret is shown once", {**ENDPOINT, "secret": SECRET}),
        ],
    )
    @transaction.atomic
    def post(self, request: Request, uid: UUID) -> HttpResponse:
        read_nothing(request)
        endpoint = find(uid, locked=True)
        given = read_object(request, {"overlap": ""})
        secret = renew_secret(endpoint=endpoint, overlap=flag_of(given, "overlap", otherwise=True))
        response = JsonResponse({**describe(endpoint), "secret": secret})
        response["Cache-Control"] = "no-store"
        return response


class EndpointTest(ApiView):
    required_scopes = WRITE

    @extend_schema(
        operation_id="test_webhook_endpoint",
        summary="Send a test",
        description=(
            "One message of the type `webhook.test`, at once and once only, signed as any other, "
            "also while the endpoint is paused. The answer is what became of it, after ten seconds "
            "at most. Takes no body. Needs the scope `webhooks:write`."
        ),
        tags=TAGS,
        request=None,
        responses={200: DeliveryWithLogSerializer, **PROBLEMS, **NO_ENDPOINT},
        examples=[answered("It arrived", TESTED)],
    )
    def post(self, request: Request, uid: UUID) -> HttpResponse:
        read_nothing(request)
        read_no_body(request)
        delivery = send_test(endpoint=find(uid))
        if delivery is None:
            raise NotFound
        return JsonResponse(describe_whole(delivery))


class EndpointReplay(ApiView):
    required_scopes = WRITE

    @extend_schema(
        operation_id="replay_webhook_deliveries",
        summary="Send a range again",
        description=(
            "What was made for this endpoint in that time goes out again, under the same "
            f"`webhook-id` as before: by default what failed for good. At most {MOST:,} at once. "
            "Needs the scope `webhooks:write`."
        ),
        tags=TAGS,
        request=RangeSerializer,
        responses={200: ReplayedSerializer, **PROBLEMS, **NO_ENDPOINT, **BODY_PROBLEMS},
        examples=[
            asked(
                "A day",
                {
                    "since": "2026-11-17T00:00:00Z",
                    "until": "2026-11-18T00:00:00Z",
                    "only_failed": False,
                },
            ),
            answered("How many", {"replayed": 214}),
        ],
    )
    def post(self, request: Request, uid: UUID) -> HttpResponse:
        read_nothing(request)
        endpoint = find(uid)
        given = read_object(request, dict.fromkeys(("since", "until", "only_failed"), ""))
        since = moment_of(given, "since")
        if since is None:
            raise InvalidBody(("#/since", "Say from when on."))
        try:
            chosen = in_range(
                endpoint=endpoint,
                since=since,
                until=moment_of(given, "until") or timezone.now(),
                only_failed=flag_of(given, "only_failed", otherwise=True),
            )
        except ValidationError as error:
            raise refused(error) from error
        return JsonResponse({"replayed": replay(deliveries=chosen.only("pk"))})
