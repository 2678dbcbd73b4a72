"""What briefs are written from, loaded for any number of managers at once."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import cast

from learning.models import Assignment, PlanStep, StepSkill
from learning.reports import current_step
from reinforcement.models import BriefItem, Prompt, Question
from reinforcement.selection import Candidate, PromptFacts
from tenants.people.models import EmploymentStatus

SAME_PROMPT_AFTER = timedelta(weeks=8)
NEW = timedelta(days=30)  # since the hire
Pair = tuple[int, int]  # manager id, report id


@dataclass(frozen=True)
class BriefFacts:
    """`candidates` by manager; `used` prompts and `asked` questions by manager and report."""

    candidates: dict[int, list[Candidate]]
    prompts: list[PromptFacts]
    questions: dict[int, list[int]]
    used: dict[Pair, frozenset[int]]
    asked: dict[Pair, dict[int, datetime]]
    words: dict[int, int]

    def lengths(self, items: Sequence[BriefItem]) -> list[int]:
        """How many words each item's prompt has."""
        return [self.words.get(item.prompt_id or 0, 0) for item in items]


def gather(managers: Sequence[int], *, now: datetime) -> BriefFacts:
    """Everything about these managers' reports. Six queries, however many managers."""
    used, asked, featured = _history(managers, now)
    prompts = list(
        Prompt.objects.filter(active=True).values_list(
            "id", "moment", "skill_id", "outcome_id", "role_id", "text"
        )
    )
    questions: dict[int, list[int]] = defaultdict(list)
    for pk, skill in Question.objects.filter(active=True).values_list("id", "skill_id"):
        questions[skill].append(pk)
    return BriefFacts(
        candidates=_candidates(managers, featured, now),
        prompts=[PromptFacts(*row[:5]) for row in prompts],
        questions=dict(questions),
        used=used,
        asked=asked,
        words={row[0]: len(row[5].split()) for row in prompts},
    )


def _history(
    managers: Sequence[int], now: datetime
) -> tuple[dict[Pair, frozenset[int]], dict[Pair, dict[int, datetime]], dict[Pair, datetime]]:
    """Prompts used within eight weeks, questions asked, and when each report was last featured."""
    used: dict[Pair, set[int]] = defaultdict(set)
    asked: dict[Pair, dict[int, datetime]] = defaultdict(dict)
    featured: dict[Pair, datetime] = {}
    rows = (
        BriefItem.objects.filter(brief__manager__in=managers)
        .order_by("brief__due_at")
        .values_list("brief__manager_id", "report_id", "prompt_id", "question_id", "brief__due_at")
    )
    for manager, report, prompt, question, due_at in rows:
        pair = cast(Pair, (manager, report))
        featured[pair] = due_at
        if question:
            asked[pair][question] = due_at
        if prompt and due_at > now - SAME_PROMPT_AFTER:
            used[pair].add(prompt)
    return {pair: frozenset(prompts) for pair, prompts in used.items()}, asked, featured


def _candidates(
    managers: Sequence[int], featured: dict[Pair, datetime], now: datetime
) -> dict[int, list[Candidate]]:
    """Reports at work with a running assignment, one candidate each: the one that moved last."""
    assignments = (
        Assignment.objects.filter(
            person__manager__in=managers,
            person__employment_status=EmploymentStatus.ACTIVE,
            status__in=Assignment.RUNNING,
        )
        .select_related("person", "path")
        .order_by("person_id", "-moved_at", "-id")
        .distinct("person_id")
    )
    plans: dict[int, list[PlanStep]] = defaultdict(list)
    running = list(assignments)
    for plan_step in (
        PlanStep.objects.filter(assignment__in=[a.pk for a in running])
        .exclude(state=PlanStep.State.SET_ASIDE)
        .select_related("step")
        .order_by("assignment_id", "position")
    ):
        plans[plan_step.assignment_id].append(plan_step)
    skills: dict[int, set[int]] = defaultdict(set)
    steps = {plan_step.step_id for plan in plans.values() for plan_step in plan}
    for step, skill in StepSkill.objects.filter(step__in=steps).values_list("step_id", "skill_id"):
        skills[step].add(skill)
    candidates: dict[int, list[Candidate]] = defaultdict(list)
    for assignment in running:
        manager = assignment.person.manager_id
        assert manager is not None  # noqa: S101  # the filter above says so
        last = featured.get((manager, assignment.person_id))
        candidates[manager].append(_candidate(assignment, plans[assignment.pk], skills, last, now))
    return candidates


def _candidate(
    assignment: Assignment,
    plan: list[PlanStep],
    skills: dict[int, set[int]],
    last_featured_at: datetime | None,
    now: datetime,
) -> Candidate:
    since = max(last_featured_at or assignment.assigned_at, now - timedelta(days=7))
    current = current_step(plan)
    hired_on = assignment.person.rehired_on or assignment.person.hired_on
    won = assignment.first_win_at
    return Candidate(
        report=assignment.person_id,
        assignment=assignment.pk,
        is_new_without_win=won is None and hired_on is not None and hired_on >= now.date() - NEW,
        moved_at=assignment.moved_at,
        done_since=tuple(p.step.title for p in plan if p.done_at and p.done_at >= since),
        first_win_since=won is not None and won >= since,
        started=assignment.status == Assignment.Status.IN_PROGRESS,
        last_featured_at=last_featured_at,
        plan_step=current.pk if current else None,
        skills=frozenset(skills[current.step_id]) if current else frozenset(),
        outcome=assignment.outcome_id,
        role=assignment.path.role_id,
    )
