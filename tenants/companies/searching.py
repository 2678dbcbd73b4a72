"""What somebody looks for, and the rows that every word of it is about."""

from collections.abc import Iterable
from functools import reduce
from operator import or_
from typing import Final

from django.db.models import Q
from django.http import QueryDict

LONGEST: Final = 100
"""Characters of a search; the rest is not looked at."""


def words_of(asked: QueryDict) -> str:
    """What ``q`` asks for, blanks collapsed, without what PostgreSQL cannot hold."""
    return " ".join(asked.get("q", "").replace("\0", "").split())[:LONGEST]


def every_word(words: str, fields: Iterable[str]) -> Q:
    """Each of the words is in one of the fields, which lead to one row each; none mean all rows."""
    fields = tuple(fields)
    means = Q()
    for word in words.split():
        means &= reduce(or_, (Q((f"{field}__icontains", word)) for field in fields))
    return means
