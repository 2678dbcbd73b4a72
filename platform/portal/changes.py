"""What an answer changed in somebody's plan, as a sentence."""

from collections.abc import Iterable

from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from learning.models import PlanStep
from tenants.people.models import Person


def told(report: Person, moved: Iterable[PlanStep], opening: str = "") -> str:
    """Names the steps that were set aside or came back; the steps need their step loaded.

    `opening` is a sentence to begin with, in place of thanks.
    """
    moved = list(moved)
    aside = [_quoted(s) for s in moved if s.state == PlanStep.State.SET_ASIDE]
    back = [_quoted(s) for s in moved if s.state != PlanStep.State.SET_ASIDE]
    name = report.called
    parts = [opening or _("Thank you.")]
    if aside:
        parts.append(
            _("%(steps)s: set aside, %(name)s already shows it.")
            % {"steps": get_text_list(aside, _("and")), "name": name}
        )
    if back:
        parts.append(
            _("Back in %(name)s’s plan: %(steps)s.")
            % {"steps": get_text_list(back, _("and")), "name": name}
        )
    if not moved:
        parts.append(_("%(name)s’s plan stays as it is.") % {"name": name})
    return " ".join(parts)


def _quoted(plan_step: PlanStep) -> str:
    return _("“%(words)s”") % {"words": plan_step.step}
