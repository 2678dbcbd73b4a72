"""What slows teams down, and what was designed for it."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Case, QuerySet, Value, When
from django.utils import timezone

from learning.models import Path
from reinforcement.models import Barrier
from tenants.companies.context import current_company
from tenants.people.models import Person


@dataclass(frozen=True)
class TeamBarrier:
    """A barrier as it stands; `days` since it was heard, `days_in_status` since it last moved."""

    barrier: Barrier
    days: int
    days_in_status: int
    paths: list[Path]
    """Designed for it, and not archived: drafts too."""


def barriers_of(manager: Person, *, now: datetime | None = None) -> list[TeamBarrier]:
    """What this manager said slows their team down: what is gone last, else the worst and oldest
    first. Two queries, however many."""
    today = current_company().day_of(now or timezone.now())
    gone_last = Case(When(status=Barrier.Status.GONE, then=Value(1)), default=Value(0))
    barriers = (
        Barrier.objects.filter(manager=manager)
        .select_related("outcome", "looked_after_by")
        .prefetch_related("paths")
        .order_by(gone_last, "-severity", "heard_on", "id")
    )
    return [_standing(barrier, today) for barrier in barriers]


def barriers_for_path(path: Path) -> QuerySet[Barrier]:
    """The barriers this path was designed for, the worst and oldest first."""
    return Barrier.objects.filter(paths=path)


def _standing(barrier: Barrier, today: date) -> TeamBarrier:
    return TeamBarrier(
        barrier=barrier,
        days=(today - barrier.heard_on).days,
        days_in_status=(today - barrier.status_since).days,
        paths=[path for path in barrier.paths.all() if path.status != Path.Status.ARCHIVED],
    )
