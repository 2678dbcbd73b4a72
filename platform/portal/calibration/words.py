"""A calibration in words: what a row of marks is called, and where a person stands."""

from dataclasses import dataclass

from django.utils.text import capfirst, get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from learning.calibration.pictures import Row, SkillPicture
from learning.models import Level, Observation
from tenants.people.days import day
from tenants.people.models import Person


@dataclass(frozen=True)
class Line:
    """One of the reader's people in one skill: what counts now, and what was just sent."""

    person: Person
    seen: Observation | None
    sent: str | None = None

    @property
    def was(self) -> str:
        return "" if self.seen is None else str(self.seen.level)

    @property
    def chosen(self) -> str:
        return self.was if self.sent is None else self.sent

    @property
    def told(self) -> str:
        if self.seen is None:
            return _("Nobody has looked yet.")
        level = capfirst(Level(self.seen.level).label)
        return _("%(level)s, %(day)s") % {"level": level, "day": day(self.seen.observed_on)}


@dataclass(frozen=True)
class SkillToSee:
    """A skill of the page: its marks, the reader's people, and what became of what they sent."""

    picture: SkillPicture
    lines: list[Line]
    said: str
    wrong: str
    open: bool

    @property
    def key(self) -> str:
        return str(self.picture.held_as.skill.uid)

    @property
    def rows(self) -> list[tuple[Row, str, str, list[tuple[Level, int]]]]:
        """Each with what it is called, how many it is about, and how many are at which level."""
        return [
            (row, called(row), about(row), list(zip(Level, row.levels, strict=True)))
            for row in self.picture.rows
        ]


def called(row: Row) -> str:
    if row.own:
        return _("Your team")
    letters = [team.letter for team in row.teams]
    if len(letters) == 1:
        return _("Team %(letter)s") % {"letter": letters[0]}
    return _("Teams %(letters)s together") % {"letters": get_text_list(letters, _("and"))}


def about(row: Row) -> str:
    people = ngettext("%(number)s person", "%(number)s people", row.people) % {"number": row.people}
    if not row.unseen:
        return people
    return _("%(people)s, %(unseen)s not looked at yet") % {"people": people, "unseen": row.unseen}
