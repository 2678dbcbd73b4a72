"""Who has which role, as the HRIS says or reads it."""

from datetime import date
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q, QuerySet
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework import serializers
from rest_framework.request import Request

from api.bodies import MERGE_PATCH
from api.days import read_day
from api.models import Scope
from api.pages import PageQuery, as_uid, read_page
from api.people.people import keys_of
from api.people.schemas import PersonKeysSerializer, PersonReferenceSerializer
from api.problems import Conflict, InvalidBody
from api.queries import read_nothing, read_query
from api.references import find_person, named
from api.roles import ROLE_KEYS, RoleKeysSerializer, RoleReferenceSerializer, find_role
from api.schemas import BODY_PROBLEMS, NOT_MODIFIED, PROBLEMS, RECORD_EXAMPLE, problem
from api.strict_json import read_object
from api.versions import IF_MATCH, IF_NONE_MATCH, check_current, respond
from api.views import ApiView
from learning.actions import end_holding, hold_role
from learning.models import RoleHolding
from tenants.companies.context import current_company

TAGS = ["role holdings"]
NONE = problem(404, "There is no holding of that uid.")
HOLDINGS = RoleHolding.objects.select_related("person", "role").defer("person__password")
HOLDING: dict[str, Any] = {
    "uid": "0199a1b2-0000-7000-8000-0000000000b1",
    "person": RECORD_EXAMPLE["person"],
    "role": ROLE_KEYS,
    "starts_on": "2026-11-18",
    "ends_on": None,
    "source": "api",
}
SHOWN = OpenApiExample("One", value=HOLDING, response_only=True, status_codes=["200", "201"])
READ_ONLY = "This cannot be changed: end this holding, and begin another."
CHANGEABLE = {
    **dict.fromkeys(("uid", "person", "role", "starts_on", "source"), READ_ONLY),
    "ends_on": "",
}


class HoldingSerializer(serializers.Serializer[None]):
    uid = serializers.UUIDField()
    person = PersonKeysSerializer()
    role = RoleKeysSerializer()
    starts_on = serializers.DateField()
    ends_on = serializers.DateField(allow_null=True, help_text="The last day; null goes on.")
    source = serializers.ChoiceField(  # type: ignore[assignment]
        choices=RoleHolding.Source.choices, help_text="How it was set."
    )


class HoldingsSerializer(serializers.Serializer[None]):
    role_holdings = HoldingSerializer(many=True)
    next = serializers.CharField(allow_null=True)


class NewHoldingSerializer(serializers.Serializer[None]):
    person = PersonReferenceSerializer()
    role = RoleReferenceSerializer()
    starts_on = serializers.DateField(required=False, help_text="Left out: today.")


class EndSerializer(serializers.Serializer[None]):
    ends_on = serializers.DateField(allow_null=True, help_text="The last day; null: it goes on.")


class HoldingsQuery(PageQuery):
    person = serializers.UUIDField(required=False, help_text="Only theirs: a uid.")
    role = serializers.CharField(required=False, help_text="Only of it: its uid or its slug.")
    current = serializers.BooleanField(
        required=False, allow_null=True, default=None, help_text="Only those of today, or the rest."
    )


def describe(holding: RoleHolding) -> dict[str, Any]:
    return {
        "uid": holding.uid,
        "person": keys_of(holding.person),
        "role": named(holding.role),
        "starts_on": holding.starts_on,
        "ends_on": holding.ends_on,
        "source": holding.source,
    }


class RoleHoldings(ApiView):
    required_scopes = {"GET": Scope.HOLDINGS_READ, "POST": Scope.HOLDINGS_WRITE}

    @extend_schema(
        operation_id="list_role_holdings",
        summary="List who has which role",
        description=(
            "Also what has ended, in the order it was said; filters narrow it together. Needs the "
            "scope `role-holdings:read`."
        ),
        tags=TAGS,
        parameters=[HoldingsQuery],
        responses={200: HoldingsSerializer, **PROBLEMS},
        examples=[
            OpenApiExample(
                "A page", value={"role_holdings": [HOLDING], "next": None}, response_only=True
            )
        ],
    )
    def get(self, request: Request) -> HttpResponse:
        query = read_query(request, HoldingsQuery)
        page = read_page(_chosen(query), query, of="role-holdings")
        return JsonResponse({"role_holdings": list(map(describe, page.rows)), "next": page.next})

    @extend_schema(
        operation_id="begin_role_holding",
        summary="Give somebody a role",
        description=(
            "From `starts_on`, else from today by the company's clock. Nobody holds a role twice "
            "at a time: 409. Needs the scope `role-holdings:write`."
        ),
        tags=TAGS,
        request=NewHoldingSerializer,
        responses={
            201: HoldingSerializer,
            **PROBLEMS,
            **BODY_PROBLEMS,
            **problem(409, "They hold this role already in that time."),
        },
        examples=[
            OpenApiExample(
                "By the HRIS's keys",
                value={
                    "person": {"external_id": "HR-2041"},
                    "role": {"slug": "account-executive"},
                    "starts_on": "2026-11-18",
                },
                request_only=True,
            ),
            SHOWN,
        ],
    )
    def post(self, request: Request) -> HttpResponse:
        read_nothing(request)
        given = read_object(request, dict.fromkeys(("person", "role", "starts_on"), ""))
        person = find_person(given.get("person"), "#/person")
        role = find_role(given.get("role"), "#/role")
        starts_on = read_day(given["starts_on"], "#/starts_on") if "starts_on" in given else None
        source = RoleHolding.Source.API
        try:
            holding = hold_role(person=person, role=role, starts_on=starts_on, source=source)
        except ValidationError as error:
            raise _refused(error) from error
        response = respond(request, describe(holding), status=201)
        response["Location"] = reverse("role-holding", args=[holding.uid])
        return response


class OneRoleHolding(ApiView):
    """It is ended rather than deleted: what somebody did is history."""

    required_scopes = {"GET": Scope.HOLDINGS_READ, "PATCH": Scope.HOLDINGS_WRITE}

    @extend_schema(
        operation_id="retrieve_role_holding",
        summary="Read a holding",
        description="Needs the scope `role-holdings:read`.",
        tags=TAGS,
        parameters=[IF_NONE_MATCH],
        responses={200: HoldingSerializer, **NOT_MODIFIED, **PROBLEMS, **NONE},
        examples=[SHOWN],
    )
    def get(self, request: Request, uid: UUID) -> HttpResponse:
        read_nothing(request)
        return respond(request, describe(get_object_or_404(HOLDINGS.all(), uid=uid)))

    @extend_schema(
        operation_id="end_role_holding",
        summary="End a holding",
        description=(
            "Sets its last day; null lets it go on after all. It stays in the list: nothing is "
            "deleted. Needs the scope `role-holdings:write`."
        ),
        tags=TAGS,
        parameters=[IF_MATCH],
        request=dict.fromkeys(MERGE_PATCH, EndSerializer),
        responses={
            200: HoldingSerializer,
            **PROBLEMS,
            **NONE,
            **BODY_PROBLEMS,
            **problem(409, "Another holding of that role would overlap."),
            **problem(412, "`If-Match` names another version than there is."),
        },
        examples=[
            OpenApiExample("The last day", value={"ends_on": "2026-11-30"}, request_only=True),
            SHOWN,
        ],
    )
    @transaction.atomic
    def patch(self, request: Request, uid: UUID) -> HttpResponse:
        read_nothing(request)
        patch = read_object(request, CHANGEABLE, accepted=MERGE_PATCH)
        holding = get_object_or_404(HOLDINGS.select_for_update(of=("self",)), uid=uid)
        check_current(request, describe(holding))
        if "ends_on" in patch:
            last = None if patch["ends_on"] is None else read_day(patch["ends_on"], "#/ends_on")
            try:
                end_holding(holding=holding, ends_on=last)
            except ValidationError as error:
                raise _refused(error) from error
        return respond(request, describe(holding))


def _chosen(query: dict[str, Any]) -> "QuerySet[RoleHolding]":
    holdings = HOLDINGS.all()
    if "person" in query:
        holdings = holdings.filter(person__uid=query["person"])
    if word := query.get("role"):
        uid = as_uid(word)
        holdings = holdings.filter(**{"role__uid" if uid else "role__slug": uid or word})
    if query["current"] is not None:
        current = Q(pk__in=RoleHolding.objects.current(_today()).values("pk"))
        holdings = holdings.filter(current if query["current"] else ~current)
    return holdings


def _today() -> date:
    return current_company().day_of(timezone.now())


def _refused(error: ValidationError) -> InvalidBody | Conflict:
    """What the action says: of a field, or else of the holdings there are."""
    fields = {name: told for name, told in error.message_dict.items() if name != "__all__"}
    if fields:
        return InvalidBody(*((f"#/{name}", each) for name, told in fields.items() for each in told))
    return Conflict(" ".join(error.messages))
