"""A manager of `reports.managers` as a line of the page, and of the file."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from learning.reports.small_groups import Share
from reinforcement.admin.days import ago
from reinforcement.admin.managers.quick import QuickForm
from reinforcement.models import Barrier
from reinforcement.reports.managers import talking_of


@dataclass(frozen=True, slots=True)
class Line:
    """How long ago L&D talked with them, "" for never; with how many of their people they talk;
    what slows these down; and the form that was sent for them, where it came back."""

    manager: Any
    spoken_to: str
    talking: Share
    barriers: list[Barrier]
    form: QuickForm | None


def lines_of(managers: Iterable[Any], *, form: QuickForm | None = None) -> list[Line]:
    """One query besides that of the managers."""
    managers = list(managers)
    open_ones = Barrier.objects.filter(manager__in=managers, status__in=Barrier.OPEN)
    theirs: dict[int, list[Barrier]] = defaultdict(list)
    for barrier in open_ones:
        theirs[barrier.manager_id].append(barrier)
    return [
        Line(
            each,
            ago(each.spoken_to_on) if each.spoken_to_on else "",
            talking_of(each),
            theirs[each.pk],
            form if form and form.manager.pk == each.pk else None,
        )
        for each in managers
    ]
