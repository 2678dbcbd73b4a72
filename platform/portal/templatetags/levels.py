"""Levels of a skill as dots, and the day on which one was seen."""

from datetime import date

from django import template
from django.utils import timezone
from django.utils.formats import date_format

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


@register.filter
def day(seen_on: date) -> str:
    """``3 May``; with its year where that is another than this one."""
    form = "j F" if seen_on.year == timezone.localdate().year else "j F Y"
    return date_format(seen_on, form)
