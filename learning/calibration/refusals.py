"""What may not be exported, and the reason: one place for the admin site and the API."""

import re
from collections.abc import Iterable
from datetime import datetime
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from learning.models import CalibratedLevel, Observation

LEVELS: Final = frozenset(
    f"{word}{ending}"
    for word in ("level", "rating", "score", "grade", "observation")
    for ending in ("", "s")
)
REQUIRED: Final = "required"  # what a role asks for is nobody's level

JOINED: Final = (
    "What somebody learned never leaves together with the level they were seen at: a step that is "
    "done would come to stand for a rating. Levels that managers calibrated together are to be "
    "had by themselves."
)
UNCALIBRATED: Final = (
    "Levels leave only once managers have calibrated them together, so that “on their own” means "
    "the same whoever saw it. Open a calibration for the role, let its managers adjust, and close "
    "it; then export the calibrated levels."
)


class Uncalibrated(ValidationError):
    """An export that would let a level out which managers have not calibrated together."""


def asks_for_levels(words: Iterable[str]) -> bool:
    """Whether names of columns, or parts of a query, speak of the levels of people."""
    for word in words:
        parts = set(re.split(r"[^a-z]+", re.sub(r"(?<=[a-z])(?=[A-Z])", "_", word).lower()))
        if parts & LEVELS and REQUIRED not in parts:
            return True
    return False


def why_not(rows: "QuerySet[Any]", columns: Iterable[str]) -> str:
    """The reason for which `refuse_uncalibrated` refuses; "" where it does not."""
    try:
        refuse_uncalibrated(rows, columns)
    except Uncalibrated as error:
        return " ".join(error.messages)
    return ""


def refuse_uncalibrated(
    rows: "QuerySet[Any]", columns: Iterable[str], *, now: datetime | None = None
) -> None:
    """Raise `Uncalibrated`, with the reason, where these columns of these rows may not be exported.

    Calibrated levels may, as long as they are good, and observations that are one of these; of
    anything else no column may speak of levels. At most one query.
    """
    if not asks_for_levels(columns):
        return
    good = CalibratedLevel.objects.good(now or timezone.now())
    if rows.model is CalibratedLevel:
        outside = rows.exclude(pk__in=good.values("pk"))
    elif rows.model is Observation:
        same = good.filter(
            person=OuterRef("person"),
            skill=OuterRef("skill"),
            level=OuterRef("level"),
            seen_on=OuterRef("observed_on"),
        )
        outside = rows.filter(~Exists(same) | Q(source=Observation.Source.SELF))
    else:
        raise Uncalibrated(JOINED)
    if outside.exists():
        raise Uncalibrated(UNCALIBRATED)
