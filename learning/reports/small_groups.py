"""A figure about fewer than five people is hidden; here is the one place that says what it means.

Hidden, a figure holds no number at all. And where groups add up to a whole that is shown, enough
of them are hidden that nothing about fewer than five people is left when the others are taken off
("complementary suppression"; Hundepool et al., Statistical Disclosure Control, section 4.3).
"""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import Final, TypeVar

FEWEST: Final = 5
Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True)
class Share:
    """`met` of `of`, told about so many `people`; all three are None where it is hidden.

    What is counted need not be people: a share of pairs is told about the managers in them.
    """

    met: int | None = None
    of: int | None = None
    people: int | None = None

    def __post_init__(self) -> None:
        _refuse_small(self.people, self.of, self.met)

    @classmethod
    def about(cls, people: int, *, met: int, of: int) -> "Share":
        """The figure, or a hidden one where these are fewer than five people."""
        return cls(met, of, people) if people >= FEWEST else cls()

    @property
    def hidden(self) -> bool:
        return self.people is None

    @property
    def value(self) -> float | None:
        """From 0 to 1; None where it is hidden, or where there is nothing to be a share of."""
        return None if self.met is None or not self.of else self.met / self.of


@dataclass(frozen=True)
class Split:
    """How `of` divides into named `parts`; everything is None where it is hidden."""

    parts: Mapping[str, int] | None = None
    of: int | None = None
    people: int | None = None

    def __post_init__(self) -> None:
        whole = None if self.parts is None else sum(self.parts.values())
        _refuse_small(self.people, self.of, whole)
        if whole != self.of:
            raise ValueError(f"The parts are {whole} together, not {self.of}.")

    @classmethod
    def about(cls, people: int, parts: Mapping[str, int]) -> "Split":
        """The figure, or a hidden one where these are fewer than five people."""
        return cls(dict(parts), sum(parts.values()), people) if people >= FEWEST else cls()

    @property
    def hidden(self) -> bool:
        return self.people is None

    def share(self, *names: str) -> float | None:
        """What these parts are of the whole, from 0 to 1; None where that cannot be told."""
        if self.parts is None or not self.of:
            return None
        return sum(self.parts[name] for name in names) / self.of


def hidden_among(sizes: Mapping[Key, int]) -> frozenset[Key]:
    """Which groups to hide where the figure of all of them together is shown.

    `sizes` are numbers of people, and no two groups share anybody. Hidden are those of fewer than
    five; and where these are fewer than five together, the smallest of the others with them.
    """
    hidden = [key for key, size in sizes.items() if size < FEWEST]
    others = [key for key, size in sizes.items() if size >= FEWEST]
    if 0 < sum(sizes[key] for key in hidden) < FEWEST and others:
        hidden.append(min(others, key=sizes.__getitem__))
    return frozenset(hidden)


def _refuse_small(people: int | None, of: int | None, met: int | None) -> None:
    if people is None:
        if of is not None or met is not None:
            raise ValueError("A hidden figure holds no number.")
    elif people < FEWEST:
        raise ValueError(f"A figure about {people} people is hidden.")
    elif of is None or met is None or not 0 <= met <= of:
        raise ValueError(f"{met} of {of} is no share.")
