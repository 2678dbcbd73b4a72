"""Steps that wait for each other."""

from collections.abc import Hashable, Iterable, Mapping
from graphlib import CycleError, TopologicalSorter
from typing import TypeVar

Step = TypeVar("Step", bound=Hashable)


def loop_in(needs: Mapping[Step, Iterable[Step]]) -> list[Step]:
    """A loop among steps, each mapped to those it needs: first and last are the same step.

    Empty where every step can come about. Linear in their number.
    """
    try:
        TopologicalSorter(needs).prepare()
    except CycleError as error:
        loop: list[Step] = error.args[1]
        return loop[::-1]  # graphlib tells it from what is needed to what needs it
    return []
