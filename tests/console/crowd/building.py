"""Everything there is, in the order in which it rests on each other."""

from datetime import datetime
from typing import Final

from django.db import connection

from tests.console.crowd import assigning, books, connecting, learning, people, talking

PEOPLE: Final = 5_000


def build(now: datetime) -> None:
    """Fill the schema that is set; the planner knows of it as it would a minute later."""
    company = people.hire(PEOPLE, now)
    work = learning.design(company, now)
    given = assigning.give(company, work, now)
    talking.talk(company, work, given, now)
    books.keep(company, now)
    connecting.connect(company, given.assignments, now)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
