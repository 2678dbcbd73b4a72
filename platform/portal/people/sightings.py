"""I have seen this: a level that a manager saw, and taking that back."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from learning.actions import take_back_sighting
from learning.models import Observation, PlanStep, Skill
from portal.changes import told
from portal.people.sheet import back_to, show
from portal.people.sighting_form import SightingForm
from portal.people.uids import uid_in
from portal.people.whom import about_a_report, moved_away
from portal.requests import SignedIn
from tenants.people.days import day
from tenants.people.models import Person


@about_a_report
def seen(request: SignedIn, person: Person) -> HttpResponse:
    """Notes the level; what that changed in the plan is told beside the skill."""
    skill = get_object_or_404(Skill, uid=uid_in(request, "skill"))
    form = SightingForm(person, skill, request.POST)
    try:
        noted = form.save(request.user)
    except ValidationError:
        return moved_away(request)
    if noted is None:
        return show(request, person, seen=form)
    observation, moved = noted
    sentence = _what_came_of_it(person, observation, moved)
    messages.success(request, sentence, extra_tags=str(skill.uid))
    return back_to(person, f"skill-{skill.uid}")


@about_a_report
def unseen(request: SignedIn, person: Person) -> HttpResponse:
    """Takes back what the reader said today."""
    observation = get_object_or_404(
        Observation.objects.select_related("skill", "person"),
        person=person,
        observer=request.user,
        uid=uid_in(request, "observation"),
    )
    tag = str(observation.skill.uid)
    try:
        moved = take_back_sighting(observation=observation, actor=request.user)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages), extra_tags=tag)
    else:
        messages.success(request, _taken_back(person, moved), extra_tags=tag)
    return back_to(person, f"skill-{tag}")


def _what_came_of_it(person: Person, observation: Observation, moved: list[PlanStep]) -> str:
    sentence = told(person, moved)
    counts = Observation.objects.filter(person=person, skill=observation.skill_id).current().first()
    if counts is None or counts.pk == observation.pk:
        return sentence
    later = _("What was seen on %(day)s is later, so that counts.") % {
        "day": day(counts.observed_on)
    }
    return f"{sentence} {later}"


def _taken_back(person: Person, moved: list[PlanStep]) -> str:
    if moved:
        return _("Taken back. %(name)s’s plan is cut anew to what is known without it.") % {
            "name": person.called
        }
    return _("Taken back. %(name)s’s plan stays as it is.") % {"name": person.called}
