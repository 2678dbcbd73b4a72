"""Lists in pages: read on after the last row, however many are added or removed meanwhile."""

from dataclasses import dataclass
from typing import Any, Generic, TypeVar
from uuid import UUID

from django.db.models import Model, QuerySet
from rest_framework import serializers

from api.problems import InvalidQuery
from tenants.companies.signing import BadToken, sign, unsign

Row = TypeVar("Row", bound=Model)
MAX_PAGE = 200


class PageQuery(serializers.Serializer[dict[str, Any]]):
    after = serializers.CharField(
        required=False, help_text="`next` of the page before; left out, the list starts over."
    )
    limit = serializers.IntegerField(
        default=100, min_value=1, max_value=MAX_PAGE, help_text="How many per page."
    )


@dataclass(frozen=True)
class Page(Generic[Row]):
    """Rows, and the cursor after them; None where there are no more."""

    rows: list[Row]
    next: str | None


def read_page(
    rows: QuerySet[Row], query: dict[str, Any], *, of: str, newest_first: bool = False
) -> Page[Row]:
    """The page a `PageQuery` asks for, in the order the rows were made. One query.

    `of` names the list: a cursor of another list, or of another company, raises `InvalidQuery`.
    """
    limit: int = query["limit"]
    if (word := query.get("after")) is not None:
        rows = rows.filter(**{"pk__lt" if newest_first else "pk__gt": read_cursor(of, word)})
    found = list(rows.order_by("-pk" if newest_first else "pk")[: limit + 1])
    page = found[:limit]
    return Page(page, write_cursor(of, page[-1].pk) if len(found) > limit else None)


def write_cursor(of: str, position: int) -> str:
    """An opaque word for this place in this list; signed, so that none can be made up."""
    return sign(f"page.{of}", position)


def read_cursor(of: str, word: str) -> int:
    """The place; raises `InvalidQuery`."""
    try:
        return int(unsign(f"page.{of}", word))
    except BadToken as error:
        raise InvalidQuery({"after": "This is not a cursor of this list."}) from error


def as_uid(word: str) -> UUID | None:
    """A uid in the one way they are written, or None."""
    try:
        return UUID(word) if len(word) == 36 else None
    except ValueError:
        return None
