"""How many people are at a level, as dots: one for each, of nobody in particular."""

from typing import Final

from django import template

register = template.Library()

STEP: Final = 12  # units of the drawing from dot to dot
IN_A_LINE: Final = 8


@register.inclusion_tag("learning/calibration/marks.html")
def calibration_marks(number: int) -> dict[str, object]:
    """The number itself stands beside them, so that the drawing needs no words."""
    places = [divmod(place, IN_A_LINE) for place in range(number)]
    return {
        "dots": [(STEP * (2 * x + 1) // 2, STEP * (2 * y + 1) // 2) for y, x in places],
        "width": STEP * min(number, IN_A_LINE),
        "height": STEP * -(-number // IN_A_LINE),
        "number": number,
    }
