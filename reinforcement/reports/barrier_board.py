"""What slows teams down, as a board: a column for each status."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from django.db.models import Case, Count, F, IntegerField, Q, QuerySet, Value, When, Window
from django.db.models.functions import RowNumber

from learning.models import Path
from reinforcement.models import Barrier

A_COLUMN: Final = 50  # cards; of what is left over a column knows the number
GONE_SINCE: Final = timedelta(days=30)


@dataclass(frozen=True)
class BoardCard:
    """A barrier; `days` since it was heard, `days_in_status` since it last moved, and by how many
    days the one to check back on is late, today being 0: None where it is still to come."""

    barrier: Barrier
    days: int
    days_in_status: int
    late: int | None
    paths: list[Path]
    """Designed for it, and not archived: drafts too."""


@dataclass(frozen=True)
class Column:
    """The first cards of a status, how many it has, and how many of them are not shown."""

    status: Barrier.Status
    cards: list[BoardCard]
    count: int

    @property
    def more(self) -> int:
        return self.count - len(self.cards)


def barrier_board(
    barriers: "QuerySet[Barrier]", *, today: date, first: int | None = None
) -> list[Column]:
    """The columns, in the order of the work. Two queries, however many barriers.

    In a column the worst and oldest come first, of what is gone the latest; before all of them the
    one whose key is `first`. What is gone stays for 30 days.
    """
    lately = ~Q(status=Barrier.Status.GONE) | Q(status_since__gte=today - GONE_SINCE)
    found: QuerySet[Any] = (
        barriers.filter(lately)
        .annotate(
            place=Window(RowNumber(), partition_by=F("status"), order_by=_order(first)),
            in_status=Window(Count("pk"), partition_by=F("status")),
        )
        .filter(place__lte=A_COLUMN)
        .select_related("manager", "outcome__role", "looked_after_by")
        .prefetch_related("paths")
        .order_by("place")
    )
    columns = {status: Column(status, [], 0) for status in Barrier.Status}
    for barrier in found:
        status = Barrier.Status(barrier.status)
        cards = [*columns[status].cards, _card(barrier, today)]
        columns[status] = Column(status, cards, barrier.in_status)
    return list(columns.values())


def _order(first: int | None) -> list[Any]:
    chosen = Case(When(pk=first or 0, then=Value(0)), default=Value(1), output_field=IntegerField())
    gone = Case(When(status=Barrier.Status.GONE, then=F("status_since")))
    return [chosen.asc(), gone.desc(), F("severity").desc(), F("heard_on").asc(), F("pk").asc()]


def _card(barrier: Barrier, today: date) -> BoardCard:
    day = barrier.check_back_on
    return BoardCard(
        barrier=barrier,
        days=(today - barrier.heard_on).days,
        days_in_status=(today - barrier.status_since).days,
        late=(today - day).days if day and day <= today else None,
        paths=[path for path in barrier.paths.all() if path.status != Path.Status.ARCHIVED],
    )
