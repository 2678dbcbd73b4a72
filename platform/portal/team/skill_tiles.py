"""The tiles of the skill map: what each looks like for a level, against the one required."""

from dataclasses import dataclass
from typing import Final

from learning.gaps import Gap
from learning.models import Level
from portal.team.skill_words import is_own_word

COLUMN: Final = 56  # units of the drawing, as all that follows
ROW: Final = 40  # as high as the name beside it, see 43-skill-map.css
DOT: Final = 11  # from dot to dot
LEVELS: Final = [level for level in Level if level]


@dataclass(frozen=True)
class Shape:
    """How a tile is drawn for a level, against the one required; `dots` have a place and a kind."""

    id: str
    kind: str
    dots: list[tuple[int, str]]


def every_shape() -> list[Shape]:
    """Whatever a tile can look like."""
    levels: list[Level | None] = [None, *Level]
    return [
        shape(required, level, own_word=own_word)
        for required in LEVELS
        for level in levels
        for own_word in ((False, True) if level else (False,))
    ]


def shape_of(gap: Gap) -> Shape:
    level = None if gap.seen is None else gap.seen.level
    return shape(gap.required, level, own_word=is_own_word(gap))


def shape(required: int, level: int | None, *, own_word: bool = False) -> Shape:
    """For a level that was seen, that they themselves say (`own_word`), or that nobody knows."""
    there = "said" if own_word else "there"
    first = COLUMN // 2 - DOT
    return Shape(
        id=_id(required, level, own_word=own_word),
        kind=_kind(required, level),
        dots=[
            (first + DOT * place, _dot(each, required, level or 0, there))
            for place, each in enumerate(LEVELS)
            if level is not None
        ],
    )


def _id(required: int, level: int | None, *, own_word: bool) -> str:
    known = "unknown" if level is None else level
    return f"tile-{required}-{known}-said" if own_word and level else f"tile-{required}-{known}"


def _kind(required: int, level: int | None) -> str:
    if level is None:
        return "unknown"
    if level >= required:
        return "met"
    return "short" if required - level == 1 else "far"


def _dot(dot: int, required: int, level: int, there: str) -> str:
    if dot <= level:
        return there
    return "missing" if dot <= required else "beyond"
