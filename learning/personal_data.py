"""What is stored about somebody's roles, paths and skills."""

from collections import defaultdict
from typing import Any

from django.db.models import Max, Q

from learning.models import (
    Assignment,
    AssignmentDraft,
    AssignmentRule,
    AssignmentRun,
    CalibratedLevel,
    Calibration,
    LearningRecord,
    Level,
    Observation,
    PathSuggestion,
    PlanStep,
    Recipient,
    RoleHolding,
    RuleMatch,
)
from learning.receipts import sentences
from tenants.people.models import Person
from tenants.people.personal_copies import Contribution, named

THEIRS = "It says something about somebody else, and is in their copy."
THOUGHT_OF = "Somebody is only thinking of it; what they are given is in their paths."


def sections(person: Person, *, private: bool) -> dict[str, Any]:
    """Fifteen queries."""
    holdings = RoleHolding.objects.filter(person=person).select_related("role")
    matches = RuleMatch.objects.filter(person=person).select_related("rule")
    return {
        "roles": [
            {
                "role": holding.role.name,
                "starts_on": holding.starts_on,
                "ends_on": holding.ends_on,
                "source": holding.source,
                "created_at": holding.created_at,
            }
            for holding in holdings.order_by("starts_on", "pk")
        ],
        "paths": _paths(person),
        "skills_seen": _skills(person),
        "calibrated_levels": _calibrated(person),
        "calibrations": _calibrations(person),
        "path_suggestions": _suggestions(person),
        "rules_applied": [
            {"rule": match.rule.name, "matched_at": match.matched_at}
            for match in matches.order_by("matched_at", "pk")
        ],
        "learning_records": list(
            LearningRecord.objects.filter(person=person)
            .order_by("occurred_at", "pk")
            .values("uid", "kind", "occurred_at", "payload")
        ),
        "runs": _runs(person),
        "runs_sent": _runs_sent(person),
        "drafts": _drafts(person),
        "rules_written": list(
            AssignmentRule.objects.filter(created_by=person)
            .order_by("created_at", "pk")
            .values("name", "created_at")
        ),
    }


FRAMED = ("claim", "because", "sign")
MOMENTS = (
    "assigned_at",
    "starts_on",
    "first_win_due_on",
    "first_win_at",
    "moved_at",
    "completed_at",
    "paused_on",
    "withdrawn_at",
    "offered_at",
    "declined_at",
)


def _paths(person: Person) -> list[dict[str, Any]]:
    """Four queries: withdrawn ones, too."""
    plan_steps = list(
        PlanStep.objects.filter(assignment__person=person)
        .select_related("step")
        .order_by("assignment", "position", "pk")
    )
    receipts = sentences(plan_steps)
    steps: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for each in plan_steps:
        steps[each.assignment_id].append(
            {
                "title": each.step.title,
                "state": each.state,
                "quick_win": each.quick_win,
                "why": receipts[each.pk],
                "started_at": each.started_at,
                "done_at": each.done_at,
                "intention": each.intention,
            }
        )
    given = Assignment.objects.filter(person=person).select_related(
        "path", "outcome", "assigned_by", "rule"
    )
    return [
        {
            "uid": each.uid,
            "path": each.path.name,
            "outcome": each.outcome.name,
            **{name: getattr(each, name) for name in (*FRAMED, *MOMENTS)},
            "source": each.source,
            "assigned_by": named(each.assigned_by),
            "rule": each.rule.name if each.rule else None,
            "status": each.status,
            "pause": each.pause,
            "steps": steps[each.pk],
        }
        for each in given.order_by("assigned_at", "pk")
    ]


def _skills(person: Person) -> list[dict[str, Any]]:
    seen = Observation.objects.filter(person=person).select_related("skill", "observer")
    return [
        {
            "skill": each.skill.name,
            "level": each.level,
            "level_means": Level(each.level).label,
            "source": each.source,
            "observer": named(each.observer),
            "observed_on": each.observed_on,
            "context": each.context,
            "withdrawn_at": each.withdrawn_at,
            "created_at": each.created_at,
        }
        for each in seen.order_by("observed_on", "pk")
    ]


def _calibrated(person: Person) -> list[dict[str, Any]]:
    agreed = CalibratedLevel.objects.filter(person=person).select_related(
        "calibration__role", "skill", "held_as", "adjusted_by"
    )
    return [
        {
            "role": each.calibration.role.name,
            "skill": each.skill.name,
            "level": each.level,
            "level_means": Level(each.level).label,
            "meaning": each.held_as.looks_like(each.level),
            "seen_on": each.seen_on,
            "calibrated_at": each.calibration.ended_at,
            "is_adjusted": each.is_adjusted,
            "adjusted_from": each.adjusted_from,
            "adjusted_by": named(each.adjusted_by),
        }
        for each in agreed.order_by("pk")
    ]


def _calibrations(person: Person) -> list[dict[str, Any]]:
    """Those they opened, ended, or took part in."""
    known = Calibration.objects.filter(
        Q(opened_by=person) | Q(ended_by=person) | Q(participants__manager=person)
    ).annotate(done_at=Max("participants__done_at", filter=Q(participants__manager=person)))
    return [
        {
            "role": each.role.name,
            "state": each.state,
            "opened_at": each.opened_at,
            "opened": each.opened_by_id == person.pk,
            "ended_at": each.ended_at,
            "ended": each.ended_by_id == person.pk,
            "done_at": each.done_at,
        }
        for each in known.select_related("role").order_by("opened_at", "pk")
    ]


def _runs(person: Person) -> list[dict[str, Any]]:
    included = Recipient.objects.filter(person=person).select_related("run__path")
    return [
        {"path": each.run.path.name, "sent_at": each.run.sent_at, "became": each.became}
        for each in included.order_by("run__sent_at", "pk")
    ]


def _runs_sent(person: Person) -> list[dict[str, Any]]:
    sent = AssignmentRun.objects.filter(sent_by=person).select_related("path")
    return [
        {
            "path": each.path.name,
            "sent_at": each.sent_at,
            "chosen": each.chosen,
            "given": each.given,
            "state": each.state,
        }
        for each in sent.order_by("sent_at", "pk")
    ]


def _drafts(person: Person) -> list[dict[str, Any]]:
    drafts = AssignmentDraft.objects.filter(owner=person).select_related("path")
    return [
        {
            "path": each.path.name,
            **{name: getattr(each, name) for name in FRAMED},
            "created_at": each.created_at,
            "changed_at": each.changed_at,
        }
        for each in drafts.order_by("created_at", "pk")
    ]


def _suggestions(person: Person) -> list[dict[str, Any]]:
    made = PathSuggestion.objects.filter(person=person).select_related(
        "path", "suggested_by", "decided_by"
    )
    return [
        {
            "path": each.path.name,
            "because": each.because,
            "suggested_by": named(each.suggested_by),
            "suggested_at": each.suggested_at,
            "state": each.state,
            "decided_by": named(each.decided_by),
            "decided_at": each.decided_at,
            "answer": each.answer,
        }
        for each in made.order_by("suggested_at", "pk")
    ]


CONTRIBUTION = Contribution(
    sections,
    covers={
        "learning.RoleHolding.person": "roles",
        "learning.Assignment.person": "paths",
        "learning.PlanStep.assignment": "paths",
        "learning.Observation.person": "skills_seen",
        "learning.CalibratedLevel.person": "calibrated_levels",
        "learning.Calibration.opened_by": "calibrations",
        "learning.Calibration.ended_by": "calibrations",
        "learning.CalibrationManager.manager": "calibrations",
        "learning.PathSuggestion.person": "path_suggestions",
        "learning.RuleMatch.person": "rules_applied",
        "learning.LearningRecord.person": "learning_records",
        "learning.AssignmentRule.created_by": "rules_written",
        "learning.AssignmentDraft.owner": "drafts",
        "learning.AssignmentRun.sent_by": "runs_sent",
        "learning.Recipient.person": "runs",
    },
    left_out={
        "learning.Assignment.assigned_by": THEIRS,
        "learning.AssignmentDraft.people": THOUGHT_OF,
        "learning.AssignmentRun.undone_by": THEIRS,
        "learning.Observation.observer": THEIRS,
        "learning.CalibratedLevel.adjusted_by": THEIRS,
        "learning.CalibrationSkill": "It holds the words of skills, and is about nobody.",
        "learning.PathSuggestion.suggested_by": THEIRS,
        "learning.PathSuggestion.decided_by": THEIRS,
    },
)
