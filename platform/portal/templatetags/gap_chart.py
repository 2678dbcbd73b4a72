"""The gap of one skill over time, drawn: a line of steps against the level the role requires."""

from collections.abc import Iterator
from datetime import date

from django import template
from django.utils.translation import gettext as _

from learning.models import Level, Observation
from learning.reports import Trail
from tenants.people.days import day

register = template.Library()

WIDTH, HEIGHT = 240, 64  # pixels
EDGE = 6
RISE = (HEIGHT - 2 * EDGE) // 3  # from one level to the next


@register.inclusion_tag("portal/person/gap_chart.html")
def gap_chart(trail: Trail) -> dict[str, object]:
    """Filled knots are what somebody else saw, hollow ones what was said of oneself."""
    required = _y(trail.standing.required)
    return {
        "width": WIDTH,
        "height": HEIGHT,
        "start": EDGE,
        "end": WIDTH - EDGE,
        "rules": [_y(level) for level in Level],
        "required": required,
        "line": _line(trail),
        "short": [(x, required, to - x, y - required) for x, to, y in _runs(trail) if y > required],
        "knots": [
            (_x(each.observed_on, trail), _y(each.level), _kind(each)) for each in trail.in_window
        ],
        "told": told(trail),
    }


def told(trail: Trail) -> str:
    """The chart in two sentences, for whoever does not see it."""
    standing = trail.standing
    words = {
        "skill": standing.skill.name,
        "required": standing.required.label,
        "level": standing.level.label if standing.level is not None else "",
        "day": day(standing.seen.observed_on) if standing.seen else "",
    }
    if not standing.seen:
        return _("%(skill)s: not seen yet. The role needs “%(required)s”.") % words
    return _("%(skill)s: “%(level)s” as of %(day)s. The role needs “%(required)s”.") % words


def _line(trail: Trail) -> str:
    """The commands of an SVG path, from the first level that counted in the window until today."""
    runs = list(_runs(trail))
    if not runs:
        return ""
    first, *rest = runs
    return " ".join(
        [f"M{first[0]} {first[2]}H{first[1]}", *(f"V{y}H{to}" for _x_from, to, y in rest)]
    )


def _runs(trail: Trail) -> Iterator[tuple[int, int, int]]:
    """(from x, to x, y) for each time a level held."""
    for place, each in enumerate(trail.seen):
        later = trail.seen[place + 1 : place + 2]
        until = later[0].observed_on if later else trail.today
        yield _x(each.observed_on, trail), _x(until, trail), _y(each.level)


def _x(on: date, trail: Trail) -> int:
    share = (on - trail.since) / (trail.today - trail.since)
    return round(EDGE + min(max(share, 0), 1) * (WIDTH - 2 * EDGE))


def _y(level: int) -> int:
    return HEIGHT - EDGE - level * RISE


def _kind(observation: Observation) -> str:
    return "said" if observation.source == Observation.Source.SELF else "seen"
