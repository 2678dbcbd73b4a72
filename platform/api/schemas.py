"""What the reference says of bodies. The feed itself never passes through these serializers."""

from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.utils import OpenApiResponse
from rest_framework import serializers

from api.problems import MEDIA_TYPE
from learning.models import LearningRecord


class TokenScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    """How one signs in. drf-spectacular finds this class by itself."""

    target_class = "api.authentication.TokenAuthentication"
    name = "token"

    def get_security_definition(self, auto_schema: AutoSchema) -> dict[str, str]:
        return {"type": "http", "scheme": "bearer", "description": "A token, `tl_…`"}


class RecordPersonSerializer(serializers.Serializer[None]):
    uid = serializers.UUIDField()
    external_id = serializers.CharField(allow_null=True, help_text="The HRIS's own key.")
    employee_number = serializers.CharField(allow_null=True)
    email = serializers.EmailField(allow_null=True)


class RecordPathSerializer(serializers.Serializer[None]):
    uid = serializers.UUIDField()
    name = serializers.CharField()


class RecordAssignmentSerializer(serializers.Serializer[None]):
    uid = serializers.UUIDField()
    claim = serializers.CharField(help_text="What the path helps them do at work.")
    outcome = serializers.CharField(help_text="The outcome of the role that it moves.")


class RecordStepSerializer(serializers.Serializer[None]):
    uid = serializers.UUIDField()
    title = serializers.CharField()


class LearningRecordSerializer(serializers.Serializer[None]):
    """What happened, with names and keys as they were at that moment."""

    uid = serializers.UUIDField(help_text="Of the record; the same whenever it is read.")
    kind = serializers.ChoiceField(choices=LearningRecord.Kind.choices)
    occurred_at = serializers.DateTimeField(help_text="In UTC.")
    person = RecordPersonSerializer()
    path = RecordPathSerializer(allow_null=True, help_text="Null of `person.erased`.")
    assignment = RecordAssignmentSerializer(allow_null=True, help_text="Null of `person.erased`.")
    step = RecordStepSerializer(allow_null=True, help_text="Null where it is about the whole path.")


class LearningRecordPageSerializer(serializers.Serializer[None]):
    records = LearningRecordSerializer(many=True)
    next = serializers.CharField(help_text="Give this as `after` next time, now or next week.")
    more = serializers.BooleanField(help_text="Whether there is more to read right now.")


class ProblemErrorSerializer(serializers.Serializer[None]):
    pointer = serializers.CharField(
        help_text="`?name` of a query parameter, `#/name` of a member of the body (RFC 6901)."
    )
    detail = serializers.CharField()
    line = serializers.IntegerField(required=False, help_text="Of the body, where it has lines.")


class ProblemSerializer(serializers.Serializer[None]):
    """Problem details as RFC 9457 has them."""

    type = serializers.CharField()
    title = serializers.CharField()
    status = serializers.IntegerField()
    detail = serializers.CharField()
    instance = serializers.CharField()  # type: ignore[assignment]
    request_id = serializers.CharField(
        required=False, help_text="Of errors on our side: tell it to whoever runs this."
    )
    errors = ProblemErrorSerializer(many=True, required=False)  # type: ignore[assignment]


def problem(status: int, when: str) -> dict[tuple[int, str], OpenApiResponse]:
    """An entry of `extend_schema`'s responses: this status, and when it is answered."""
    return {(status, MEDIA_TYPE): OpenApiResponse(ProblemSerializer, description=when)}


PROBLEMS = {
    **problem(400, "A parameter or member is unknown or cannot be used; `errors` names it."),
    **problem(401, "No token, or not a current one of this company."),
    **problem(403, "The token lacks the scope that `detail` names."),
    **problem(406, "Asked for a media type there is none of."),
}
NO_LEVELS = problem(
    409,
    "Asked for levels of people, as by `include=levels`: they never leave with what they learn.",
)
NOT_MODIFIED = {304: OpenApiResponse(description="You have the current version.")}
BODY_PROBLEMS = {
    **problem(411, "The body came without its Content-Length."),
    **problem(413, "The body is larger than the limit that `detail` names; it was not read."),
    **problem(415, "The body is of another type, compressed, or not UTF-8; the headers tell."),
}
RECORD_EXAMPLE = {
    "uid": "0199a1b2-7c3d-7e4f-8a5b-6c7d8e9f0a1b",
    "kind": "step.done",
    "occurred_at": "2026-11-18T08:30:00.000000Z",
    "person": {
        "uid": "0199a1b2-0000-7000-8000-000000000001",
        "external_id": "HR-2041",
        "employee_number": "2041",
        "email": "lee.tanaka@acme.example",
    },
    "path": {"uid": "0199a1b2-0000-7000-8000-000000000002", "name": "Selling at Acme"},
    "assignment": {
        "uid": "0199a1b2-0000-7000-8000-000000000003",
        "claim": "close deals faster",
        "outcome": "Close deals faster",
    },
    "step": {
        "uid": "0199a1b2-0000-7000-8000-000000000004",
        "title": "Open your next call with an agenda",
    },
}
