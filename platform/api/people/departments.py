"""Departments, as the pushes named them."""

from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Count, Q, QuerySet
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework import serializers
from rest_framework.request import Request

from api.bodies import MERGE_PATCH
from api.models import Scope
from api.pages import PageQuery, read_page
from api.people.examples import SALES
from api.people.schemas import DepartmentSerializer, DepartmentsSerializer, RenameSerializer
from api.problems import Conflict, InvalidBody
from api.queries import read_nothing, read_query
from api.schemas import BODY_PROBLEMS, NOT_MODIFIED, PROBLEMS, problem
from api.strict_json import read_object
from api.versions import IF_MATCH, IF_NONE_MATCH, check_current, respond
from api.views import ApiView
from tenants.people.actions import rename_department
from tenants.people.models import Department, EmploymentStatus
from tenants.people.sync.storage import wait_for_other_runs

TAGS = ["departments"]
NONE = problem(404, "There is no department of that uid.")
DEPARTMENT = {"uid": SALES, "name": "Sales", "people": 24}
SHOWN = OpenApiExample("One", value=DEPARTMENT, response_only=True, status_codes=["200"])
STAYED = ~Q(people__employment_status=EmploymentStatus.TERMINATED)
READ_ONLY = "This is told here and set nowhere: leave it out."
MEMBERS = {"name": "", "uid": READ_ONLY, "people": READ_ONLY}


def _counted() -> "QuerySet[Any]":
    return Department.objects.annotate(people_count=Count("people", filter=STAYED))


def describe(department: Any) -> dict[str, Any]:
    return {
        "uid": department.uid,
        "name": department.name,
        "people": department.people_count,
    }


class DepartmentsQuery(PageQuery):
    name = serializers.CharField(required=False, help_text="Only the one of exactly this name.")


class Departments(ApiView):
    required_scopes = {"GET": Scope.PEOPLE_READ}

    @extend_schema(
        operation_id="list_departments",
        summary="List departments",
        description=(
            "With how many people each has who have not left. A push that names a new one makes "
            "it. Needs the scope `people:read`."
        ),
        tags=TAGS,
        parameters=[DepartmentsQuery],
        responses={200: DepartmentsSerializer, **PROBLEMS},
        examples=[
            OpenApiExample(
                "A page", value={"departments": [DEPARTMENT], "next": None}, response_only=True
            )
        ],
    )
    def get(self, request: Request) -> HttpResponse:
        query = read_query(request, DepartmentsQuery)
        departments = _counted()
        if "name" in query:
            departments = departments.filter(name=query["name"])
        page = read_page(departments, query, of="departments")
        return JsonResponse({"departments": list(map(describe, page.rows)), "next": page.next})


class OneDepartment(ApiView):
    required_scopes = {"GET": Scope.PEOPLE_READ, "PATCH": Scope.PEOPLE_WRITE}

    @extend_schema(
        operation_id="retrieve_department",
        summary="Read a department",
        description="Needs the scope `people:read`.",
        tags=TAGS,
        parameters=[IF_NONE_MATCH],
        responses={200: DepartmentSerializer, **NOT_MODIFIED, **PROBLEMS, **NONE},
        examples=[SHOWN],
    )
    def get(self, request: Request, uid: UUID) -> HttpResponse:
        read_nothing(request)
        return respond(request, describe(get_object_or_404(_counted(), uid=uid)))

    @extend_schema(
        operation_id="rename_department",
        summary="Rename a department",
        description=(
            "Its people stay in it. Rename it in the HRIS too: a push that says the old name makes "
            "a department of that name anew. Needs the scope `people:write`."
        ),
        tags=TAGS,
        parameters=[IF_MATCH],
        request=dict.fromkeys(MERGE_PATCH, RenameSerializer),
        responses={
            200: DepartmentSerializer,
            **PROBLEMS,
            **NONE,
            **BODY_PROBLEMS,
            **problem(409, "There is another department of that name."),
            **problem(412, "`If-Match` names another version than there is."),
        },
        examples=[
            OpenApiExample("Another name", value={"name": "Revenue"}, request_only=True),
            SHOWN,
        ],
    )
    @transaction.atomic
    def patch(self, request: Request, uid: UUID) -> HttpResponse:
        read_nothing(request)
        patch = read_object(request, MEMBERS, accepted=MERGE_PATCH)
        wait_for_other_runs()  # so that what If-Match is compared with is what is changed
        department = get_object_or_404(_counted(), uid=uid)
        check_current(request, describe(department))
        if "name" in patch:
            _rename(department, patch["name"])
        return respond(request, describe(department))


def _rename(department: Department, name: object) -> None:
    if not isinstance(name, str):
        raise InvalidBody(("#/name", "Send a text."))
    try:
        rename_department(department=department, name=name)
    except ValidationError as error:
        if any(each.code == "unique" for each in error.error_dict["name"]):
            raise Conflict(f"There is another department named {department.name!r}.") from error
        raise InvalidBody(*(("#/name", told) for told in error.message_dict["name"])) from error
