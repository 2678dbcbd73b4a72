"""Which records are asked for: the parameters of the feed, read and explained."""

import re
from datetime import datetime
from typing import Any, Final

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiExample, OpenApiParameter
from rest_framework import serializers

from api.days import moment_in
from api.pages import as_uid
from api.problems import InvalidQuery
from api.queries import nearest
from learning.feed import Wanted
from learning.models import LearningRecord
from tenants.people.models import Person

KINDS: Final = LearningRecord.Kind.values
EXTERNAL: Final = "external:"
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)", re.IGNORECASE)
PLUS_LOST = re.compile(r"\d{4}-\d\d-\d\dT[\d:.]+ \d\d:\d\d")
WRITE: Final = "Write a date, a time and its offset from UTC, as 2026-11-18T08:30:00Z"


class KindsField(serializers.CharField):
    """One kind or several, with commas between them."""

    def to_internal_value(self, data: Any) -> Any:
        words = [word.strip() for word in super().to_internal_value(data).split(",")]
        wrong = [word for word in words if word not in KINDS]
        if wrong:
            raise serializers.ValidationError([no_kind(word) for word in wrong[:10]])
        return words


def no_kind(word: str) -> str:
    return f"There is no kind “{word[:100]}”. {nearest(word, KINDS)}"


class PersonField(serializers.CharField):
    """A uid, or ``external:`` and the HRIS's key."""

    def to_internal_value(self, data: Any) -> Any:
        word: str = super().to_internal_value(data)
        if not word.startswith(EXTERNAL) and as_uid(word) is None:
            raise serializers.ValidationError(
                f"Write the person's uid, or {EXTERNAL} and their key in the HRIS: "
                f"{EXTERNAL}HR-2041."
            )
        return word


class MomentField(serializers.CharField):
    """A moment as RFC 3339 writes it, never without its offset."""

    def to_internal_value(self, data: Any) -> Any:
        word: str = super().to_internal_value(data)
        if PLUS_LOST.fullmatch(word):
            raise serializers.ValidationError(
                "In an address a + becomes a space: write it as %2B, or the moment in UTC with a Z."
            )
        moment = moment_in(word.upper()) if MOMENT.fullmatch(word) else None
        if moment is None:
            raise serializers.ValidationError(f"{WRITE}.{_with_offset(word)}")
        return moment


def _with_offset(word: str) -> str:
    """What to write in place of a moment that says no offset."""
    try:
        naive = datetime.fromisoformat(word)
    except ValueError:
        return ""
    if naive.tzinfo:
        return ""
    return f" If this is meant to be UTC: {naive.isoformat()}Z."


class RecordsQuery(serializers.Serializer[dict[str, Any]]):
    after = serializers.CharField(required=False)
    limit = serializers.IntegerField(default=100, min_value=1, max_value=1000)
    kind = KindsField(required=False)
    person = PersonField(required=False)
    path = serializers.CharField(required=False)
    since = MomentField(required=False)

    def validate_path(self, word: str) -> str:
        uid = as_uid(word)
        if uid is None:
            raise serializers.ValidationError(
                "Write the path's uid, as a record has it in path.uid."
            )
        return str(uid)


def wanted_by(query: dict[str, Any]) -> Wanted:
    """What a `RecordsQuery` chooses. A query for somebody's external id; raises `InvalidQuery`."""
    return Wanted(
        kinds=query.get("kind", ()),
        person=_uid_of(query["person"]) if "person" in query else None,
        path=query.get("path"),
        since=query.get("since"),
    )


def _uid_of(word: str) -> str:
    if not word.startswith(EXTERNAL):
        return str(as_uid(word))
    external_id = word.removeprefix(EXTERNAL)
    uid = Person.objects.filter(external_id=external_id).values_list("uid", flat=True).first()
    if uid is None:
        raise InvalidQuery(
            {"person": "Nobody here has this external id. Who was erased is found by uid only."}
        )
    return str(uid)


PARAMETERS = [
    OpenApiParameter(
        "after",
        description=(
            "`next` of the page before, or what the `Link` of a stream holds; left out, the feed "
            "starts over. It is a place in the whole feed, so it is good with any filters: those "
            "of this request choose among what comes after it."
        ),
    ),
    OpenApiParameter(
        "limit",
        {"type": "integer", "minimum": 1, "maximum": 1000, "default": 100},
        description="Records per page. A stream has none.",
    ),
    OpenApiParameter(
        "kind",
        {"type": "array", "items": {"type": "string", "enum": KINDS}},
        style="form",
        explode=False,
        description="Only of this kind, or of these with commas between them.",
        examples=[
            OpenApiExample("One kind", value=["assignment.completed"]),
            OpenApiExample("Two kinds", value=["step.done", "first_win"]),
        ],
    ),
    OpenApiParameter(
        "person",
        description=(
            "Only about this person: their uid, or `external:` and their key in the HRIS. Also "
            "what was recorded when they had another key."
        ),
        examples=[
            OpenApiExample("By uid", value="0199a1b2-0000-7000-8000-000000000001"),
            OpenApiExample("By external id", value="external:HR-2041"),
        ],
    ),
    OpenApiParameter(
        "path",
        OpenApiTypes.UUID,
        description="Only of this path: its uid.",
        examples=[OpenApiExample("A path", value="0199a1b2-0000-7000-8000-000000000002")],
    ),
    OpenApiParameter(
        "since",
        OpenApiTypes.DATETIME,
        description=(
            "Only what happened then or later: a moment with its offset (RFC 3339). To read on, "
            "take `after`: what happened earlier may be committed later."
        ),
        examples=[OpenApiExample("A moment", value="2026-11-18T08:30:00Z")],
    ),
]
