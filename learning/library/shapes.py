"""Whether what YAML was read as has the shape that a type asks for."""

from collections.abc import Iterator
from types import UnionType
from typing import Any, get_args, get_origin, get_type_hints, is_typeddict

WORDS = {str: "text", int: "a whole number", float: "a number", bool: "true or false"}


def shape_problems(value: object, expected: Any, at: str = "") -> Iterator[str]:
    """Why `value` is not of the type `expected`, each with the key where it is; none if it is.

    Reads typed dictionaries, lists, dictionaries, unions and plain types.
    """
    if is_typeddict(expected):
        yield from _keys(value, expected, at)
    elif get_origin(expected) is list:
        yield from _list(value, get_args(expected)[0], at)
    elif get_origin(expected) is dict:
        yield from _mapping(value, get_args(expected)[1], at)
    elif not _is_one_of(value, get_args(expected) or (expected,)):
        wanted = get_args(expected) if isinstance(expected, UnionType) else (expected,)
        words = " or ".join(WORDS[kind] for kind in wanted if kind in WORDS)
        yield f"{at} should be {words}, not {value!r}."


def _keys(value: object, expected: Any, at: str) -> Iterator[str]:
    if not isinstance(value, dict):
        yield f"{at or 'The file'} should hold keys, not {value!r}."
        return
    known = get_type_hints(expected)
    for key in sorted(expected.__required_keys__ - value.keys()):
        yield f"{_below(at, key)} is missing."
    for key in value:
        if key in known:
            yield from shape_problems(value[key], known[key], _below(at, key))
        else:
            yield f"{_below(at, key)} is no key that is known here."


def _list(value: object, expected: Any, at: str) -> Iterator[str]:
    if not isinstance(value, list):
        yield f"{at} should be a list, not {value!r}."
        return
    for place, entry in enumerate(value):
        name = entry.get("slug", place) if isinstance(entry, dict) else place
        yield from shape_problems(entry, expected, f"{at}[{name}]")


def _mapping(value: object, expected: Any, at: str) -> Iterator[str]:
    if not isinstance(value, dict):
        yield f"{at} should hold keys, not {value!r}."
        return
    for key, entry in value.items():
        yield from shape_problems(entry, expected, _below(at, key))


def _is_one_of(value: object, kinds: tuple[Any, ...]) -> bool:
    """True is a whole number to Python, but not to whoever writes a level."""
    return any(
        isinstance(value, kind) and (kind is bool or not isinstance(value, bool)) for kind in kinds
    )


def _below(at: str, key: object) -> str:
    return f"{at}.{key}" if at else str(key)
