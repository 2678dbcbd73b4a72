"""The skill map: people down, skills across, and a tile for each pair, drawn as SVG.

A tile says what it says by its shape; its colour says it once more.
"""

from dataclasses import dataclass
from math import ceil
from textwrap import wrap
from typing import Final

from django.template import Library
from django.utils.translation import get_language_bidi

from learning.reports import SkillMap
from portal.team.skill_tiles import COLUMN, ROW, every_shape, shape_of
from portal.team.skill_words import at_a_glance, in_a_cell, said_of

register = Library()
register.filter("at_a_glance", at_a_glance)
register.filter("in_a_cell", in_a_cell)

REM: Final = 16  # units of the drawing: it grows with the text around it
LETTER: Final = 4.7  # how far a letter of a slanted head reaches, aside and up
LINE: Final = 24  # letters in one line of a head, which has two at most


@dataclass(frozen=True)
class Head:
    """What a column is called, in a line or two that climb from its foot."""

    x: int
    lines: list[str]
    name: str


@dataclass(frozen=True)
class Tile:
    """One person and skill: where it lies, the shape (an id) it has, and what it says."""

    x: int
    y: int
    shape: str
    says: str


@dataclass(frozen=True)
class Drawing:
    """A map laid out: heads above 0 as high as `top`, tiles below; `mirrored` is right to left.

    `width` and `height` are whole rems.
    """

    width: int
    top: int
    height: int
    heads: list[Head]
    tiles: list[Tile]
    mirrored: bool


@register.inclusion_tag("portal/team/tiles.html")
def tiles() -> dict[str, object]:
    """The shapes that tiles refer to; once in a page, before its maps."""
    return {"shapes": every_shape(), "column": COLUMN, "row": ROW}


@register.inclusion_tag("portal/team/skill_map.html")
def skill_map(drawn: SkillMap) -> dict[str, object]:
    drawing = draw(drawn, mirrored=get_language_bidi())
    return {
        "map": drawn,
        "drawing": drawing,
        "wide": drawing.width // REM,
        "high": drawing.height // REM,
    }


def draw(drawn: SkillMap, *, mirrored: bool) -> Drawing:
    lines = [wrap(each.skill.name, LINE, max_lines=2, placeholder="…") for each in drawn.columns]
    reach = [ceil(max(map(len, each)) * LETTER) for each in lines]
    feet = [place * COLUMN + COLUMN // 2 for place in range(len(lines))]
    down = ROW * len(drawn.rows)
    width = _whole(max(foot + aside for foot, aside in zip(feet, reach, strict=True)) + ROW // 2)
    top = _whole(max(reach) + ROW // 2 + down) - down

    def flip(x: int, size: int = 0) -> int:
        return width - x - size if mirrored else x

    return Drawing(
        width=width,
        top=top,
        height=top + down,
        heads=[
            Head(flip(foot), each, column.skill.name)
            for foot, each, column in zip(feet, lines, drawn.columns, strict=True)
        ],
        tiles=[
            Tile(
                x=flip(place * COLUMN, COLUMN),
                y=number * ROW,
                shape=shape_of(gap).id,
                says=said_of(row.person, gap, column.skill.name),
            )
            for number, row in enumerate(drawn.rows)
            for place, (column, gap) in enumerate(zip(drawn.columns, row.gaps, strict=True))
        ],
        mirrored=mirrored,
    )


def _whole(units: int) -> int:
    """As many units as make whole rems."""
    return ceil(units / REM) * REM
