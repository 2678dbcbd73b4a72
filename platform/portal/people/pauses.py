"""A path of somebody's rests for a while, and goes on."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from learning.actions import pause_assignment, resume_assignment
from learning.models import Assignment
from portal.people.sheet import back_to
from portal.people.uids import uid_in
from portal.people.whom import about_a_report
from portal.requests import SignedIn
from tenants.people.models import Person


@about_a_report
def pause(request: SignedIn, person: Person) -> HttpResponse:
    """Until somebody lets it go on, which the same place offers at once."""
    assignment = _path_of(request, person)
    try:
        pause_assignment(assignment=assignment)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages), extra_tags=str(assignment.uid))
    else:
        sentence = _("Paused. Every step stays where it is, and nobody is asked about it.")
        messages.success(request, sentence, extra_tags=str(assignment.uid))
    return back_to(person, f"path-{assignment.uid}")


@about_a_report
def resume(request: SignedIn, person: Person) -> HttpResponse:
    assignment = _path_of(request, person)
    try:
        resume_assignment(assignment=assignment)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages), extra_tags=str(assignment.uid))
        return back_to(person, f"path-{assignment.uid}")
    assignment.refresh_from_db(fields=["status"])
    if assignment.status == Assignment.Status.PAUSED:
        sentence = _("It goes on by itself once %(name)s is back.") % {"name": person.called}
    else:
        sentence = _("It goes on where it stood.")
    messages.success(request, sentence, extra_tags=str(assignment.uid))
    return back_to(person, f"path-{assignment.uid}")


def _path_of(request: SignedIn, person: Person) -> Assignment:
    """One of the person's paths; taken back or somebody else's is 404."""
    theirs = Assignment.objects.filter(person=person).exclude(status=Assignment.Status.WITHDRAWN)
    return get_object_or_404(theirs, uid=uid_in(request, "path"))
