"""Reports of the pulse, each asked at most once in ten minutes per company."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from django.core.cache import cache

from console.pulse.figures import Figure, Shown

KEPT: Final = timedelta(minutes=10)
STORED: Final = timedelta(days=1)
"""Longer than they are shown: to forget what ran out would cost the cache a query."""
KEY: Final = "pulse.1"  # rises with the shape of a report


@dataclass(frozen=True)
class Told:
    """A figure, what it shows, and since when."""

    figure: Figure
    shown: Shown
    as_of: datetime


def told(figures: Sequence[Figure], *, now: datetime) -> list[Told]:
    """These figures, in their order. One query, and one for each that is older than ten minutes.

    A cache's keys carry the company, so that nobody reads another's.
    """
    if not figures:
        return []
    known: dict[str, tuple[datetime, Any]] = cache.get(KEY, {})
    stale = [each for each in figures if not _is_fresh(known.get(each.slug), now)]
    if stale:
        known = known | {each.slug: (now, each.report(now=now)) for each in stale}
        cache.set(KEY, known, STORED.total_seconds())
    return [
        Told(each, each.show(known[each.slug][1]), as_of=known[each.slug][0]) for each in figures
    ]


def _is_fresh(kept: tuple[datetime, Any] | None, now: datetime) -> bool:
    return kept is not None and now - KEPT < kept[0] <= now
