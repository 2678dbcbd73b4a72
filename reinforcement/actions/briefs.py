"""Writes the briefs that are due, each with its delivery, set-based for a whole company."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db import transaction
from django.db.models import Min

from learning.copying import copy_rows
from reinforcement.actions.outbox import put_in_outbox
from reinforcement.drafts import Topic, draft, minutes_for
from reinforcement.facts import BriefFacts, gather
from reinforcement.models import Brief, BriefItem, Delivery
from reinforcement.reports.coming import decided_weeks
from reinforcement.rhythms import is_paused, rhythm_of
from reinforcement.schedules import Week
from tenants.companies.context import current_company
from tenants.companies.identifiers import insert_new, new_uid
from tenants.companies.models import Company
from tenants.people.models import EmploymentStatus, Person

State, Reason, Kind = Brief.State, Brief.Reason, Delivery.Kind
AT_ONCE: Final = 1_000  # managers in a transaction: what is written is on its way, memory is flat
ITEM_FIELDS: Final = (
    *("uid", "brief", "report", "assignment", "plan_step", "position"),
    *("why", "moment", "moved", "prompt", "question"),
)


@dataclass(frozen=True)
class Due:
    """A manager's week whose moment has come, and that nothing was decided about yet."""

    manager: Person
    week: Week


def write_due_briefs(*, now: datetime) -> list[Brief]:
    """Decide every manager's week that is due: written, skipped with the reason, or missed.

    One brief per manager and ISO week, whatever happens: the database keeps it so, and a second
    scheduler finds nothing left to do. Returns the briefs written by this call. Two queries where
    nothing is due, else thirteen more for each thousand managers.
    """
    company = current_company()
    written: list[Brief] = []
    for batch in _batches(_undecided(company, now)):
        written += _write(company, batch, now)
    return written


def _undecided(company: Company, now: datetime) -> list[Due]:
    """Weeks that have come and have no brief yet, a manager's earlier week first. Two queries."""
    managers = (
        Person.objects.exclude(
            employment_status__in=[EmploymentStatus.TERMINATED, EmploymentStatus.PREHIRE]
        )
        .annotate(leads_since=Min("reports__updated_at"))
        .exclude(leads_since=None)
        .select_related("channel_preference")
        .only("email", "employment_status", "time_zone", "created_at", "channel_preference")
        .order_by("pk")
    )
    decided = decided_weeks(now=now)
    return [
        Due(manager, week)
        for manager in managers
        for week in rhythm_of(manager, company).weeks_to_decide(now)
        if (manager.pk, week.year, week.number) not in decided
        and _led_then(manager, manager.leads_since, week, now)
    ]


def _led_then(manager: Person, leads_since: datetime, week: Week, now: datetime) -> bool:
    """A week that is past is nobody's who did not lead then, or was not here yet.

    Somebody leads at least since the oldest change of a report.
    """
    if week.is_over(week.due_at, manager.zone) and week.is_over(manager.created_at, manager.zone):
        return False
    return week.is_due(now) or leads_since <= week.due_at


def _batches(due: Sequence[Due]) -> Iterator[Sequence[Due]]:
    """Each manager once in a batch, so that a week knows what the one before it said."""
    seen: set[int] = set()
    first: list[Due] = []
    second: list[Due] = []
    for each in due:
        (second if each.manager.pk in seen else first).append(each)
        seen.add(each.manager.pk)
    for turn in (first, second):
        for start in range(0, len(turn), AT_ONCE):
            yield turn[start : start + AT_ONCE]


@transaction.atomic
def _write(company: Company, due: Sequence[Due], now: datetime) -> list[Brief]:
    facts = gather([each.manager.pk for each in due if not _reason(each, now)], now=now)
    decided = [_decide(facts, company, each, now) for each in due]
    topics = {brief.uid: about for brief, about in decided}
    inserted = insert_new([brief for brief, _ in decided])
    copy_rows(
        BriefItem,
        ITEM_FIELDS,
        (
            _cells(brief, position, topic)
            for brief in inserted
            for position, topic in enumerate(topics[brief.uid])
        ),
    )
    written = [brief for brief in inserted if brief.state == State.WRITTEN]
    put_in_outbox(Kind.BRIEF, [(brief, brief.manager) for brief in written], now=now)
    return written


def _reason(due: Due, now: datetime) -> Brief.Reason | None:
    """Why there is no brief, whoever there would be to talk about."""
    if due.week.is_missed(now):
        return Reason.LATE
    if due.manager.employment_status == EmploymentStatus.LEAVE:
        return Reason.LEAVE
    return Reason.PAUSED if is_paused(due.manager, due.week.due_at) else None


def _decide(
    facts: BriefFacts, company: Company, due: Due, now: datetime
) -> tuple[Brief, list[Topic]]:
    """What becomes of the week, and the people in it; not stored yet."""
    brief = Brief(
        manager=due.manager,
        iso_year=due.week.year,
        iso_week=due.week.number,
        due_at=due.week.due_at,
        written_at=now,
        state=State.SKIPPED,
        reason=_reason(due, now) or "",
    )
    if brief.reason == Reason.LATE:
        brief.state = State.MISSED
    if brief.reason:
        return brief, []
    if not facts.candidates.get(due.manager.pk):
        brief.reason = Reason.NOBODY
        return brief, []
    topics, brief.also = draft(facts, due.manager, company.brief_size, now)
    brief.minutes = minutes_for(facts, topics)
    brief.state = State.WRITTEN
    return brief, topics


def _cells(brief: Brief, position: int, topic: Topic) -> tuple[object, ...]:
    """One row of `ITEM_FIELDS`."""
    return (
        new_uid(),
        brief.pk,
        topic.report_id,
        topic.assignment_id,
        topic.plan_step_id,
        position,
        topic.why.value,
        topic.moment.value,
        json.dumps(topic.moved),
        topic.prompt_id,
        topic.question_id,
    )
