"""What waits for a decision, in words, each with the way to where it is taken."""

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from console.pulse.figures import Reader
from console.pulse.waiting import KINDS, Moment
from learning.reports.counts import counts
from learning.rules.waiting import waiting_for_facts
from tenants.companies.context import current_company


@dataclass(frozen=True)
class Decision:
    sentence: str
    words: str
    """Of the link."""
    link: str


def decisions(reader: Reader, *, now: datetime) -> list[Decision]:
    """Everything that waits and that the reader may see. Five queries at most."""
    at = Moment(now, current_company().day_of(now))
    found = list[Decision]()
    mine = {kind.name: kind for kind in KINDS if reader.has_perm(kind.way(at).may)}
    for name, number in counts({name: kind.rows(at) for name, kind in mine.items()}).items():
        if number:
            way = mine[name].way(at)
            found.append(Decision(mine[name].sentence(number), way.words, way.link))
    if reader.has_perm("learning.view_assignmentrule"):
        found += _unfilled_rules(at)
    return found


def _unfilled_rules(at: Moment) -> list[Decision]:
    return [
        Decision(
            f"The rule “{rule}” waits for {number:,} {'person' if number == 1 else 'people'}: its "
            "words speak of something that is not known about them.",
            "See for whom",
            reverse("admin:learning_assignmentrule_preview", args=[rule.pk]),
        )
        for rule, number in waiting_for_facts(today=at.today).items()
    ]
