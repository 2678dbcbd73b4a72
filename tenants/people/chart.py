"""The org chart as a map from each person to their manager: loops in it, and their names."""

from collections.abc import Mapping
from typing import TypeVar

Key = TypeVar("Key")


def loop_closed_by(person: Key, manager: Key, managers: Mapping[Key, Key | None]) -> list[Key]:
    """The loop that would close if `manager` managed `person`, or an empty list.

    `managers` maps everybody to their manager as it is now. The loop starts and ends with
    `person`: ``[ada, bo, cy, ada]`` reads "Ada reports to Bo, Bo to Cy, Cy to Ada".
    """
    loop = [person]
    above: Key | None = manager
    seen = set()
    while above is not None and above not in seen:
        loop.append(above)
        if above == person:
            return loop
        seen.add(above)
        above = managers.get(above)
    return []


def loops(managers: Mapping[Key, Key | None]) -> list[list[Key]]:
    """Every loop in the chart, each starting and ending with the same person. Linear time."""
    found: list[list[Key]] = []
    done: set[Key] = set()
    for start in managers:
        walk: list[Key] = []
        at: dict[Key, int] = {}
        here: Key | None = start
        while here is not None and here not in done and here not in at:
            at[here] = len(walk)
            walk.append(here)
            here = managers.get(here)
        if here is not None and here in at:
            found.append([*walk[at[here] :], here])
        done.update(walk)
    return found
