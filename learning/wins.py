"""The first win: a quick win for a gap of one's own, within two weeks."""

from datetime import date, timedelta
from typing import Final

from tenants.people.models import Person

FIRST_WIN: Final = timedelta(days=14)


def first_win_due(person: Person, starts_on: date) -> date:
    """Two weeks from the hire for a new hire, else from the start of the path."""
    hired = person.rehired_on or person.hired_on
    if hired and hired > starts_on - FIRST_WIN:
        return hired + FIRST_WIN
    return starts_on + FIRST_WIN
