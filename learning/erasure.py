"""What erasing somebody does to learning, and the record that tells the feed's readers of it.

A record is written once; this is the one exception. It goes past the model on purpose: a record
that names somebody keeps its uid, kind, time, path and step, and of the person the uid alone, by
which a reader finds what to delete. `external_id` goes, too: it leads to a person in the HRIS.
"""

from collections.abc import Sequence
from typing import Any, Final

from learning.models import CalibratedLevel, LearningRecord, Recipient
from learning.signals import announce_records
from tenants.companies.connections import connection
from tenants.people.erasing.contributions import Erasing, Erasure
from tenants.people.erasing.identities import ERASED
from tenants.people.models import Person

OF_NOBODY: Final = {"external_id": None, "employee_number": None, "email": None}
CLAIM: Final = "payload #>> '{assignment,claim}'"
NAMELESS: Final = f"""
UPDATE learning_learningrecord SET person_id = NULL, assignment_id = NULL, payload = jsonb_set(
    CASE WHEN {CLAIM} IS NULL THEN payload ELSE jsonb_set(
        payload, '{{assignment,claim}}', to_jsonb(regexp_replace({CLAIM}, %s, %s, 'g'))
    ) END,
    '{{person}}',
    jsonb_build_object('uid', %s::text, 'external_id', NULL, 'employee_number', NULL, 'email', NULL)
)
WHERE person_id = %s
"""  # noqa: S608
OTHERS: Final = f"""
UPDATE learning_learningrecord SET payload = jsonb_set(
    payload, '{{assignment,claim}}', to_jsonb(regexp_replace({CLAIM}, %s, %s, 'gi'))
) WHERE {CLAIM} ~* %s AND {CLAIM} ~* %s
"""  # noqa: S608
FILLED_IN: Final = """
SELECT given.id FROM learning_assignment given
JOIN learning_assignmentrule rule ON rule.id = given.rule_id
JOIN people_person report ON report.id = given.person_id
WHERE report.manager_id = %s AND rule.claim || rule.because || rule.sign LIKE '%%{manager}%%'
"""
"""What a rule gave to their reports, with what colleagues call the manager filled in."""
IN_FRAMINGS: Final = f"""
UPDATE learning_assignment SET
    claim = left(regexp_replace(claim, %s, %s, 'g'), 200),
    because = left(regexp_replace(because, %s, %s, 'g'), 300),
    sign = left(regexp_replace(sign, %s, %s, 'g'), 300)
WHERE id IN ({FILLED_IN})
"""  # noqa: S608
IN_CLAIMS: Final = f"""
UPDATE learning_learningrecord SET payload = jsonb_set(
    payload, '{{assignment,claim}}', to_jsonb(regexp_replace({CLAIM}, %s, %s, 'g'))
) WHERE assignment_id IN ({FILLED_IN}) AND {CLAIM} IS NOT NULL
"""  # noqa: S608


def take_names_out(erasing: Erasing) -> None:
    """Of records, and of framings that a rule filled them into as the manager. Four statements."""
    own, pk = erasing.identity.own.finds, erasing.person.pk
    finds, rough = erasing.identity.pattern
    with connection.cursor() as cursor:
        cursor.execute(NAMELESS, [own, ERASED, erasing.identity.uid, pk])
        cursor.execute(IN_CLAIMS, [own, ERASED, pk])
        cursor.execute(IN_FRAMINGS, [own, ERASED] * 3 + [pk])
        cursor.execute(OTHERS, [finds, ERASED, rough, finds])


def tell_the_feed(erasing: Erasing) -> None:
    """One record, about no path, assignment or step: whoever reads it deletes what they have."""
    payload: dict[str, Any] = {
        "person": {"uid": erasing.identity.uid, **OF_NOBODY},
        "path": None,
        "assignment": None,
        "step": None,
    }
    LearningRecord.objects.create(
        kind=LearningRecord.Kind.PERSON_ERASED, occurred_at=erasing.now, payload=payload
    )
    announce_records()


def tells(person: Person) -> Sequence[str]:
    """Three queries."""
    records = LearningRecord.objects.filter(person=person).count()
    runs = Recipient.objects.filter(person=person).count()
    levels = CalibratedLevel.objects.filter(person=person).count()
    many = "1 learning record keeps" if records == 1 else f"{records:,} learning records keep"
    told = [
        f"{many} what happened and when, and not who: of the person the uid alone stays. Readers "
        "of the feed are told to delete what they have."
    ]
    if runs:
        told.append("Runs that gave many people a path keep their numbers.")
    if levels:
        told.append("Calibrations stay closed; what was agreed on stays, with fewer people in it.")
    return told


OF_LEARNING: Final = "What L&D wrote for everybody: it is changed by hand."
ERASURE = Erasure(
    goes={
        "learning.Assignment.person",
        "learning.PlanStep.assignment",
        "learning.CalibrationManager.manager",
        "learning.Observation.person",
        "learning.CalibratedLevel.person",
        "learning.AssignmentDraft.owner",
        "learning.AssignmentDraft_people.assignmentdraft",
        "learning.AssignmentDraft_people.person",
        "learning.Recipient.person",
        "learning.Recipient.assignment",
        "learning.RoleHolding.person",
        "learning.RuleMatch.person",
        "learning.PathSuggestion.person",
    },
    emptied={
        "learning.Assignment.assigned_by",
        "learning.AssignmentRule.created_by",
        "learning.AssignmentRun.sent_by",
        "learning.AssignmentRun.undone_by",
        "learning.CalibratedLevel.adjusted_by",
        "learning.Calibration.opened_by",
        "learning.Calibration.ended_by",
        "learning.LearningRecord.person",
        "learning.LearningRecord.assignment",
        "learning.Observation.observer",
        "learning.PathSuggestion.suggested_by",
        "learning.PathSuggestion.decided_by",
        "learning.RuleMatch.assignment",
    },
    scrubbed={
        *(f"learning.Assignment.{name}" for name in ("claim", "because", "sign")),
        *(f"learning.AssignmentDraft.{name}" for name in ("claim", "because", "sign")),
        *(f"learning.AssignmentRun.{name}" for name in ("claim", "because", "sign", "detail")),
        "learning.Calibration.agreed",
        "learning.Observation.context",
        "learning.PathSuggestion.because",
        "learning.PathSuggestion.answer",
        "learning.PlanStep.intention",
    },
    stays={
        "learning.LearningRecord": "A step takes the person out of each that is about them, and "
        "names out of claims.",
        "learning.PlanStep": "Why a step is there names skills and a number; of somebody erased "
        "the number leads nowhere, and the sentence says “your manager”.",
        **{
            f"learning.{name}": OF_LEARNING
            for name in (
                *("Role", "Outcome", "Skill", "RoleSkill", "Path", "PathVersion", "Step"),
                *("StepSkill", "StepFile", "AssignmentRule", "CalibrationSkill", "TitleRule"),
            )
        },
        "learning.Occupation": "It is O*NET's, and about no person.",
        "learning.OccupationTask": "It is O*NET's, and about no person.",
    },
    before=[take_names_out],
    after=[tell_the_feed],
    tells=tells,
)
