"""What is stored about somebody's roles, paths and skills."""

from collections import defaultdict
from typing import Any

from learning.models import (
    Assignment,
    AssignmentRule,
    LearningRecord,
    Level,
    Observation,
    PathSuggestion,
    PlanStep,
    RoleHolding,
    RuleMatch,
)
from learning.receipts import sentences
from tenants.people.models import Person
from tenants.people.personal_copies import Contribution, named

THEIRS = "It says something about somebody else, and is in their copy."


def sections(person: Person, *, private: bool) -> dict[str, Any]:
    """Ten queries."""
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
        "learning.PathSuggestion.person": "path_suggestions",
        "learning.RuleMatch.person": "rules_applied",
        "learning.LearningRecord.person": "learning_records",
        "learning.AssignmentRule.created_by": "rules_written",
    },
    left_out={
        "learning.Assignment.assigned_by": THEIRS,
        "learning.Observation.observer": THEIRS,
        "learning.PathSuggestion.suggested_by": THEIRS,
        "learning.PathSuggestion.decided_by": THEIRS,
    },
)
