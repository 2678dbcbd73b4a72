"""Skill levels that managers calibrated together; no other level ever leaves by the API."""

from datetime import datetime
from typing import Any, Final, NoReturn

from django.db.models import QuerySet
from django.http import HttpResponse, JsonResponse
from django.utils import timezone
from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework import serializers
from rest_framework.request import Request

from api.models import Scope
from api.pages import PageQuery, as_uid, read_page
from api.people.people import keys_of
from api.people.schemas import PersonKeysSerializer
from api.problems import Conflict
from api.queries import UNCALIBRATED, read_query
from api.references import named
from api.roles import ROLE_KEYS, RoleKeysSerializer
from api.schemas import PROBLEMS, RECORD_EXAMPLE, problem
from api.views import ApiView
from learning.models import GOOD_FOR, CalibratedLevel, Level
from tenants.companies.context import current_company

RELATED: Final = ("person", "skill", "held_as", "calibration__role")
SKILL_KEYS = {
    "uid": "0199a1b2-0000-7000-8000-0000000000f1",
    "slug": "discovery",
    "name": "Discovery",
}
LEVEL: dict[str, Any] = {
    "uid": "0199a1b2-0000-7000-8000-0000000000c1",
    "person": RECORD_EXAMPLE["person"],
    "role": ROLE_KEYS,
    "skill": SKILL_KEYS,
    "level": 2,
    "label": "on their own",
    "meaning": "Opens a call with an agenda and leaves with the customer's own numbers.",
    "calibration": "0199a1b2-0000-7000-8000-0000000000d1",
    "calibrated_at": "2026-11-04T15:10:00Z",
    "good_until": "2027-05-03T15:10:00Z",
    "seen_since": None,
}


class SkillKeysSerializer(serializers.Serializer[None]):
    uid = serializers.UUIDField()
    slug = serializers.CharField()
    name = serializers.CharField()


class SkillLevelSerializer(serializers.Serializer[None]):
    uid = serializers.UUIDField()
    person = PersonKeysSerializer()
    role = RoleKeysSerializer()
    skill = SkillKeysSerializer()
    level = serializers.IntegerField(min_value=0, max_value=3)
    label = serializers.CharField(help_text="What this level is called.")  # type: ignore[assignment]
    meaning = serializers.CharField(
        allow_blank=True, help_text="What the level meant while it was calibrated."
    )
    calibration = serializers.UUIDField(help_text="The session in which it was agreed on: a uid.")
    calibrated_at = serializers.DateTimeField(help_text="When that session closed, in UTC.")
    good_until = serializers.DateTimeField(
        help_text="From then on it is not given any more, until it is calibrated again."
    )
    seen_since = serializers.DateField(
        allow_null=True,
        help_text=(
            "The day on which a manager has seen the skill after that, where one has. What they "
            "saw is not told before it is calibrated."
        ),
    )


class SkillLevelsSerializer(serializers.Serializer[None]):
    skill_levels = SkillLevelSerializer(many=True)
    next = serializers.CharField(allow_null=True)


class SkillLevelsQuery(PageQuery):
    person = serializers.UUIDField(required=False, help_text="Only theirs: a uid.")
    role = serializers.CharField(
        required=False, help_text="Only calibrated for it: its uid or its slug."
    )
    skill = serializers.CharField(required=False, help_text="Only of it: its uid or its slug.")


def describe(level: Any) -> dict[str, Any]:
    return {
        "uid": level.uid,
        "person": keys_of(level.person),
        "role": named(level.calibration.role),
        "skill": named(level.skill),
        "level": level.level,
        "label": str(Level(level.level).label),
        "meaning": level.held_as.looks_like(level.level),
        "calibration": level.calibration.uid,
        "calibrated_at": level.calibration.ended_at,
        "good_until": level.good_until,
        "seen_since": level.seen_since,
    }


class SkillLevels(ApiView):
    required_scopes = {"GET": Scope.LEVELS_READ}

    @extend_schema(
        operation_id="list_skill_levels",
        summary="List calibrated skill levels",
        description=(
            "Levels leave only once managers have calibrated them together, so that “on their own” "
            "means the same whoever saw it. As long as there are none for what you ask, the answer "
            f"is 409 with the reason, of the type `{UNCALIBRATED}`.\n\n"
            "Given is the level on which managers agreed last, per person, skill and role, with "
            f"the day of that. After {GOOD_FOR.days} days a level is not given any more, until it "
            "is calibrated again. Needs the scope `skill-levels:read`."
        ),
        tags=["skill levels"],
        parameters=[SkillLevelsQuery],
        responses={
            200: SkillLevelsSerializer,
            **PROBLEMS,
            **problem(
                409, "No calibration was closed for what is asked, or it is too long ago: `detail`."
            ),
        },
        examples=[
            OpenApiExample(
                "A page",
                value={"skill_levels": [LEVEL], "next": None},
                response_only=True,
                status_codes=["200"],
            )
        ],
    )
    def get(self, request: Request) -> HttpResponse:
        query = read_query(request, SkillLevelsQuery)
        now = timezone.now()
        asked = _asked(query)
        good = asked.good(now)
        told = good.with_seen_since().select_related(*RELATED).defer("person__password")
        page = read_page(told, query, of="skill-levels")
        if not page.rows and not ("after" in query and good.exists()):
            _refuse(query, asked)
        return JsonResponse({"skill_levels": list(map(describe, page.rows)), "next": page.next})


def _asked(query: dict[str, Any]) -> Any:
    filters: dict[str, Any] = {}
    if "person" in query:
        filters["person__uid"] = query["person"]
    for name, place in (("role", "calibration__role"), ("skill", "skill")):
        if word := query.get(name):
            uid = as_uid(word)
            filters[f"{place}__uid" if uid else f"{place}__slug"] = uid or word
    return CalibratedLevel.objects.filter(**filters)


def _refuse(query: dict[str, Any], asked: "QuerySet[CalibratedLevel]") -> NoReturn:
    """409 with what is missing."""
    last = asked.order_by("-pk").values_list("calibration__ended_at", flat=True).first()
    whose = "for this" if _narrowed(query) else "here"
    if last is None:
        told = (
            f"No levels were calibrated {whose} yet. They leave only once managers have calibrated "
            "them together: L&D opens a calibration for the role, and closes it."
        )
    else:
        told = (
            f"What was calibrated {whose} is not given any more: it was last on {_day(last)}, and "
            f"is good for {GOOD_FOR.days} days. L&D opens a calibration again."
        )
    raise Conflict(told, UNCALIBRATED)


def _narrowed(query: dict[str, Any]) -> bool:
    return bool({"person", "role", "skill"} & query.keys())


def _day(moment: datetime) -> str:
    return current_company().day_of(moment).isoformat()
