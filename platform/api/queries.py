"""Query parameters: read strictly, so that a misspelt one is an error and not a surprise."""

import difflib
from collections.abc import Iterable
from typing import Any

from rest_framework.request import Request
from rest_framework.serializers import Serializer

from api.problems import InvalidQuery


def read_query(request: Request, parameters: type[Serializer[Any]]) -> dict[str, Any]:
    """The parsed parameters; raises `InvalidQuery` on a bad or unknown one, naming the nearest."""
    query = parameters(data=request.query_params.dict())
    known = list(query.fields)
    problems = {
        name: _unknown(name, known) for name in request.query_params if name not in query.fields
    }
    if not query.is_valid():
        problems |= query.errors
    for name, given in request.query_params.lists():
        if len(given) > 1:
            problems[name] = "This is given more than once."
    if problems:
        raise InvalidQuery(problems)
    values: dict[str, Any] = query.validated_data
    return values


def read_nothing(request: Request) -> None:
    """Where there are no parameters; raises `InvalidQuery` for any."""
    read_query(request, Serializer)


def _unknown(name: str, known: list[str]) -> str:
    if not known:
        return "There is no such parameter: this takes none."
    return f"There is no such parameter. {nearest(name, known)}"


def nearest(name: str, known: Iterable[str]) -> str:
    """ "Did you mean …?" with the one that looks like it, else with all of them."""
    options = list(known)
    near = difflib.get_close_matches(name[:100], options, n=1)
    return f"Did you mean {near[0] if near else ' or '.join(options)}?"
