"""Which week of a manager's comes next."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from itertools import chain

from reinforcement.models import Brief
from reinforcement.rhythms import is_paused, rhythm_of
from reinforcement.schedules import Week
from tenants.companies.context import current_company
from tenants.people.models import Person

CURRENT = timedelta(days=7)
RECENT = timedelta(days=15)  # no brief of a week that is still to be decided is older


def recent_briefs(manager: Person, *, now: datetime) -> list[Brief]:
    """Those of the last fifteen days, the latest first. One query."""
    return list(
        Brief.objects.filter(manager=manager, due_at__gt=now - RECENT)
        .select_related("manager")
        .order_by("-due_at")
    )


def current_brief(recent: Iterable[Brief], *, now: datetime) -> Brief | None:
    """Of the `recent_briefs` the one of the last seven days, whatever became of it."""
    return next((brief for brief in recent if now - CURRENT < brief.due_at <= now), None)


def decided_weeks(*, now: datetime) -> set[tuple[int, int, int]]:
    """Manager id, ISO year and week of every recent brief, also of those still to come. One
    query."""
    recent = Brief.objects.filter(due_at__gt=now - RECENT)
    return set(recent.values_list("manager_id", "iso_year", "iso_week"))


def coming_week(manager: Person, *, now: datetime, decided: Iterable[Brief]) -> Week:
    """The next week whose brief comes, on the manager's own clock, after any pause.

    `decided` are the `recent_briefs`: a week has one brief, so after a change of day or hour the
    next one is a week later. Its moment has come already where only the scheduler has not. One
    query, unless the preference is loaded. Nobody pauses for ever.
    """
    rhythm = rhythm_of(manager, current_company())
    had = {(brief.iso_year, brief.iso_week) for brief in decided}
    due = (
        week
        for week in rhythm.weeks_to_decide(now)
        if week.is_due(now) and not week.is_over(week.due_at, rhythm.zone)
    )
    return next(
        week
        for week in chain(due, rhythm.weeks_after(now))
        if (week.year, week.number) not in had and not is_paused(manager, week.due_at)
    )
