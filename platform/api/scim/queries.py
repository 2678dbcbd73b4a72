"""Queries (RFC 7644, section 3.4.2): which resources, in which order, how many, what of them."""

import difflib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import reduce
from operator import or_
from typing import Any, Final

from django.db.models import TextField, Value
from django.http import QueryDict
from scim2_models import (
    Context,
    InvalidFilterException,
    InvalidPathException,
    InvalidSyntaxException,
    ListResponse,
    Resource,
    ResponseParameters,
    SearchRequest,
)
from scim2_models.path import FilterNode, ScimFilter

from api.scim.filters import condition, qualified
from api.scim.resources import MAX_RESULTS
from api.scim.tables import Expression, Table, folded

SCHEMA = str(ListResponse.__schema__)
PARTIAL = ("attributes", "excludedAttributes")
SEARCH = (*PARTIAL, "filter", "sortBy", "sortOrder", "startIndex", "count")
LONGEST_FILTER: Final = 4_000  # characters
MOST_BRACKETS: Final = 50  # in one filter; real ones have two or three
MANY: Final = frozenset({"groups", "members"})
"""Attributes that cost a query, and can be long."""
ON_REQUEST: Final = frozenset({"members.display"})
"""What is answered to whoever names attributes, and to nobody else."""

Search = SearchRequest[Any]


def read_search(sent: Mapping[str, Any], tables: Sequence[Table]) -> Search:
    """The search in query parameters or in the body of ``/.search``.

    Raises `SCIMException` or `ValidationError`, naming the parameter or the attribute.
    """
    refuse_unknown(sent, (*SEARCH, "schemas"))
    models = tuple(table.model for table in tables)
    values = dict(sent)
    for name, value in sent.items():
        if name.lower() == "filter" and isinstance(value, str):
            values[name] = str(qualified(_parsed(value), models))
    kind: Any = SearchRequest.__class_getitem__(reduce(or_, models))
    search: Search = kind.model_validate(values, scim_ctx=Context.SEARCH_REQUEST)
    return search


def read_partial(query: QueryDict, model: Any) -> ResponseParameters[Any] | None:
    """Which attributes of one resource are asked for; None for the usual ones."""
    refuse_unknown(query, PARTIAL)
    if not query:
        return None
    kind: Any = ResponseParameters.__class_getitem__(model)
    parameters: ResponseParameters[Any] = kind.model_validate(query.dict())
    return parameters


def found(search: Search, tables: Sequence[Table]) -> dict[str, Any]:
    """The ListResponse. The number of queries depends on the kinds of resources only."""
    start = search.start_index or 1
    count = MAX_RESULTS if search.count is None else min(search.count, MAX_RESULTS)
    kinds = [_matching(table, search) for table in tables]
    sort_keys = [_sort_key(search, table) for table in tables]
    total = sum(kind.rows.count() for kind in kinds)
    page = _page(kinds, sort_keys, search, start, count) if count and start <= total else []
    return {
        "schemas": [SCHEMA],
        "totalResults": total,
        "startIndex": start,
        "itemsPerPage": len(page),
        "Resources": page,
    }


def partial(
    resource: Mapping[str, Any],
    parameters: ResponseParameters[Any] | None,
    parsed: Callable[[Mapping[str, Any]], Resource[Any]],
) -> Mapping[str, Any]:
    """The attributes that are asked for (RFC 7644, section 3.9)."""
    if parameters is None or not (parameters.attributes or parameters.excluded_attributes):
        return resource
    return parsed(resource).model_dump(
        scim_ctx=Context.RESOURCE_QUERY_RESPONSE, response_parameters=parameters
    )


def _matching(table: Table, search: Search) -> Table:
    if search.filter is None:
        return table
    return replace(table, rows=table.rows.filter(condition(search.filter.ast, table)))


def _page(
    tables: Sequence[Table],
    sort_keys: Sequence[Expression],
    search: Search,
    start: int,
    count: int,
) -> list[Mapping[str, Any]]:
    """Sorted over all kinds; what is equal comes in the order it was created in."""
    first, *others = (
        table.rows.order_by()
        .annotate(sort_key=sort_key, kind=Value(number))
        .values_list("sort_key", "kind", "pk", "uid")
        for number, (table, sort_key) in enumerate(zip(tables, sort_keys, strict=True))
    )
    keys = first.union(*others, all=True) if others else first
    descending = search.sort_order == SearchRequest.SortOrder.descending
    keys = keys.order_by("-sort_key" if descending else "sort_key", "kind", "pk")
    wanted = [(kind, str(uid)) for _, kind, _, uid in keys[start - 1 : start - 1 + count]]
    needless = unread(search)
    shown: dict[str, Mapping[str, Any]] = {}
    for number, table in enumerate(tables):
        uids = [uid for kind, uid in wanted if kind == number]
        for resource in table.shown(table.rows.filter(uid__in=uids), needless) if uids else ():
            shown[resource["id"]] = partial(resource, search, table.parsed)
    return [shown[uid] for _, uid in wanted if uid in shown]


def _sort_key(search: Search, table: Table) -> Expression:
    """Null where there is nothing to sort by: PostgreSQL puts that last, as SCIM does."""
    if search.sort_by is None:
        return Value(0)
    binding = search.sort_binding(table.model)
    if binding is None:
        return Value(None, output_field=TextField())
    column = table.columns.get(binding.urn)
    if column is None:
        raise InvalidPathException(detail=f"{binding.urn} cannot be sorted on.")
    if binding.target_type in (bool, datetime):
        return column
    return folded(column, case_exact=binding.case_exact)


def unread(search: ResponseParameters[Any]) -> frozenset[str]:
    """Names of attributes that need not be read, since nobody asked for them."""
    if search.attributes:
        asked = {
            str(path).rpartition(":")[2].partition(".")[0].lower() for path in search.attributes
        }
        return MANY - asked
    excluded = {str(path).rpartition(":")[2].lower() for path in search.excluded_attributes or ()}
    return ON_REQUEST | (MANY & excluded)


def _parsed(text: str) -> FilterNode:
    if len(text) > LONGEST_FILTER:
        raise InvalidFilterException(detail=f"A filter has at most {LONGEST_FILTER} characters.")
    if text.count("(") + text.count("[") > MOST_BRACKETS:
        raise InvalidFilterException(detail=f"A filter has at most {MOST_BRACKETS} brackets.")
    return ScimFilter[Any](text).ast


def refuse_unknown(sent: Iterable[str], known: Sequence[str]) -> None:
    names = {name.lower() for name in known}
    for name in sent:
        if name.lower() not in names:
            near = difflib.get_close_matches(name, known, n=1)
            told = f"Did you mean {near[0] if near else ' or '.join(known)}?"
            raise InvalidSyntaxException(detail=f"There is no parameter {name!r:.60}. {told}")
