"""Levels of a skill as dots."""

from django import template

from learning.models import Level
from learning.standings import Standing

register = template.Library()


@register.inclusion_tag("portal/parts/dots.html")
def dots(standing: Standing) -> dict[str, object]:
    """One dot for each level above 0: there, missing, or more than the role asks for."""
    levels = [level for level in Level if level]
    return {
        "dots": [(12 + 20 * place, _dot(level, standing)) for place, level in enumerate(levels)]
    }


def _dot(level: Level, standing: Standing) -> str:
    if standing.level is not None and standing.level >= level:
        return "there"
    return "missing" if level <= standing.required else "beyond"
