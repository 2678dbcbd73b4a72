"""What the pages of the wizard have in common."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Final
from uuid import UUID

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse

from learning.framing import Framing, check_framing
from learning.models import AssignmentDraft, AssignmentRun

Step = AssignmentDraft.Step
STEPS: Final = {
    "path": "Path",
    Step.PEOPLE: "People",
    Step.FRAMING: "Framing",
    Step.PLANS: "Plans",
    Step.ASSIGN: "Assign",
}
View = Callable[..., HttpResponse]


def of_draft(view: View) -> View:
    """A view of a draft, for its owner alone; one that was sent off leads to its run."""

    @wraps(view)
    def page(request: HttpRequest, *, uid: UUID) -> HttpResponse:
        drafts = AssignmentDraft.objects.annotate(chosen=Count("people"))
        found = drafts.select_related("path__role", "outcome", "owner")
        draft = found.filter(uid=uid, owner=request.user.pk).first()
        if draft:
            return view(request, draft)
        run = AssignmentRun.objects.filter(uid=uid).first()
        if run is None:
            raise Http404("There is no such draft of yours.")
        return redirect("admin:learning_assignmentrun_change", run.pk)

    return page


def show(
    request: HttpRequest,
    template: str,
    step: str,
    draft: Any = None,
    *,
    status: int = 200,
    **context: Any,
) -> HttpResponse:
    page = {
        **admin.site.each_context(request),
        "title": "Assign a path",
        "steps": _steps(step, draft),
        "draft": draft,
        **context,
    }
    return TemplateResponse(request, f"learning/assign/{template}.html", page, status=status)


def address_of(draft: AssignmentDraft, step: str = "") -> str:
    """Of a step's page; without one, of that where its owner goes on."""
    return reverse(f"admin:learning_assign_{step or draft.step}", args=[draft.uid])


def missing(draft: Any) -> str:
    """The step that has to be done before the plans can be looked at; "" where none is."""
    if not draft.chosen:
        return Step.PEOPLE
    return "" if is_settled(draft) else Step.FRAMING


def is_settled(draft: AssignmentDraft) -> bool:
    """Whether the framing can be given: nothing is refused, and concerns were read."""
    if draft.outcome is None:
        return False
    framing = Framing(draft.claim, draft.because, draft.sign)
    try:
        concerns = check_framing(framing, outcomes_of(draft))
    except ValidationError:
        return False
    return not concerns or draft.wording_kept


def outcomes_of(draft: AssignmentDraft) -> list[Any]:
    """Those of the path's role, the chosen one first."""
    outcomes = list(draft.path.role.outcomes.all())
    return sorted(outcomes, key=lambda outcome: outcome.pk != draft.outcome_id)


def _steps(now: str, draft: Any) -> list[dict[str, Any]]:
    """Those before the present one can be gone back to."""
    order = list(STEPS)
    place = order.index(now)
    return [
        {
            "title": STEPS[step],
            "is_now": number == place,
            "is_done": number < place,
            "link": address_of(draft, step) if draft and number < place else "",
        }
        for number, step in enumerate(order)
    ]
