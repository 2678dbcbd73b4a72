"""Suggesting a path to L&D, and taking that back."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from learning.actions import take_back_suggestion
from learning.models import PathSuggestion
from portal.people.sheet import back_to, show
from portal.people.suggestion_form import SuggestionForm
from portal.people.uids import uid_in
from portal.people.whom import about_a_report, moved_away
from portal.requests import SignedIn
from tenants.people.models import Person

PART = "suggestions"


@about_a_report
def suggest(request: SignedIn, person: Person) -> HttpResponse:
    form = SuggestionForm(person, request.POST)
    try:
        suggestion = form.save(request.user)
    except ValidationError:
        return moved_away(request)
    if suggestion is None:
        return show(request, person, suggested=form)
    sentence = _("“%(path)s” is with L&D now. You read here what becomes of it.")
    messages.success(request, sentence % {"path": suggestion.path.name}, extra_tags=PART)
    return back_to(person, PART)


@about_a_report
def unsuggest(request: SignedIn, person: Person) -> HttpResponse:
    """Takes back what the reader suggested, as long as L&D has not decided."""
    mine = PathSuggestion.objects.filter(person=person, suggested_by=request.user)
    suggestion = get_object_or_404(mine, uid=uid_in(request, "suggestion"))
    try:
        take_back_suggestion(suggestion=suggestion, actor=request.user)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages), extra_tags=PART)
    else:
        messages.success(request, _("Taken back: L&D does not see it any more."), extra_tags=PART)
    return back_to(person, PART)
