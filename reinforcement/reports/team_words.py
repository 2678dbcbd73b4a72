"""How it goes with somebody, in a word."""

from datetime import datetime, timedelta
from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _

from learning.models import Assignment
from reinforcement.facts import is_new
from reinforcement.selection import STUCK_AFTER
from tenants.people.models import EmploymentStatus, Person

JUST: Final = timedelta(days=14)
"""How long somebody has just finished a path."""


class Word(models.TextChoices):
    """How it goes with somebody; whoever needs attention comes first."""

    NEW = "new", _("New")
    STUCK = "stuck", _("Stuck")
    FINISHED = "finished", _("Just finished")
    NO_PATH = "no-path", _("No path")
    ON_THE_WAY = "on-the-way", _("On the way")
    PAUSED = "paused", _("Paused")
    LEAVE = "leave", _("On leave")
    LATER = "later", _("Starts later")


def word_for(person: Person, path: Assignment | None, now: datetime) -> Word:
    """For somebody whose `path` says most about them now, or who has none."""
    if person.employment_status == EmploymentStatus.PREHIRE:
        return Word.LATER
    if person.employment_status == EmploymentStatus.LEAVE:
        return Word.LEAVE
    if path is None:
        return Word.NO_PATH
    if path.status == Assignment.Status.COMPLETED:
        recent = path.completed_at is not None and now - path.completed_at <= JUST
        return Word.FINISHED if recent else Word.NO_PATH
    if path.status == Assignment.Status.PAUSED:
        return Word.PAUSED
    hired_on = person.rehired_on or person.hired_on
    if not path.first_win_at and is_new(hired_on, now):
        return Word.NEW
    return Word.STUCK if now - path.moved_at >= STUCK_AFTER else Word.ON_THE_WAY
