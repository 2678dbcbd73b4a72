"""What whoever reads a person's story may know of it: each part as they may see it in its list."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.utils import timezone

from console.people import employed, learned, levels, talked
from console.people.happenings import Happening, in_order
from console.people.learned import Way
from console.people.levels import SkillStanding
from console.people.talked import Talk
from learning.models import Assignment, RoleHolding
from reinforcement.models import Barrier
from tenants.companies.context import current_company
from tenants.people.models import Person

MOST_REPORTS: Final = 60
MAY_SEE_ROLES: Final = "learning.view_roleholding"
MAY_SEE_PATHS: Final = "learning.view_assignment"
MAY_SEE_LEVELS: Final = "learning.view_observation"
MAY_SEE_TALKS: Final = "reinforcement.view_brief"
MAY_SEE_BARRIERS: Final = "reinforcement.view_barrier"
MAY_SEE_LOG: Final = "auditing.view_auditentry"
LISTS: Final = {
    employed.syncs: "people.view_syncrun",
    employed.audited: MAY_SEE_LOG,
    learned.suggestions: "learning.view_pathsuggestion",
    talked.briefs: MAY_SEE_TALKS,
    talked.undelivered: "reinforcement.view_delivery",
}
"""Happenings that stand for themselves, with who may see them."""


@dataclass(frozen=True)
class Known:
    """A part is None where it may not be seen. Happenings are those of all parts."""

    happenings: Sequence[Happening]
    reports: Sequence[Person]
    more_reports: int
    holdings: Sequence[RoleHolding] | None = None
    ways: Sequence[Way] | None = None
    skills: Sequence[SkillStanding] | None = None
    talks: Sequence[Talk] | None = None
    barriers: Sequence[Barrier] | None = None
    sees_log: bool = False

    @property
    def is_cut(self) -> bool:
        """Whether something is left out for this reader."""
        return None in (self.holdings, self.ways, self.skills, self.talks, self.barriers)


def known(person: Person, may: Callable[[str], bool]) -> Known:
    """15 queries at most; `may` tells of a permission whether the reader has it."""
    today = current_company().day_of(timezone.now())
    holdings = learned.holdings_of(person) if may(MAY_SEE_ROLES) else None
    ways = None
    if may(MAY_SEE_PATHS):
        ways = learned.ways_of(person, today=today, receipts=may(MAY_SEE_LEVELS))
    seen = levels.seen_of(person) if may(MAY_SEE_LEVELS) else None
    skills = None
    if seen is not None:
        skills = levels.standings(_roles(holdings or (), ways or (), today), seen)
    held = talked.talks_with(person) if may(MAY_SEE_TALKS) else None
    barriers = talked.barriers_of(person) if may(MAY_SEE_BARRIERS) else None
    happenings = [
        *employed.employment(person),
        *learned.roles_held(holdings or ()),
        *(learned.moves(person, ways) if ways is not None else ()),
        *levels.sightings(seen or ()),
        *talked.talks(held or ()),
        *talked.barriers_named(barriers or ()),
    ]
    for tell, permission in LISTS.items():
        if may(permission):
            happenings += tell(person)
    reports = list(Person.objects.reports_of(person))
    return Known(
        happenings=in_order(happenings),
        reports=reports[:MOST_REPORTS],
        more_reports=len(reports[MOST_REPORTS:]),
        holdings=holdings,
        ways=ways,
        skills=skills,
        talks=held,
        barriers=barriers,
        sees_log=may(MAY_SEE_LOG),
    )


def _roles(holdings: Sequence[RoleHolding], ways: Sequence[Way], today: date) -> set[int]:
    """What they hold today or are on a path of."""
    held = {
        each.role_id
        for each in holdings
        if each.starts_on <= today and (each.ends_on is None or each.ends_on >= today)
    }
    open_ways = (way.assignment for way in ways if way.assignment.status in Assignment.OPEN)
    return held | {each.path.role_id for each in open_ways}
