"""How many people are at which level of a skill, as one bar."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from django import template

from learning.models import Level
from learning.reports.role_maps import SkillLine

register = template.Library()

WIDTH: Final = 240  # units of the drawing
LABELLED: Final = 18  # units a part needs for its number


@dataclass(frozen=True, slots=True)
class Part:
    """The people at one level, from left to right."""

    kind: str
    words: str
    number: int
    left: float
    width: float

    @property
    def middle(self) -> float:
        return self.left + self.width / 2

    @property
    def is_wide(self) -> bool:
        return self.width >= LABELLED


@register.inclusion_tag("learning/role/level_bar.html")
def level_bar(line: SkillLine) -> dict[str, object]:
    """Below what is required, at it or above, and not seen: told apart by pattern and number."""
    parts = list(_parts(line))
    return {
        "parts": parts,
        "width": WIDTH,
        "words": ", ".join(f"{part.number} {part.words}" for part in parts),
        "id": line.skill.pk,
    }


def _parts(line: SkillLine) -> Iterator[Part]:
    left = 0.0
    for level in (*Level, None):
        number = line.counts.get(level, 0)
        if not number:
            continue
        width = WIDTH * number / line.people
        if level is None:
            kind, words = "unseen-part", "nobody has looked yet"
        else:
            kind = f"met-{level}" if level >= line.required else f"short-{level}"
            words = str(level.label)
        yield Part(kind, words, number, left, width)
        left += width
