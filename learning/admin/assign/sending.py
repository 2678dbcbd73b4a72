"""Step 5: once more what will happen, what changed meanwhile, and the button."""

from hashlib import sha256
from typing import Any, Final, cast

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from learning.actions import send_off
from learning.actions.giving import AT_ONCE
from learning.admin.assign.pages import Step, address_of, missing, of_draft, show
from learning.giving.standing import Standing, standing_of
from learning.models import Assignment, AssignmentRun, Path
from tenants.people.models import Person

NAMED: Final = 12  # people who are left out, by name, before "and 3 more"
CHANGED: Final = "Something changed since you looked: this is what would happen now."


@of_draft
def assign(request: HttpRequest, draft: Any) -> HttpResponse:
    if step := missing(draft):
        return redirect(address_of(draft, step))
    standing, error = standing_of(draft), ""
    if request.method == "POST":
        if request.POST.get("seen") == _fingerprint(draft, standing):
            try:
                return _send(request, draft)
            except ValidationError as refusal:
                error = " ".join(refusal.messages)
        else:
            error = CHANGED
    return show(
        request,
        "assign",
        Step.ASSIGN,
        draft,
        gives=len(standing.ready),
        later=_names(standing.later),
        on_it=_names(standing.on_it),
        gone=_names(standing.gone),
        framing=Assignment(claim=draft.claim, because=draft.because, sign=draft.sign).framing,
        seen=_fingerprint(draft, standing),
        hindrance=_hindrance(draft),
        in_background=draft.chosen > AT_ONCE,
        error=error,
    )


def _send(request: HttpRequest, draft: Any) -> HttpResponse:
    try:
        run = send_off(draft=draft, actor=cast(Person, request.user))
    except AssignmentRun.DoesNotExist:  # discarded at the same moment, in another window
        return redirect("admin:learning_assign")
    if run.state == AssignmentRun.State.DONE:
        people = "1 person" if run.given == 1 else f"{run.given:,} people"
        messages.success(request, f"“{run.path}” is given to {people}.")
    return redirect("admin:learning_assignmentrun_change", run.pk)


def _hindrance(draft: Any) -> str:
    """Why the path cannot be given any more; "" where it can."""
    if draft.path.status != Path.Status.PUBLISHED:
        return f"“{draft.path}” is {draft.path.status} now: publish it again, or choose another."
    has_steps = draft.path.steps.exists()
    return "" if has_steps else f"“{draft.path}” has no steps any more: choose another path."


def _fingerprint(draft: Any, standing: Standing) -> str:
    """Another one as soon as others would be given it, or something else."""
    told = (
        [sorted(person.pk for person in who) for who in (standing.ready, standing.on_it)],
        (draft.path_id, draft.path.status, draft.path.changed_at.isoformat()),
        (draft.outcome_id, draft.claim, draft.because, draft.sign, draft.starts_on),
    )
    return sha256(repr(told).encode()).hexdigest()[:16]


def _names(people: list[Person]) -> dict[str, Any]:
    """How many they are, and the first of them by name."""
    return {
        "number": len(people),
        "names": ", ".join(person.name for person in people[:NAMED]),
        "more": len(people[NAMED:]),
    }
