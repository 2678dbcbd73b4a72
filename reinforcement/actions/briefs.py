"""Writes the briefs that are due, each with its delivery, set-based for a whole company."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Min

from reinforcement import selection
from reinforcement.actions.outbox import put_in_outbox
from reinforcement.facts import BriefFacts, gather
from reinforcement.models import Brief, BriefItem, Delivery
from reinforcement.rhythms import preference_of, rhythm_of
from reinforcement.schedules import Week
from tenants.companies.context import current_company
from tenants.companies.models import Company
from tenants.people.models import EmploymentStatus, Person

State, Reason, Kind = Brief.State, Brief.Reason, Delivery.Kind


def write_due_briefs(*, now: datetime) -> list[Brief]:
    """Decide every manager's week that is due: written, skipped with the reason, or missed.

    One brief per manager and ISO week, whatever happens: the database keeps it so, and a second
    scheduler finds nothing left to do. Returns the briefs written by this call. The number of
    queries does not grow with managers.
    """
    company = current_company()
    written: list[Brief] = []
    for week, managers in _undecided(company, now).items():
        written += _write(company, week, managers, now)
    return written


def _undecided(company: Company, now: datetime) -> dict[Week, list[Person]]:
    """Managers whose week has come and has no brief yet, by week. Two queries.

    A week that is past is nobody's who did not lead then: somebody leads at least since the oldest
    change of a report.
    """
    managers = list(
        Person.objects.exclude(
            employment_status__in=[EmploymentStatus.TERMINATED, EmploymentStatus.PREHIRE]
        )
        .annotate(leads_since=Min("reports__updated_at"))
        .exclude(leads_since=None)
        .select_related("channel_preference")
        .order_by("pk")
    )
    decided = set(
        Brief.objects.filter(due_at__gte=now - timedelta(days=15)).values_list(
            "manager_id", "iso_year", "iso_week"
        )
    )
    weeks: dict[Week, list[Person]] = {}
    for manager in managers:
        for week in rhythm_of(manager, company).weeks_to_decide(now):
            led_then = week.is_due(now) or manager.leads_since <= week.due_at
            if led_then and (manager.pk, week.year, week.number) not in decided:
                weeks.setdefault(week, []).append(manager)
    return weeks


@transaction.atomic
def _write(company: Company, week: Week, managers: Sequence[Person], now: datetime) -> list[Brief]:
    if week.is_missed(now):
        _insert([_brief(m, week, now, State.MISSED, Reason.LATE) for m in managers])
        return []
    away = [m for m in managers if m.employment_status == EmploymentStatus.LEAVE]
    _insert([_brief(m, week, now, State.SKIPPED, Reason.LEAVE) for m in away])
    resting = [m for m in managers if m not in away and _is_paused(m, week)]
    _insert([_brief(m, week, now, State.SKIPPED, Reason.PAUSED) for m in resting])
    here = [m for m in managers if m not in away and m not in resting]
    facts = gather([m.pk for m in here], now=now)
    alone = [m for m in here if not facts.candidates.get(m.pk)]
    _insert([_brief(m, week, now, State.SKIPPED, Reason.NOBODY) for m in alone])
    drafts = {m.pk: _draft(facts, m, company.brief_size, now) for m in here if m not in alone}
    briefs = _insert(
        [
            _brief(m, week, now, State.WRITTEN, minutes=_minutes(facts, items), also=also)
            for m in here
            if m.pk in drafts
            for items, also in [drafts[m.pk]]
        ]
    )
    for brief in briefs:
        for item in drafts[brief.manager_id][0]:
            item.brief = brief
    BriefItem.objects.bulk_create(item for brief in briefs for item in drafts[brief.manager_id][0])
    put_in_outbox(Kind.BRIEF, [(brief, brief.manager) for brief in briefs], now=now)
    return briefs


def _is_paused(manager: Person, week: Week) -> bool:
    """Whether they asked not to get briefs on the day this one is due."""
    chosen = preference_of(manager)
    day = week.due_at.astimezone(manager.zone).date()
    return bool(chosen and chosen.paused_until and day < chosen.paused_until)


def _brief(
    manager: Person,
    week: Week,
    now: datetime,
    state: Brief.State,
    reason: Brief.Reason | str = "",
    **fields: object,
) -> Brief:
    return Brief(
        manager=manager,
        iso_year=week.year,
        iso_week=week.number,
        due_at=week.due_at,
        written_at=now,
        state=state,
        reason=reason,
        **fields,
    )


def _insert(briefs: Sequence[Brief]) -> list[Brief]:
    """Insert those that nobody else has inserted meanwhile; returns these, with their keys."""
    if not briefs:
        return []
    Brief.objects.bulk_create(briefs, ignore_conflicts=True)
    ours = {brief.uid: brief for brief in briefs}
    for pk, uid in Brief.objects.filter(uid__in=ours).values_list("pk", "uid"):
        ours[uid].pk = pk
    return [brief for brief in briefs if brief.pk]


def _draft(
    facts: BriefFacts, manager: Person, size: int, now: datetime
) -> tuple[list[BriefItem], list[int]]:
    """The items of one manager's brief, not saved yet, and the reports who get one line.

    No two people hear the same sentence, unless there is no other. Whoever does not fit into six
    minutes is among the latter.
    """
    featured, rest = selection.choose_people(
        facts.candidates[manager.pk], size=min(size, selection.MOST), now=now
    )
    items: list[BriefItem] = []
    said: set[int] = set()
    for position, candidate in enumerate(featured):
        pair = (manager.pk, candidate.report)
        used = facts.used.get(pair, frozenset())
        prompt = selection.choose_prompt(
            candidate, facts.prompts, used | said, now=now
        ) or selection.choose_prompt(candidate, facts.prompts, used, now=now)
        said.update({prompt} if prompt else ())
        items.append(
            BriefItem(
                report_id=candidate.report,
                assignment_id=candidate.assignment,
                plan_step_id=candidate.plan_step,
                position=position,
                why=candidate.why(now),
                moment=candidate.moment(now),
                moved=list(candidate.done_since),
                prompt_id=prompt,
                question_id=selection.choose_question(
                    candidate, facts.questions, facts.asked.get(pair, {})
                ),
            )
        )
    fitting = selection.within_six_minutes(facts.lengths(items))
    also = [item.report_id for item in items[fitting:]]
    return items[:fitting], also + [candidate.report for candidate in rest]


def _minutes(facts: BriefFacts, items: Sequence[BriefItem]) -> int:
    return min(selection.minutes_for(facts.lengths(items)), selection.LONGEST)
