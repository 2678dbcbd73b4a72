"""Reading people, one by one and in pages, and changing one."""

from typing import Any, NoReturn

from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework import serializers
from rest_framework.exceptions import MethodNotAllowed
from rest_framework.request import Request

from api.models import Scope
from api.pages import PageQuery, as_uid, read_page
from api.people.examples import PERSON
from api.people.schemas import PeopleSerializer
from api.queries import read_query
from api.schemas import PROBLEMS
from api.views import ApiView
from tenants.people.models import EmploymentStatus, Person

TAGS = ["people"]
PEOPLE = Person.objects.select_related("department", "manager").defer("password")


def find(**named: Any) -> Person:
    """Who is named by one of their keys, with whom and what `describe` tells; raises `Http404`."""
    if any("\0" in str(value) for value in named.values()):
        raise Http404
    person: Person = get_object_or_404(PEOPLE.all(), **named)
    return person


def keys_of(person: Person) -> dict[str, Any]:
    return {
        "uid": person.uid,
        "external_id": person.external_id,
        "employee_number": person.employee_number,
        "email": person.email,
    }


def describe(person: Person) -> dict[str, Any]:
    """A person as the API tells them."""
    department, manager = person.department, person.manager
    return {
        **keys_of(person),
        "user_name": person.user_name,
        "given_name": person.given_name,
        "family_name": person.family_name,
        "preferred_name": person.preferred_name,
        "name": person.name,
        "job_title": person.job_title,
        "department": department and {"uid": department.uid, "name": department.name},
        "location": person.location,
        "manager": manager and keys_of(manager),
        "employment_status": person.employment_status,
        "hired_on": person.hired_on,
        "rehired_on": person.rehired_on,
        "ended_on": person.ended_on,
        "time_zone": person.time_zone,
        "locale": person.locale,
        "attributes": person.attributes,
        "updated_at": person.updated_at,
    }


class PeopleQuery(PageQuery):
    status = serializers.ChoiceField(
        required=False, choices=EmploymentStatus.choices, help_text="Their employment status."
    )
    department = serializers.CharField(required=False, help_text="Its uid or its name.")
    manager = serializers.UUIDField(required=False, help_text="Whose direct reports: a uid.")
    updated_since = serializers.DateTimeField(
        required=False, help_text="Whom a write has touched since then; UTC where it says no zone."
    )
    email = serializers.CharField(required=False, help_text="Without regard to case.")
    external_id = serializers.CharField(required=False)
    employee_number = serializers.CharField(required=False)


class People(ApiView):
    required_scopes = {"GET": Scope.PEOPLE_READ}

    @extend_schema(
        operation_id="list_people",
        summary="List people",
        description=(
            "Everybody, also who has left, in the order they came in; filters narrow it together. "
            "People come in by `POST /api/v1/people-syncs`. Needs the scope `people:read`."
        ),
        tags=TAGS,
        parameters=[PeopleQuery],
        responses={200: PeopleSerializer, **PROBLEMS},
        examples=[
            OpenApiExample("A page", value={"people": [PERSON], "next": None}, response_only=True)
        ],
    )
    def get(self, request: Request) -> HttpResponse:
        query = read_query(request, PeopleQuery)
        page = read_page(PEOPLE.filter(**_chosen(query)), query, of="people")
        return JsonResponse({"people": list(map(describe, page.rows)), "next": page.next})

    def http_method_not_allowed(  # type: ignore[override]  # DRF hands over its own request
        self, request: Request, *_: Any, **__: Any
    ) -> NoReturn:
        told = "People are read here; they are pushed at /api/v1/people-syncs."
        raise MethodNotAllowed(request.method or "", detail=told)


def _chosen(query: dict[str, Any]) -> dict[str, Any]:
    filters: dict[str, Any] = {
        column: query[name]
        for name, column in (
            ("status", "employment_status"),
            ("manager", "manager__uid"),
            ("updated_since", "updated_at__gte"),
            ("external_id", "external_id"),
            ("employee_number", "employee_number"),
        )
        if name in query
    }
    if "email" in query:
        filters["email"] = query["email"].lower()
    if word := query.get("department"):
        uid = as_uid(word)
        filters["department__uid" if uid else "department__name"] = uid or word
    return filters
