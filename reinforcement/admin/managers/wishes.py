"""Which managers are asked for, and in which order; a wish that nothing fits is left aside."""

from dataclasses import dataclass
from typing import Any, Final

from django.db.models import F, QuerySet
from django.http import HttpRequest
from django.utils.http import urlencode

from reinforcement.admin.days import today
from reinforcement.reports.managers import NOT_SPOKEN_TO_AFTER, managers
from tenants.companies.searching import every_word, words_of
from tenants.people.models import Department

MAY_SEE: Final = ("reinforcement.view_touchpoint", "reinforcement.view_barrier")
SEARCHED: Final = ("given_name", "family_name", "preferred_name", "email", "department__name")
SHOWN: Final = {
    "": "All of them",
    "overdue": f"Not spoken to in {NOT_SPOKEN_TO_AFTER.days} days",
    "barriers": "With open barriers",
}
COLUMNS: Final = {
    "name": ("family_name", "given_name"),
    "spoken": ("spoken_to_on",),
    "barriers": ("open_barriers",),
    "talked": ("talked_on",),
}
"""By what one can sort. Not by the share of people talked with: the order would tell it where it is
hidden."""
FIRST: Final = "spoken"


@dataclass(frozen=True)
class Wishes:
    """`sort` is a column, with ``-`` before it the other way round."""

    words: str
    show: str
    department: str
    sort: str

    @classmethod
    def of(cls, request: HttpRequest) -> "Wishes":
        asked = request.GET
        department, sort = asked.get("department", ""), asked.get("sort", FIRST)
        return cls(
            words=words_of(asked),
            show=asked.get("show", "") if asked.get("show") in SHOWN else "",
            department=department if department.isascii() and department.isdecimal() else "",
            sort=sort if sort.removeprefix("-") in COLUMNS else FIRST,
        )

    @property
    def query(self) -> str:
        """For an address of the page, ``?`` left out."""
        sort = "" if self.sort == FIRST else self.sort
        given = {
            "q": self.words, "show": self.show, "department": self.department, "sort": sort,
        }  # fmt: skip
        return urlencode({name: value for name, value in given.items() if value})

    def found(self) -> "QuerySet[Any]":
        """Those that every word is about, in that order."""
        everybody = managers(today=today())
        everybody = everybody.filter(every_word(self.words, SEARCHED))
        if self.department:
            everybody = everybody.filter(department=int(self.department))
        if self.show == "overdue":
            everybody = everybody.filter(is_overdue=True)
        elif self.show == "barriers":
            everybody = everybody.filter(open_barriers__gt=0)
        return everybody.order_by(*self._order(), "family_name", "given_name", "pk")

    def _order(self) -> list[Any]:
        columns = [F(name) for name in COLUMNS[self.sort.removeprefix("-")]]
        if self.sort.startswith("-"):
            return [column.desc(nulls_last=True) for column in columns]
        return [column.asc(nulls_first=True) for column in columns]


@dataclass(frozen=True)
class Heading:
    """A column's heading; `to` is the order that a click brings, `now` what ``aria-sort`` says."""

    label: str
    to: str
    now: str


def headings(wishes: Wishes) -> list[Heading]:
    named = {
        "name": "Manager",
        "spoken": "Last touchpoint",
        "barriers": "Open barriers",
        "talked": "Talks with their people",
    }
    return [_heading(wishes.sort, column, label) for column, label in named.items()]


def departments() -> "QuerySet[Department]":
    """Those that a manager is in. One query."""
    return Department.objects.filter(people__reports__isnull=False).distinct().order_by("name")


def _heading(sort: str, column: str, label: str) -> Heading:
    if sort.removeprefix("-") != column:
        return Heading(label, f"-{column}" if column == "barriers" else column, "")
    down = sort.startswith("-")
    return Heading(label, column if down else f"-{column}", "descending" if down else "ascending")
