"""The thread: a plan drawn as a line of knots, one per step."""

from collections.abc import Sequence

from django import template

from learning.models import PlanStep

register = template.Library()

KNOT = 20  # pixels from knot to knot
EDGE = 9


@register.inclusion_tag("portal/parts/thread.html")
def thread(states: Sequence[str]) -> dict[str, object]:
    """`states` are those of the steps in the plan, in its order; set-aside ones left out."""
    knots = [(EDGE + place * KNOT, state) for place, state in enumerate(states)]
    return {
        "knots": knots,
        "end": knots[-1][0] if knots else EDGE,
        "start": EDGE,
        "width": 2 * EDGE + KNOT * max(len(knots) - 1, 0),
        "done": sum(state == PlanStep.State.DONE for state in states),
        "total": len(states),
    }
