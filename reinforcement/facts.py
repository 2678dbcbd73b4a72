"""What briefs are written from, loaded for any number of managers at once."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final, NamedTuple, overload

from django.contrib.postgres.aggregates import ArrayAgg, JSONBAgg
from django.db.models import Case, FloatField, Func, JSONField, Max, Q, QuerySet, Value, When

from learning.models import Assignment, PlanStep, StepSkill
from reinforcement.models import BriefItem, Prompt, Question
from reinforcement.selection import Candidate, PromptFacts, Prompts
from tenants.people.models import EmploymentStatus

SAME_PROMPT_AFTER = timedelta(weeks=8)
REMEMBERED = timedelta(weeks=52)  # what was said or asked before that counts as never
LATELY = timedelta(days=7)
NEW = timedelta(days=30)  # since the hire
State = PlanStep.State
Pair = tuple[int, int]  # manager id, report id

REPORT: Final = (
    *("id", "person_id", "person__manager_id", "person__hired_on", "person__rehired_on"),
    *("status", "outcome_id", "path__role_id", "began", "moved", "won"),
)


def is_new(hired_on: date | None, now: datetime) -> bool:
    """Whether somebody came, or came back, in the last thirty days."""
    return hired_on is not None and hired_on >= now.date() - NEW


class Epoch(Func):
    """Seconds since 1970: of thousands of rows, Django takes longest to read the timestamps."""

    template = "EXTRACT(EPOCH FROM %(expressions)s)::float8"
    output_field = FloatField()


@overload
def moment(epoch: float) -> datetime: ...
@overload
def moment(epoch: None) -> None: ...
def moment(epoch: float | None) -> datetime | None:
    """What `Epoch` was made of, to the microsecond."""
    return None if epoch is None else datetime.fromtimestamp(epoch, UTC)


class Past(NamedTuple):
    """Of a manager and a report: when they last were in a brief, and what it said and asked."""

    featured_at: datetime | None = None
    used: frozenset[int] = frozenset()  # prompts of the last eight weeks, also those swapped away
    asked: Sequence[int] = ()  # questions in the order they were asked, the latest last


NOTHING: Final = Past()


@dataclass(frozen=True)
class BriefFacts:
    """`candidates` by manager, `past` by manager and report, `words` and `questions` by id."""

    candidates: dict[int, list[Candidate]]
    past: dict[Pair, Past]
    prompts: Prompts
    questions: dict[int, list[int]]
    words: dict[int, int]

    def past_of(self, manager: int, report: int) -> Past:
        return self.past.get((manager, report), NOTHING)

    def lengths(self, prompts: Iterable[int | None]) -> list[int]:
        """How many words each prompt (id) has; none is none."""
        return [self.words.get(prompt or 0, 0) for prompt in prompts]


def gather(managers: Sequence[int], *, now: datetime) -> BriefFacts:
    """Everything about these managers' reports. Seven queries, however many managers."""
    past = _past(managers, now)
    prompts = list(
        Prompt.objects.filter(active=True).values_list(
            "id", "moment", "skill_id", "outcome_id", "role_id", "text"
        )
    )
    questions: dict[int, list[int]] = defaultdict(list)
    for pk, skill in Question.objects.filter(active=True).values_list("id", "skill_id"):
        questions[skill].append(pk)
    return BriefFacts(
        candidates=_candidates(managers, past, now),
        past=past,
        prompts=Prompts(PromptFacts(*row[:5]) for row in prompts),
        questions=dict(questions),
        words={row[0]: len(row[5].split()) for row in prompts},
    )


def _past(managers: Sequence[int], now: datetime) -> dict[Pair, Past]:
    """One row per pair, however many weeks: PostgreSQL puts them together."""
    lately = Q(brief__due_at__gt=now - SAME_PROMPT_AFTER)
    rows = (
        BriefItem.objects.filter(brief__manager__in=managers, brief__due_at__gt=now - REMEMBERED)
        .order_by()
        .values_list("brief__manager_id", "report_id")
        .annotate(
            featured_at=Epoch(Max("brief__due_at")),
            used=ArrayAgg("prompt_id", filter=lately & Q(prompt__isnull=False), default=Value([])),
            seen=JSONBAgg(
                "prompts_seen",
                filter=lately & ~Q(prompts_seen=[]),
                default=Value([], JSONField()),
            ),
            asked=ArrayAgg(
                "question_id",
                filter=Q(question__isnull=False),
                order_by="brief__due_at",
                default=Value([]),
            ),
        )
    )
    return {
        (manager, report): Past(moment(featured_at), frozenset(used).union(*seen), asked)
        for manager, report, featured_at, used, seen, asked in rows
    }


def _candidates(
    managers: Sequence[int], past: dict[Pair, Past], now: datetime
) -> dict[int, list[Candidate]]:
    """Reports at work with a running assignment, one candidate each: the one that moved last."""
    running = (
        Assignment.objects.filter(
            person__manager__in=managers,
            person__employment_status=EmploymentStatus.ACTIVE,
            status__in=Assignment.RUNNING,
        )
        .order_by("person_id", "-moved_at", "-id")
        .distinct("person_id")
        .annotate(began=Epoch("assigned_at"), moved=Epoch("moved_at"), won=Epoch("first_win_at"))
        .values_list(*REPORT, named=True)
    )
    plans = PlanStep.objects.filter(
        assignment__person__manager__in=managers, assignment__status__in=Assignment.RUNNING
    )
    current, done = _current_steps(plans), _done_lately(plans, now)
    skills = _skills({step for _, step in current.values()})
    candidates: dict[int, list[Candidate]] = defaultdict(list)
    for each in running:
        featured_at = past.get((each.person__manager_id, each.person_id), NOTHING).featured_at
        since = max(featured_at or moment(each.began), now - LATELY)
        won, hired_on = moment(each.won), each.person__rehired_on or each.person__hired_on
        plan_step, step = current.get(each.id, (None, None))
        candidates[each.person__manager_id].append(
            Candidate(
                report=each.person_id,
                assignment=each.id,
                is_new_without_win=won is None and is_new(hired_on, now),
                moved_at=moment(each.moved),
                done_since=tuple(title for title, at in done.get(each.id, ()) if at >= since),
                first_win_since=won is not None and won >= since,
                started=each.status == Assignment.Status.IN_PROGRESS,
                last_featured_at=featured_at,
                plan_step=plan_step,
                skills=skills.get(step, frozenset()),
                outcome=each.outcome_id,
                role=each.path__role_id,
            )
        )
    return candidates


def _current_steps(plans: QuerySet[PlanStep]) -> dict[int, tuple[int, int]]:
    """Assignment → its plan step and step: the one being done, else the next one to do."""
    doing_first = Case(When(state=State.DOING, then=Value(0)), default=Value(1))
    rows = (
        plans.filter(state__in=[State.DOING, State.TO_DO])
        .order_by("assignment_id", doing_first, "position", "id")
        .distinct("assignment_id")
        .values_list("assignment_id", "id", "step_id")
    )
    return {assignment: (plan_step, step) for assignment, plan_step, step in rows}


def _done_lately(plans: QuerySet[PlanStep], now: datetime) -> dict[int, list[tuple[str, datetime]]]:
    """Assignment → the titles of the steps done in the last seven days, in their order."""
    done: dict[int, list[tuple[str, datetime]]] = defaultdict(list)
    for assignment, title, at in (
        plans.filter(done_at__gte=now - LATELY)
        .exclude(state=State.SET_ASIDE)
        .order_by("assignment_id", "position", "id")
        .values_list("assignment_id", "step__title", Epoch("done_at"))
    ):
        done[assignment].append((title, moment(at)))
    return done


def _skills(steps: Iterable[Any]) -> dict[Any, frozenset[int]]:
    """Step → the skills it raises."""
    skills: dict[int, set[int]] = defaultdict(set)
    for step, skill in StepSkill.objects.filter(step__in=steps).values_list("step_id", "skill_id"):
        skills[step].add(skill)
    return {step: frozenset(raised) for step, raised in skills.items()}
