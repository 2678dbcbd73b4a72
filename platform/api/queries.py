"""Query parameters: read strictly, so that a misspelt one is an error and not a surprise."""

import difflib
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
    if problems:
        raise InvalidQuery(problems)
    values: dict[str, Any] = query.validated_data
    return values


def _unknown(name: str, known: list[str]) -> str:
    near = difflib.get_close_matches(name, known, n=1)
    return f"There is no such parameter. Did you mean {near[0] if near else ' or '.join(known)}?"
