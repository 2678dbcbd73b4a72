"""An occupation with its tasks, and the button that makes a draft role of it."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse

from learning.actions import start_role
from learning.actions.occupations import Started
from learning.admin.onet.pages import show
from learning.admin.trails import list_of
from learning.models import Occupation, Role
from learning.onet.attribution import as_published


def occupation(request: HttpRequest, *, code: str) -> HttpResponse:
    chosen = get_object_or_404(Occupation, code=code)
    if request.method == "POST":
        return _start(request, chosen)
    tasks = list(chosen.tasks.all())
    return show(
        request,
        "occupation",
        occupation=chosen,
        core=[task.text for task in tasks if task.core],
        supplemental=[task.text for task in tasks if not task.core],
        role=Role.objects.filter(occupation_code=code).first(),
        credit=as_published(chosen.release),
        title=chosen.title,
        trail=[list_of(Role), ("Start from O*NET", reverse("admin:learning_onet"))],
    )


def _start(request: HttpRequest, chosen: Occupation) -> HttpResponse:
    try:
        started = start_role(occupation=chosen)
    except Occupation.DoesNotExist as error:
        raise Http404("The tables were replaced meanwhile by some without it.") from error
    tell = messages.warning if started.is_new and not started.skills else messages.success
    tell(request, _told(started))
    return redirect("admin:learning_role_change", started.role.pk)


def _told(started: Started) -> str:
    role = started.role
    if not started.is_new:
        return f"“{role}” was started from this occupation before: this is it, as it is now."
    if not started.skills:
        return f"“{role}” is here as a draft without skills: O*NET lists no tasks. Add its skills."
    tasks = (
        "supplemental task, as there is no core one" if started.from_supplemental else "core task"
    )
    skills = "1 skill" if started.skills == 1 else f"{started.skills} skills"
    return (
        f"“{role}” is here as a draft with {skills}, one per {tasks}. Drop what your people do not "
        "need, put the rest into your words, add outcomes, and set its status to active."
    )
