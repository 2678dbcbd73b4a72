"""What the reference says of assignments. Nothing passes through these."""

from typing import get_args

from rest_framework import serializers

from api.people.schemas import PersonKeysSerializer, PersonReferenceSerializer
from learning import plans
from learning.framing import QUESTIONS
from learning.framing.language import Code
from learning.models import Assignment, PlanStep, Step

CODES = (
    (plans.EVERYONE, "everyone in this role does it"),
    (plans.GAP, "less was seen than the role needs"),
    (plans.NOT_SEEN, "never observed: starting shows"),
    (plans.SHOWN, "they showed it already, or the role does not need it"),
)


class LearningReferenceSerializer(serializers.Serializer[None]):
    """Exactly one of these."""

    uid = serializers.UUIDField(required=False)
    slug = serializers.CharField(required=False)


class LearningKeysSerializer(serializers.Serializer[None]):
    uid = serializers.UUIDField()
    slug = serializers.CharField()
    name = serializers.CharField()


class FramingSerializer(serializers.Serializer[None]):
    """It reads: This helps you {claim}, because {because}. You will see it when {sign}."""

    claim = serializers.CharField(max_length=200, help_text="What it helps them do at work.")
    because = serializers.CharField(
        max_length=300, help_text="The struggle, gap or barrier it answers."
    )
    sign = serializers.CharField(max_length=300, help_text="How they will see it at work.")


class NewAssignmentsSerializer(serializers.Serializer[None]):
    path = LearningReferenceSerializer(help_text="A published one.")
    people = PersonReferenceSerializer(many=True, help_text="At most 1,000.")
    outcome = LearningReferenceSerializer(help_text="One of the path's role: what it moves.")
    framing = FramingSerializer(help_text="The same for all of them.")
    starts_on = serializers.DateField(
        required=False,
        help_text="Left out: today. At most a year away. For who is yet to come: their first day.",
    )


class AssignmentSerializer(serializers.Serializer[None]):
    uid = serializers.UUIDField()
    person = PersonKeysSerializer()
    path = LearningKeysSerializer()
    outcome = LearningKeysSerializer()
    framing = FramingSerializer()
    status = serializers.ChoiceField(choices=Assignment.Status.choices)
    pause = serializers.ChoiceField(
        choices=Assignment.Pause.choices, allow_null=True, help_text="Why it is paused."
    )
    source = serializers.ChoiceField(  # type: ignore[assignment]
        choices=Assignment.Source.choices, help_text="How it came."
    )
    assigned_at = serializers.DateTimeField(help_text="In UTC, as all times here.")
    starts_on = serializers.DateField()
    first_win_due_on = serializers.DateField()
    first_win_at = serializers.DateTimeField(allow_null=True)
    paused_on = serializers.DateField(allow_null=True)
    completed_at = serializers.DateTimeField(allow_null=True)
    withdrawn_at = serializers.DateTimeField(allow_null=True)


class AssignmentsSerializer(serializers.Serializer[None]):
    assignments = AssignmentSerializer(many=True)
    next = serializers.CharField(allow_null=True)


class ReceiptSerializer(serializers.Serializer[None]):
    code = serializers.ChoiceField(
        choices=CODES,
        help_text=(
            "Why the step is in this plan or was set aside. The sentence that people read is not "
            "told: it names the level that was seen, and levels leave only once managers have "
            "calibrated them together."
        ),
    )


class PlanStepSerializer(serializers.Serializer[None]):
    uid = serializers.UUIDField(help_text="Of the step: the same in everybody's plan.")
    title = serializers.CharField()
    kind = serializers.ChoiceField(choices=Step.Kind.choices)
    state = serializers.ChoiceField(choices=PlanStep.State.choices)
    quick_win = serializers.BooleanField()
    receipt = ReceiptSerializer()


class AssignmentWithPlanSerializer(AssignmentSerializer):
    plan = PlanStepSerializer(many=True, help_text="In their order; what was set aside comes last.")


class ConcernSerializer(serializers.Serializer[None]):
    """Something the framing speaks of that is not work. It does not keep the path from anybody."""

    pointer = serializers.CharField(help_text="The part, as in `errors`: `#/framing/because`.")
    part = serializers.ChoiceField(choices=[*QUESTIONS])
    code = serializers.ChoiceField(choices=get_args(Code), help_text="What it speaks of.")
    words = serializers.CharField(help_text="What was found, as it was written.")
    reason = serializers.CharField()
    hint = serializers.CharField(help_text="How it could be said instead.")


class AssignedSerializer(serializers.Serializer[None]):
    assignments = AssignmentSerializer(many=True, help_text="The new ones, in the order of people.")
    already_assigned = PersonKeysSerializer(
        many=True, help_text="Who had the path open already, and keeps it as it is."
    )
    concerns = ConcernSerializer(many=True)
