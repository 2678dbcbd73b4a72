"""What a manager reads: this week's brief as it stands now."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q

from learning.models import Assignment, PlanStep
from reinforcement.models import Answer, Brief, BriefItem, Choice, Conversation
from reinforcement.reports.coming import CURRENT, coming_week, current_brief, recent_briefs
from reinforcement.reports.items import items_of
from reinforcement.rhythms import preference_of
from tenants.people.models import Person
from tenants.people.onlookers import is_looked_on


@dataclass(frozen=True)
class Card:
    """One report of the week: the item, how their plan stands, and the question's choices."""

    item: BriefItem
    states: list[str]
    choices: list[Choice]
    answer: Answer | None
    talked: Conversation | None
    intended: PlanStep | None = None
    """The step whose line, what they will try at work, is the one to talk about."""
    tried: PlanStep | None = None
    """Of the steps that the brief says were done, the last one with such a line."""

    @property
    def intention(self) -> str:
        return self.intended.intention if self.intended else ""

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
    paused_until: date | None = None

    @property
    def asked(self) -> int:
        """How many questions there are."""
        return sum(bool(card.choices) for card in self.cards)

    @property
    def answered(self) -> int:
        return sum(card.answer is not None for card in self.cards)

    def card_of(self, item: BriefItem) -> Card | None:
        return next((card for card in self.cards if card.item.pk == item.pk), None)

    @property
    def done(self) -> bool:
        """Everything answered: nothing else asks for attention."""
        return bool(self.cards) and not any(card.open for card in self.cards)


def this_week(manager: Person, *, now: datetime, also: bool = True) -> ThisWeek:
    """The manager's latest brief of the last seven days. Seven queries, however many people; a
    query less without whom the brief names in one line (`also`).

    Whoever reports to somebody else by now, has left or lost the path is not in it any more.
    """
    briefs = recent_briefs(manager, now=now)
    brief = current_brief(briefs, now=now)
    next_at = max(coming_week(manager, now=now, decided=briefs).due_at, now)
    preference = preference_of(manager)
    paused_until = preference.paused_until if preference else None
    if brief is None or brief.state != Brief.State.WRITTEN:
        return ThisWeek(brief, [], [], next_at, paused_until)
    return ThisWeek(brief, cards_of(brief), also_in(brief) if also else [], next_at, paused_until)


def cards_of(brief: Brief) -> list[Card]:
    """The brief as it stands now, a card per report, in order. Four queries."""
    items = list(items_of(brief.manager).filter(brief=brief).order_by("position"))
    plans: dict[int, list[PlanStep]] = defaultdict(list)
    for plan_step in (
        PlanStep.objects.filter(assignment__in=[item.assignment_id for item in items])
        .exclude(state=PlanStep.State.SET_ASIDE)
        .select_related("step")
        .only("assignment_id", "state", "done_at", "intention", "step__title")
        .order_by("assignment", "position")
    ):
        plans[plan_step.assignment_id].append(plan_step)
    talks = _talks(brief, items)
    return [_card(item, plans[item.assignment_id], talks.get(item.report_id)) for item in items]


def talk_about(item: BriefItem) -> Conversation | None:
    """The conversation that the card of this item shows, if there is one. One query."""
    return _talks(item.brief, [item]).get(item.report_id)


def also_in(brief: Brief) -> list[Person]:
    """Who gets one line, as far as they are still in the team. One query."""
    return list(Person.objects.reports_of(brief.manager).filter(pk__in=brief.also))


def has_a_week(person: Person) -> bool:
    """Whether there is, or was, anything for this manager to talk about. One query."""
    found: bool = (
        Person.objects.reports_of(person)
        .filter(Q(assignments__status__in=Assignment.OPEN) | Q(manager__briefs__isnull=False))
        .exists()
    )
    return found


def next_brief_at(manager: Person, *, now: datetime) -> datetime:
    """The next moment (UTC) a brief comes on this manager's clock. Two queries."""
    decided = recent_briefs(manager, now=now)
    return max(coming_week(manager, now=now, decided=decided).due_at, now)


def _talks(brief: Brief, items: list[BriefItem]) -> dict[int, Conversation]:
    """Report id → the latest conversation this manager had about an item, or since its brief.

    Only the manager's own: nobody else's notes are ever read here.
    """
    since = brief.due_at.astimezone(brief.manager.zone).date()
    mine = Conversation.objects.filter(
        manager=brief.manager_id, report__in=[item.report_id for item in items]
    )
    talks = mine.filter(Q(item__in=items) | Q(held_on__gte=since)).order_by("held_on", "id")
    return {talk.report_id: talk for talk in talks}


def _card(item: BriefItem, plan: list[PlanStep], talked: Conversation | None) -> Card:
    """Of the manager's own notes nothing, while an operator reads in their name."""
    answer: Answer | None = getattr(item, "answer", None)
    for noted in (answer, talked):
        if noted is not None and is_looked_on():
            noted.note = ""
    return Card(
        item=item,
        states=[plan_step.state for plan_step in plan],
        choices=list(item.question.choices.all()) if item.question else [],
        answer=answer,
        talked=talked,
        intended=_intended(item, plan),
        tried=_tried(item, plan),
    )


def _intended(item: BriefItem, plan: list[PlanStep]) -> PlanStep | None:
    """The featured step where it has a line, else what was done last since the week before."""
    since = item.brief.due_at - CURRENT
    lines = [plan_step for plan_step in plan if plan_step.intention]
    done = [each for each in lines if each.done_at and each.done_at >= since]
    featured = (each for each in lines if each.pk == item.plan_step_id)
    return next(featured, max(done, key=lambda each: each.done_at or since, default=None))


def _tried(item: BriefItem, plan: list[PlanStep]) -> PlanStep | None:
    done = [
        (plan_step.done_at, plan_step)
        for plan_step in plan
        if plan_step.state == PlanStep.State.DONE and plan_step.intention
        if plan_step.done_at and plan_step.done_at <= item.brief.written_at
        if plan_step.step.title in item.moved
    ]
    return max(done, key=lambda each: each[0], default=(None, None))[1]
