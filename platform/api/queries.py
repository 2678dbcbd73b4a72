"""Query parameters: read strictly, so that a misspelt one is an error and not a surprise."""

import difflib
from collections.abc import Iterable
from functools import cache
from typing import Any, Final

from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.serializers import Serializer, as_serializer_error

from api.problems import Conflict, InvalidQuery
from learning.calibration import JOINED, asks_for_levels

UNCALIBRATED: Final = "urn:throughline:problem:not-calibrated"
ADDING: Final = frozenset(
    ("include", "fields", "expand", "embed", "with", "select", "columns", "filter", "sort")
)
"""Parameters of other APIs by which one asks for more than there is."""


def read_query(request: Request, parameters: type[Serializer[Any]]) -> dict[str, Any]:
    """The parsed parameters; raises `InvalidQuery` on a bad or unknown one, naming the nearest."""
    reader, values = _reader(parameters), {}
    known = list(reader.fields)
    problems: dict[str, Any] = {
        name: _unknown(name, known) for name in request.query_params if name not in reader.fields
    }
    try:
        values = reader.run_validation(request.query_params.dict())
    except ValidationError as error:
        problems |= as_serializer_error(error)
    for name, given in request.query_params.lists():
        if len(given) > 1:
            problems[name] = "This is given more than once."
    if problems:
        raise InvalidQuery(problems)
    return values


@cache
def _reader(parameters: type[Serializer[Any]]) -> Serializer[Any]:
    """One for all requests, as a serializer inside another is: to make it costs more than to read.

    It keeps nothing of what it reads.
    """
    return parameters()


def read_nothing(request: Request) -> None:
    """Where there are no parameters; raises `InvalidQuery` for any."""
    read_query(request, Serializer)


def refuse_levels(request: Request) -> None:
    """Where people's learning is told: raises `Conflict`, with the reason, for ``include=levels``,
    ``fields=level`` and whatever else would join it to the levels of people."""
    for name, given in request.query_params.lists():
        if asks_for_levels([name, *(given if name in ADDING else ())]):
            raise Conflict(f"{JOINED} See /api/v1/skill-levels.", UNCALIBRATED)


def _unknown(name: str, known: list[str]) -> str:
    if not known:
        return "There is no such parameter: this takes none."
    return f"There is no such parameter. {nearest(name, known)}"


def nearest(name: str, known: Iterable[str]) -> str:
    """ "Did you mean …?" with the one that looks like it, else with all of them."""
    options = list(known)
    near = difflib.get_close_matches(name[:100], options, n=1)
    return f"Did you mean {near[0] if near else ' or '.join(options)}?"
