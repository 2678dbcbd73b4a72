"""Roles, so that an HRIS knows which there are."""

from typing import Any

from django.http import HttpResponse, JsonResponse
from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework import serializers
from rest_framework.request import Request

from api.models import Scope
from api.pages import PageQuery, read_page
from api.problems import InvalidBody
from api.queries import read_query
from api.references import named, read_reference
from api.schemas import PROBLEMS
from api.views import ApiView
from learning.models import Role

ROLE_KEYS = {
    "uid": "0199a1b2-0000-7000-8000-0000000000e1",
    "slug": "account-executive",
    "name": "Account executive",
}
ROLE = {**ROLE_KEYS, "summary": "Wins new customers."}


class RoleKeysSerializer(serializers.Serializer[None]):
    uid = serializers.UUIDField()
    slug = serializers.CharField()
    name = serializers.CharField()


class RoleSerializer(RoleKeysSerializer):
    summary = serializers.CharField(allow_blank=True)


class RoleReferenceSerializer(serializers.Serializer[None]):
    """Exactly one of these."""

    uid = serializers.UUIDField(required=False)
    slug = serializers.CharField(required=False)


class RolesSerializer(serializers.Serializer[None]):
    roles = RoleSerializer(many=True)
    next = serializers.CharField(allow_null=True)


def find_role(value: Any, pointer: str) -> Role:
    """Which role a body names; raises `InvalidBody` where there is none. One query."""
    key, text = read_reference(value, ("uid", "slug"), pointer)
    role = Role.objects.filter(**{key: text}).first()
    if role is None:
        raise InvalidBody((f"{pointer}/{key}", f"{str(text)[:60]!r} is no role here."))
    return role


class Roles(ApiView):
    required_scopes = {"GET": Scope.HOLDINGS_READ}

    @extend_schema(
        operation_id="list_roles",
        summary="List roles",
        description=(
            "What people are there to do, in the order the roles were made. Needs the scope "
            "`role-holdings:read`."
        ),
        tags=["roles"],
        parameters=[PageQuery],
        responses={200: RolesSerializer, **PROBLEMS},
        examples=[
            OpenApiExample("A page", value={"roles": [ROLE], "next": None}, response_only=True)
        ],
    )
    def get(self, request: Request) -> HttpResponse:
        page = read_page(Role.objects.all(), read_query(request, PageQuery), of="roles")
        return JsonResponse({"roles": list(map(describe, page.rows)), "next": page.next})


def describe(role: Role) -> dict[str, Any]:
    return {**named(role), "summary": role.summary}
