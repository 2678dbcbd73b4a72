"""JSON as RFC 8259 has it and nothing beyond: no NaN, no name twice, no endless depth.

Whatever is wrong inside it is first read as a `Flaw` in its place, so that the place can be told.
"""

import json
from collections.abc import Iterator, Mapping
from itertools import islice
from json import JSONDecodeError
from typing import Any

from rest_framework.request import Request

from api.bodies import JSON, as_text, media_type_of, read_body
from api.problems import BodyTooLarge, InvalidBody, escaped
from api.queries import nearest

MAX_ERRORS = 100
"""How many are told at once."""
MAX_DEPTH = 20
MAX_DIGITS = 200
MAX_VALUES = 2_500_000
"""Commas and brackets in a text: what its values take in memory stays below 250 MB."""
DEPTH = f"This is nested deeper than {MAX_DEPTH} levels."
PLAIN = {str, int, float, bool, type(None)}


class Flaw:
    """In place of a value that cannot be: why."""

    def __init__(self, detail: str, name: str | None = None) -> None:
        self.detail, self.name = detail, name


def parse(text: str, *, pointer: str = "#", line: int | None = None) -> Any:
    """The value of a JSON text, in which `flaws` may still find some.

    `pointer` is where the text stands and `line` its line. Raises `InvalidBody` with the position
    where it is not JSON, and `BodyTooLarge` where it has more than `MAX_VALUES` values.
    """
    if sum(map(text.count, ",[{")) > MAX_VALUES:
        raise BodyTooLarge(f"The body has more than {MAX_VALUES} values, which is the limit.")
    try:
        return _DECODER.decode(text)
    except JSONDecodeError as error:
        told = f"{error.msg} at line {line or error.lineno}, column {error.colno}."
        raise InvalidBody((pointer, f"This is not JSON: {told}", line or error.lineno)) from error
    except RecursionError as error:
        place = () if line is None else (line,)
        raise InvalidBody((pointer, DEPTH, *place)) from error


def read_object(
    request: Request, known: Mapping[str, str], *, accepted: tuple[str, ...] = JSON
) -> dict[str, Any]:
    """A request's body: an object with these members only, of at most 1 MiB.

    `known` maps each member to "" or to why it cannot be sent. Raises 400, 411, 413 or 415.
    """
    media_type_of(request, accepted)
    given = checked(parse(as_text(read_body(request))))
    check_members(given, known)
    return given


def checked(value: Any) -> dict[str, Any]:
    """The value, if it is an object without flaws; raises `InvalidBody`."""
    if errors := list(islice(flaws(value, "#"), MAX_ERRORS)):
        raise InvalidBody(*errors)
    if not isinstance(value, dict):
        raise InvalidBody(("#", "Send a JSON object."))
    return value


def check_members(given: Mapping[str, Any], known: Mapping[str, str]) -> None:
    """Raises `InvalidBody` for members that are not known, or known not to be sent."""
    sendable = [name for name, refusal in known.items() if not refusal]
    wrong = [name for name in given if name not in sendable]
    if errors := [
        (
            f"#/{escaped(name)}",
            known.get(name) or f"There is no such member. {nearest(name, sendable)}",
        )
        for name in wrong[:MAX_ERRORS]
    ]:
        raise InvalidBody(*errors)


def flaws(value: Any, pointer: str, depth: int = 1) -> Iterator[tuple[str, str]]:
    """What is wrong in a parsed value, with pointers to it."""
    if isinstance(value, Flaw):
        yield (f"{pointer}/{escaped(value.name)}" if value.name else pointer), value.detail
    elif isinstance(value, dict | list):
        if depth > MAX_DEPTH:
            yield pointer, DEPTH
            return
        inside = value.items() if isinstance(value, dict) else enumerate(value)
        for name, inner in inside:
            if type(inner) not in PLAIN:
                yield from flaws(inner, f"{pointer}/{escaped(name)}", depth + 1)


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any] | Flaw:
    given = dict(pairs)
    if len(given) == len(pairs):
        return given
    seen: set[str] = set()
    double = next(name for name, _ in pairs if name in seen or seen.add(name))  # type: ignore[func-returns-value]
    return Flaw("This member is there more than once.", double)


def _integer(digits: str) -> int | Flaw:
    if len(digits) <= MAX_DIGITS:
        return int(digits)
    return Flaw(f"A number may have {MAX_DIGITS} digits, not {len(digits)}.")


def _constant(name: str) -> Flaw:
    return Flaw(f"{name} is no JSON value.")


_DECODER = json.JSONDecoder(object_pairs_hook=_object, parse_int=_integer, parse_constant=_constant)
