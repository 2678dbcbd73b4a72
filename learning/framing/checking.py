from collections.abc import Sequence

from django.core.exceptions import ValidationError

from learning.framing.concerns import Concern, concerns_about
from learning.framing.framings import Framing
from learning.framing.refusals import refusals
from learning.models import Outcome


def check_framing(framing: Framing, outcomes: Sequence[Outcome] = ()) -> list[Concern]:
    """What is worth a second look in a framing; the same for admin site, API and rules.

    `outcomes` are those of the path's role, the one that the assignment is about first: their own
    words are no concern, and a hint speaks of the nearest, or else of the first. Raises
    `ValidationError`, by part, for what is empty, a placeholder or too long. Reads English; in
    another language it only refuses.
    """
    if problems := refusals(framing):
        raise ValidationError(problems)
    return concerns_about(framing, outcomes)
