"""L&D changed a path: its people take the change, or stay."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from learning.actions import decline_change, take_change
from learning.models import Assignment
from portal.requests import SignedIn, signed_in


@require_POST
@signed_in
def answer_change(request: SignedIn, uid: UUID) -> HttpResponse:
    """One of the reader's own paths; anybody else's is 404."""
    mine = Assignment.objects.filter(person=request.user)
    assignment = get_object_or_404(mine, uid=uid)
    if request.POST.get("answer") != "take":
        decline_change(assignment=assignment)
        messages.success(request, _("You stay with your steps as they are."))
        return redirect("my_path")
    try:
        aside = [step for step in take_change(assignment=assignment) if step.state == "set_aside"]
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect("my_path")
    told = _("Your path is up to date.")
    if aside:
        told += " " + ngettext(
            "%(n)s step was set aside: you had shown it.",
            "%(n)s steps were set aside: you had shown them.",
            len(aside),
        ) % {"n": len(aside)}
    messages.success(request, told)
    return redirect("my_path")
