"""Why such words do not land, and what to say instead."""

from typing import Final

from django.utils.translation import gettext_lazy as _

REASONS: Final = {
    "career": _(
        "“%(words)s” speaks of a career. People act on what helps them do this week's work; "
        "what may pay off some day waits."
    ),
    "growth": _(
        "“%(words)s” speaks of how somebody develops. Nobody sees that at work; "
        "what they do differently can be seen."
    ),
    "hours": _(
        "“%(words)s” counts time spent learning. Time spent does not show that anything at work "
        "got better."
    ),
    "compliance": _(
        "“%(words)s” speaks of getting it done because it is asked for. What is done to have it "
        "done gets ticked off, and work goes on as before."
    ),
}

HINTS: Final = {
    "claim": _("Say what gets faster, better or easier in their work."),
    "because": _("Say what happens at work today that this is to change."),
    "sign": _("Say what the two of you will see at work, in a meeting, a customer or a number."),
}

HINTS_WITH_OUTCOME: Final = {
    "claim": _(
        "Say what changes at work instead, for instance how it helps to “%(outcome)s” "
        "(%(measure)s)."
    ),
    "because": _(
        "Say what happens at work today instead, for instance what stands in the way of "
        "“%(outcome)s” (%(measure)s)."
    ),
    "sign": _(
        "Say what you will both see at work instead, for instance what moves first when they "
        "“%(outcome)s” (%(measure)s)."
    ),
}
