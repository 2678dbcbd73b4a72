"""What the reference says of people, departments and syncs. Nothing passes through these."""

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from tenants.people.actions import Outcome
from tenants.people.models import EmploymentStatus, SyncRun

DAY = "A day such as 2026-11-18."


class PersonKeysSerializer(serializers.Serializer[None]):
    """The keys by which somebody is known."""

    uid = serializers.UUIDField()
    external_id = serializers.CharField(allow_null=True, help_text="The HRIS's own key.")
    employee_number = serializers.CharField(allow_null=True)
    email = serializers.CharField(allow_null=True)


class PersonReferenceSerializer(serializers.Serializer[None]):
    """Exactly one of these."""

    uid = serializers.UUIDField(required=False)
    external_id = serializers.CharField(required=False)
    employee_number = serializers.CharField(required=False)
    email = serializers.CharField(required=False)


class NamedSerializer(serializers.Serializer[None]):
    uid = serializers.UUIDField()
    name = serializers.CharField()


@extend_schema_field(OpenApiTypes.OBJECT)
class ObjectField(serializers.JSONField):
    """A JSON object of any members."""


class PersonSerializer(PersonKeysSerializer):
    user_name = serializers.CharField(allow_null=True, help_text="SCIM's userName.")
    given_name = serializers.CharField()
    family_name = serializers.CharField(allow_blank=True)
    preferred_name = serializers.CharField(allow_blank=True)
    name = serializers.CharField(help_text="What colleagues call them.")
    job_title = serializers.CharField(allow_blank=True)
    department = NamedSerializer(allow_null=True)
    location = serializers.CharField(allow_blank=True)
    manager = PersonKeysSerializer(allow_null=True)
    employment_status = serializers.ChoiceField(choices=EmploymentStatus.choices)
    hired_on = serializers.DateField(allow_null=True)
    rehired_on = serializers.DateField(allow_null=True)
    ended_on = serializers.DateField(allow_null=True, help_text="Their last day.")
    time_zone = serializers.CharField(allow_blank=True, help_text="Empty: the company's.")
    locale = serializers.CharField(allow_blank=True, help_text="Empty: the company's.")
    attributes = ObjectField(help_text="Whatever else the HRIS sent.")
    updated_at = serializers.DateTimeField(help_text="In UTC.")


class PeopleSerializer(serializers.Serializer[None]):
    people = PersonSerializer(many=True)
    next = serializers.CharField(
        allow_null=True, help_text="Give this as `after` for the next page; null on the last one."
    )


class FieldsSerializer(serializers.Serializer[None]):
    """Fields of a person that a push can set; one that is not sent stays as it is."""

    external_id = serializers.CharField(
        required=False, max_length=200, help_text="The HRIS's own key, which never changes."
    )
    employee_number = serializers.CharField(required=False, allow_null=True, max_length=60)
    email = serializers.CharField(required=False, allow_null=True, max_length=254)
    user_name = serializers.CharField(required=False, allow_null=True, max_length=200)
    given_name = serializers.CharField(required=False, max_length=100)
    family_name = serializers.CharField(required=False, allow_null=True, max_length=100)
    preferred_name = serializers.CharField(required=False, allow_null=True, max_length=100)
    job_title = serializers.CharField(required=False, allow_null=True, max_length=150)
    department = serializers.CharField(
        required=False, allow_null=True, max_length=150, help_text="Its name; a new one is made."
    )
    location = serializers.CharField(required=False, allow_null=True, max_length=150)
    employment_status = serializers.ChoiceField(required=False, choices=EmploymentStatus.choices)
    hired_on = serializers.CharField(required=False, allow_null=True, help_text=DAY)
    rehired_on = serializers.CharField(required=False, help_text=DAY)
    ended_on = serializers.CharField(required=False, allow_null=True, help_text=DAY)
    time_zone = serializers.CharField(required=False, allow_null=True, help_text="Europe/Berlin")
    locale = serializers.CharField(required=False, allow_null=True, help_text="en, de or es")
    attributes = ObjectField(required=False, allow_null=True)


class RowSerializer(FieldsSerializer):
    """One person. Found by `uid`, else `external_id`, else `employee_number`, else `email`."""

    uid = serializers.UUIDField(required=False)
    manager_uid = serializers.UUIDField(required=False)
    manager_external_id = serializers.CharField(required=False, allow_null=True)
    manager_employee_number = serializers.CharField(required=False, allow_null=True)
    manager_email = serializers.CharField(required=False, allow_null=True)
    manager_user_name = serializers.CharField(required=False, allow_null=True)
    manager_key = serializers.CharField(
        required=False, allow_null=True, help_text="Any of the keys before it."
    )
    manager_name = serializers.CharField(required=False, allow_null=True)


class ChangesSerializer(FieldsSerializer):
    manager = PersonReferenceSerializer(
        required=False, allow_null=True, help_text="Whom they report to; null for nobody."
    )


class PushSerializer(serializers.Serializer[None]):
    rows = RowSerializer(many=True, help_text="At most 50,000.")
    mode = serializers.ChoiceField(
        choices=SyncRun.Mode.choices,
        default=SyncRun.Mode.PARTIAL.value,
        help_text="`complete`: whoever is on no row has left.",
    )
    dry_run = serializers.BooleanField(
        default=False, help_text="Tell what would happen, and write nothing."
    )
    confirm = serializers.BooleanField(
        default=False, help_text="`complete` may end more than 10 % of employments."
    )


class CountsSerializer(serializers.Serializer[None]):
    created = serializers.IntegerField()
    updated = serializers.IntegerField()
    unchanged = serializers.IntegerField()
    deactivated = serializers.IntegerField()
    failed = serializers.IntegerField(help_text="Rows that were refused; the others went in.")


class RowProblemSerializer(serializers.Serializer[None]):
    line = serializers.IntegerField(
        allow_null=True, help_text="The row's: its position in JSON, its line in NDJSON and CSV."
    )
    field = serializers.CharField(allow_blank=True)
    value = serializers.CharField(allow_blank=True)
    message = serializers.CharField(help_text="A sentence with the field and the value.")
    refused = serializers.BooleanField(help_text="Whether it kept the row out, or only warns.")


class OutcomeSerializer(serializers.Serializer[None]):
    """What became of a row, or of somebody no row named (`line` is null)."""

    line = serializers.IntegerField(allow_null=True)
    outcome = serializers.ChoiceField(choices=[outcome.value for outcome in Outcome])
    uid = serializers.UUIDField(allow_null=True, help_text="Null for nobody stored.")
    name = serializers.CharField(allow_blank=True)
    changes = ObjectField(help_text='Per field `{"from": …, "to": …}`.')
    problems = RowProblemSerializer(many=True)


class RunLinksSerializer(serializers.Serializer[None]):
    self = serializers.CharField()
    outcomes = serializers.CharField()
    errors = serializers.CharField(help_text="The problems as CSV.")  # type: ignore[assignment]


class RunSerializer(serializers.Serializer[None]):
    uid = serializers.UUIDField(allow_null=True, help_text="Null for a dry run told at once.")
    state = serializers.ChoiceField(choices=SyncRun.State.choices)
    detail = serializers.CharField(allow_blank=True, help_text="Why it was refused or failed.")
    source = serializers.CharField(help_text="api, csv, scim, calendar …")  # type: ignore[assignment]
    origin = serializers.CharField(allow_blank=True, help_text="The token's name, or the file's.")
    mode = serializers.ChoiceField(choices=SyncRun.Mode.choices)
    dry_run = serializers.BooleanField()
    requested_at = serializers.DateTimeField()
    started_at = serializers.DateTimeField(allow_null=True)
    finished_at = serializers.DateTimeField(allow_null=True)
    rows = serializers.IntegerField(help_text="How many were sent.")
    rows_compared = serializers.IntegerField(help_text="How far it has come.")
    counts = CountsSerializer()


class RunsSerializer(serializers.Serializer[None]):
    runs = RunSerializer(many=True)
    next = serializers.CharField(allow_null=True)


class ToldRunSerializer(RunSerializer):
    problems = RowProblemSerializer(many=True, help_text="The first 100.")
    problems_total = serializers.IntegerField()
    links = RunLinksSerializer(allow_null=True)


class FinishedRunSerializer(ToldRunSerializer):
    outcomes = OutcomeSerializer(
        many=True, help_text="Of rows that change something or have problems."
    )


class OutcomesSerializer(serializers.Serializer[None]):
    outcomes = OutcomeSerializer(many=True)
    next = serializers.CharField(allow_null=True)


class DepartmentSerializer(NamedSerializer):
    people = serializers.IntegerField(help_text="Who have not left.")


class DepartmentsSerializer(serializers.Serializer[None]):
    departments = DepartmentSerializer(many=True)
    next = serializers.CharField(allow_null=True)


class RenameSerializer(serializers.Serializer[None]):
    name = serializers.CharField(max_length=150)
