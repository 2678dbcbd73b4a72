"""Tells learners, two days before, that their manager is about to be prompted to talk with them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef

from learning.models import Assignment
from reinforcement.actions.outbox import put_in_outbox
from reinforcement.drafts import draft
from reinforcement.facts import gather
from reinforcement.models import Delivery, HeadsUp
from reinforcement.models.channels import PORTAL
from reinforcement.reports.coming import decided_weeks
from reinforcement.rhythms import Rhythm, is_paused, rhythm_of
from reinforcement.routes import routes
from reinforcement.schedules import CATCH_UP, Week
from tenants.companies.context import current_company
from tenants.companies.identifiers import insert_new
from tenants.companies.models import Company
from tenants.people.models import EmploymentStatus, Person

AHEAD = timedelta(days=2)
FRIDAY = 5  # ISO 8601
Kind = Delivery.Kind


@dataclass(frozen=True)
class Coming:
    """A manager's week whose brief is still to come."""

    manager: Person
    week: Week

    @property
    def key(self) -> tuple[int, int, int]:
        return self.manager.pk, self.week.year, self.week.number


def write_due_heads_ups(*, now: datetime) -> list[HeadsUp]:
    """Write to everybody whom a brief that comes in two days would feature as things stand.

    One per person and ISO week, whatever happens: the database keeps it so. Nothing is written
    for whom only the portal reaches, who paused, or whose manager is away or paused. Returns what
    this call wrote. The number of queries does not grow with managers; none where the company
    did not ask for heads-ups.
    """
    company = current_company()
    if not company.heads_up:
        return []
    coming = _coming(company, now)
    return _write(company, coming, now) if coming else []


def heads_up_at(due_at: datetime, rhythm: Rhythm) -> datetime:
    """When (UTC) to tell: two days before, same hour on the manager's clock; never on a weekend."""
    local = due_at.astimezone(rhythm.zone)
    day = local.date() - AHEAD
    day -= timedelta(days=max(day.isoweekday() - FRIDAY, 0))
    return datetime.combine(day, local.time(), tzinfo=rhythm.zone).astimezone(UTC)


def _coming(company: Company, now: datetime) -> list[Coming]:
    """Briefs it is time to tell of, and nobody was told of. Three queries."""
    talkative = Assignment.objects.filter(
        person__manager=OuterRef("pk"),
        person__employment_status=EmploymentStatus.ACTIVE,
        status__in=Assignment.RUNNING,
    )
    due = [
        coming
        for manager in Person.objects.at_work()
        .filter(Exists(talkative))
        .select_related("channel_preference")
        .order_by("pk")
        if (coming := _next(manager, company, now)) and not is_paused(manager, coming.week.due_at)
    ]
    if not due:
        return []
    told = set(
        HeadsUp.objects.filter(brief_due_at__gt=now).values_list(
            "manager_id", "iso_year", "iso_week"
        )
    )
    known = told | decided_weeks(now=now)
    return [coming for coming in due if coming.key not in known]


def _next(manager: Person, company: Company, now: datetime) -> Coming | None:
    """This manager's next brief, where now is the time to tell of it."""
    rhythm = rhythm_of(manager, company)
    week = next(rhythm.weeks_after(now))
    if not timedelta(0) <= now - heads_up_at(week.due_at, rhythm) < CATCH_UP:
        return None
    return Coming(manager, week)


@transaction.atomic
def _write(company: Company, coming: Sequence[Coming], now: datetime) -> list[HeadsUp]:
    facts = gather([each.manager.pk for each in coming], now=now)
    featured = [
        (each, item)
        for each in coming
        if facts.candidates.get(each.manager.pk)
        for item in draft(facts, each.manager, company.brief_size, now)[0]
    ]
    people = _reached([item.report_id for _, item in featured], now)
    heads_ups = insert_new(
        [
            HeadsUp(
                person=people[item.report_id],
                manager=each.manager,
                iso_year=each.week.year,
                iso_week=each.week.number,
                plan_step_id=item.plan_step_id,
                brief_due_at=each.week.due_at,
                written_at=now,
            )
            for each, item in featured
            if item.report_id in people
        ]
    )
    put_in_outbox(Kind.HEADS_UP, [(each, each.person) for each in heads_ups], now=now)
    return heads_ups


def _reached(people: Sequence[int], now: datetime) -> dict[int, Person]:
    """Those whom a message reaches and who did not pause. Three queries."""
    found = {
        person.pk: person
        for person in Person.objects.at_work()
        .filter(pk__in=people)
        .select_related("channel_preference")
        if not is_paused(person, now)
    }
    by = routes(found.values(), Kind.HEADS_UP)
    return {pk: person for pk, person in found.items() if by[pk] != PORTAL}
