"""What narrows the board down; a wish that nothing fits is left aside."""

from dataclasses import dataclass
from typing import Any, Final

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.http import urlencode

from learning.models import Outcome
from reinforcement.models import Barrier
from tenants.companies.searching import every_word, words_of

SEARCHED: Final = (
    "words",
    "manager__given_name",
    "manager__family_name",
    "manager__preferred_name",
    "outcome__name",
)
KEPT: Final = ("q", "hurts", "severity", "mine")
ROLE, OUTCOME = "role-", "outcome-"
IN_LIST: Final = {ROLE: "outcome__role", OUTCOME: "outcome__id__exact"}


@dataclass(frozen=True)
class Wishes:
    """`hurts` is ``role-7`` or ``outcome-12``; each is "" where nothing is asked for."""

    q: str
    hurts: str
    severity: str
    mine: bool

    @classmethod
    def of(cls, request: HttpRequest) -> "Wishes":
        asked = request.GET
        severity = asked.get("severity", "")
        return cls(
            q=words_of(asked),
            hurts=asked.get("hurts", "") if _parts(asked.get("hurts", "")) else "",
            severity=severity if severity in map(str, Barrier.Severity.values) else "",
            mine=bool(asked.get("mine")),
        )

    @property
    def any(self) -> bool:
        return bool(self.q or self.hurts or self.severity or self.mine)

    @property
    def query(self) -> str:
        """For an address of the board, ``?`` left out."""
        mine = "1" if self.mine else ""
        given = {"q": self.q, "hurts": self.hurts, "severity": self.severity, "mine": mine}
        return urlencode({name: value for name, value in given.items() if value})

    def fitting(self, barriers: "QuerySet[Barrier]", *, reader: Any) -> "QuerySet[Barrier]":
        barriers = barriers.filter(every_word(self.q, SEARCHED))
        if found := _parts(self.hurts):
            barriers = barriers.filter((IN_LIST[found[0]], found[1]))
        if self.severity:
            barriers = barriers.filter(severity=int(self.severity))
        return barriers.filter(looked_after_by=reader) if self.mine else barriers

    def in_list(self, status: str, *, reader: Any) -> str:
        """The same of one status, as the list of barriers asks for it."""
        given: dict[str, str | int] = {"status": status}
        if self.q:
            given["q"] = self.q
        if found := _parts(self.hurts):
            given[IN_LIST[found[0]]] = found[1]
        if self.severity:
            given["severity__exact"] = self.severity
        if self.mine:
            given["looked_after_by__id__exact"] = reader.pk
        return urlencode(given)


@dataclass(frozen=True)
class RoleChoice:
    """A role whose outcomes something hurts, with these: (value, words) each."""

    value: str
    name: str
    outcomes: list[tuple[str, str]]


def hurt() -> list[RoleChoice]:
    """The outcomes that barriers hurt, by role. One query."""
    outcomes = Outcome.objects.filter(barriers__isnull=False).distinct().select_related("role")
    roles: dict[int, RoleChoice] = {}
    for outcome in outcomes.order_by("role__name", "role_id", "name"):
        role = roles.setdefault(
            outcome.role_id, RoleChoice(f"{ROLE}{outcome.role_id}", str(outcome.role), [])
        )
        role.outcomes.append((f"{OUTCOME}{outcome.pk}", outcome.name))
    return list(roles.values())


def _parts(hurts: str) -> tuple[str, int] | None:
    for start in IN_LIST:
        key = hurts.removeprefix(start)
        if hurts.startswith(start) and key.isascii() and key.isdecimal():
            return start, int(key)
    return None
