"""What a manager reads: this week's brief as it stands now."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q, QuerySet

from learning.models import Assignment, PlanStep
from reinforcement.models import Answer, Brief, BriefItem, Choice
from reinforcement.rhythms import rhythm_of
from tenants.companies.context import current_company
from tenants.people.models import Person

CURRENT = timedelta(days=7)


@dataclass(frozen=True)
class Card:
    """One report of the week: the item, how their plan stands, and the question's choices."""

    item: BriefItem
    states: list[str]
    choices: list[Choice]
    answer: Answer | None

    @property
    def prompt(self) -> str:
        return self.item.prompt.said_about(self.item.report.called) if self.item.prompt else ""

    @property
    def question(self) -> str:
        return self.item.question.asked_about(self.item.report.called) if self.item.question else ""

    @property
    def steps_done(self) -> int:
        return self.states.count(PlanStep.State.DONE)

    @property
    def open(self) -> bool:
        """Whether it still asks for something."""
        return bool(self.choices) and self.answer is None


@dataclass(frozen=True)
class ThisWeek:
    """A manager's week: the current brief, if there is one, and when the next one comes."""

    brief: Brief | None
    cards: list[Card]
    also: list[Person]
    next_at: datetime

    @property
    def done(self) -> bool:
        """Everything answered: nothing else asks for attention."""
        return bool(self.cards) and not any(card.open for card in self.cards)


def this_week(manager: Person, *, now: datetime) -> ThisWeek:
    """The manager's latest brief of the last seven days. Five queries, however many people.

    Whoever reports to somebody else by now, has left or lost the path is not in it any more.
    """
    next_at = next_brief_at(manager, now=now)
    brief = (
        Brief.objects.filter(manager=manager, due_at__gt=now - CURRENT, due_at__lte=now)
        .select_related("manager")
        .order_by("-due_at")
        .first()
    )
    if brief is None or brief.state != Brief.State.WRITTEN:
        return ThisWeek(brief, [], [], next_at)
    return ThisWeek(brief, cards_of(brief), also_in(brief), next_at)


def cards_of(brief: Brief) -> list[Card]:
    """The brief as it stands now, a card per report, in order. Three queries."""
    items = list(items_of(brief.manager).filter(brief=brief).order_by("position"))
    states: dict[int, list[str]] = defaultdict(list)
    for assignment, state in (
        PlanStep.objects.filter(assignment__in=[item.assignment_id for item in items])
        .exclude(state=PlanStep.State.SET_ASIDE)
        .order_by("assignment", "position")
        .values_list("assignment_id", "state")
    ):
        states[assignment].append(state)
    return [_card(item, states[item.assignment_id]) for item in items]


def also_in(brief: Brief) -> list[Person]:
    """Who gets one line, as far as they are still in the team. One query."""
    return list(Person.objects.reports_of(brief.manager).filter(pk__in=brief.also))


def items_of(manager: Person) -> QuerySet[BriefItem]:
    """The items a manager may read and answer: of their own briefs, about who is in their team."""
    return (
        BriefItem.objects.filter(
            brief__manager=manager, report__in=Person.objects.reports_of(manager)
        )
        .exclude(assignment__status=Assignment.Status.WITHDRAWN)
        .select_related(
            "brief",
            "report",
            "assignment",
            "plan_step__step",
            "prompt",
            "question__skill",
            "answer",
        )
        .prefetch_related("question__choices")
    )


def has_a_week(person: Person) -> bool:
    """Whether there is, or was, anything for this manager to talk about. One query."""
    found: bool = (
        Person.objects.reports_of(person)
        .filter(Q(assignments__status__in=Assignment.OPEN) | Q(manager__briefs__isnull=False))
        .exists()
    )
    return found


def next_brief_at(manager: Person, *, now: datetime) -> datetime:
    """The next moment (UTC) a brief is due on this manager's clock."""
    return rhythm_of(manager, current_company()).next_at(now)


def _card(item: BriefItem, states: list[str]) -> Card:
    return Card(
        item=item,
        states=states,
        choices=list(item.question.choices.all()) if item.question else [],
        answer=getattr(item, "answer", None),
    )
