"""A manager's people at a glance: where each stands on their path, and how it goes in a word."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db import models
from django.db.models import Count, Max, Q
from django.utils import timezone

from learning.models import Assignment, PlanStep
from learning.reports import Clock, current_step, first_win_clock
from reinforcement.models import Conversation
from reinforcement.reports.team_words import Word, word_for
from tenants.people.models import EmploymentStatus, Person


@dataclass(frozen=True)
class Member:
    """Somebody in a team, with the path that says most about them now."""

    person: Person
    word: Word
    path: Assignment | None
    plan: tuple[PlanStep, ...]
    """The path's steps in their order, without those set aside."""
    clock: Clock | None
    talked_on: date | None
    """The last day on which the reader noted a talk with them."""
    leads: int
    """How many people report to them."""

    @property
    def asks(self) -> bool:
        """Whether their manager has something to do or to say now."""
        return self.word in (Word.NEW, Word.STUCK, Word.NO_PATH)

    @property
    def states(self) -> list[str]:
        return [plan_step.state for plan_step in self.plan]

    @property
    def current(self) -> PlanStep | None:
        """What they work on now; nothing where no path runs."""
        running = self.path and self.path.status in Assignment.RUNNING
        return current_step(self.plan) if running else None


def team_of(manager: Person, *, reader: Person, now: datetime) -> list[Member]:
    """Everybody who reports to this manager: who needs attention first, then by name.

    Talks are the reader's own, nobody else's. The path is the running one that moved last, else a
    paused one, else the last completed. Days are those of the active time zone. Four queries,
    however many people.
    """
    stays = ~Q(reports__employment_status=EmploymentStatus.TERMINATED)
    people: list[Person] = list(
        Person.objects.reports_of(manager)
        .annotate(leads=Count("reports", filter=stays))
        .order_by("family_name", "given_name", "pk")
    )
    paths = _paths(people)
    plans = _plans(paths.values())
    talks: dict[int, date] = dict(
        Conversation.objects.filter(manager=reader, report__in=people)
        .order_by()
        .values_list("report_id")
        .annotate(Max("held_on"))
    )
    today = timezone.localdate(now)
    members = []
    for person in people:
        path = paths.get(person.pk)
        members.append(
            Member(
                person=person,
                word=word_for(person, path, now),
                path=path,
                plan=plans[path.pk] if path else (),
                clock=first_win_clock(path, today=today) if path else None,
                talked_on=talks.get(person.pk),
                leads=person.leads,  # type: ignore[attr-defined]
            )
        )
    order = list(Word)
    return sorted(members, key=lambda member: order.index(member.word))


def words_in(team: Iterable[Member]) -> dict[Word, int]:
    """How many are meant by each word, in the order of attention; words for nobody are absent."""
    counts = Counter(member.word for member in team)
    return {word: counts[word] for word in Word if counts[word]}


def _paths(people: Iterable[Person]) -> dict[int, Assignment]:
    """Person id → the path that says most about them now."""
    order = [
        Q(status__in=Assignment.RUNNING),
        Q(status=Assignment.Status.PAUSED),
        Q(status=Assignment.Status.COMPLETED),
    ]
    rank = models.Case(*(models.When(which, then=place) for place, which in enumerate(order)))
    found = (
        Assignment.objects.filter(person__in=people)
        .exclude(status=Assignment.Status.WITHDRAWN)
        .select_related("path")
        .order_by("person_id", rank, "-moved_at", "-pk")
        .distinct("person_id")
    )
    return {path.person_id: path for path in found}


def _plans(paths: Iterable[Assignment]) -> dict[int, tuple[PlanStep, ...]]:
    """Assignment id → its steps, without those set aside."""
    plans: dict[int, tuple[PlanStep, ...]] = defaultdict(tuple)
    for plan_step in (
        PlanStep.objects.filter(assignment__in=[path.pk for path in paths])
        .exclude(state=PlanStep.State.SET_ASIDE)
        .select_related("step")
        .only("assignment_id", "state", "step__title", "step__effort")
        .order_by("assignment_id", "position")
    ):
        plans[plan_step.assignment_id] += (plan_step,)
    return plans
