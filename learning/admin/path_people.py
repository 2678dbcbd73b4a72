"""Who is on a path, and on which version of it; L&D can offer them the path as it is now."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.views.decorators.http import require_http_methods

from learning.actions import offer_change
from learning.admin.trails import trail_to
from learning.changes import changes_since, versions_in_use
from learning.models import Assignment, Path, PlanStep

SHOWN = 200  # people on one page; the list of assignments has them all


@require_http_methods(["GET", "POST"])
def people_on_path(request: HttpRequest, pk: int) -> HttpResponse:
    """GET shows the versions in use and the people; POST offers one version's people the change."""
    path = get_object_or_404(Path.objects.select_related("role"), pk=pk)
    if not request.user.has_perm("learning.view_path"):
        raise PermissionDenied
    if request.method == "POST":
        return _offer(request, path)
    in_use = versions_in_use(path)
    changes = changes_since(each.version for each in in_use)
    here = Assignment.objects.filter(path=path, status__in=Assignment.OPEN)
    context: dict[str, Any] = {
        **admin.site.each_context(request),
        "title": f"Who is on “{path}”",
        "trail": trail_to(path),
        "here": "Who is on it",
        "path": path,
        "versions": [(each, changes[each.version.pk]) for each in in_use],
        "on_it_now": here.filter(version=None).count(),
        "on_it": here.count(),
        "people": _people(here)[:SHOWN],
        "may_offer": request.user.has_perm("learning.change_path"),
    }
    return TemplateResponse(request, "learning/path/people.html", context)


def _people(here: Any) -> Any:
    done = Q(plan_steps__state=PlanStep.State.DONE)
    in_plan = ~Q(plan_steps__state=PlanStep.State.SET_ASIDE)
    return (
        here.select_related("person", "version")
        .annotate(done=Count("plan_steps", filter=done), steps=Count("plan_steps", filter=in_plan))
        .order_by("person__family_name", "person__given_name", "pk")
    )


def _offer(request: HttpRequest, path: Path) -> HttpResponse:
    if not request.user.has_perm("learning.change_path"):
        raise PermissionDenied
    chosen = request.POST.get("version", "")
    version = get_object_or_404(path.versions, pk=chosen if chosen.isdecimal() else 0)
    number = offer_change(version=version)
    people = "1 person" if number == 1 else f"{number} people"
    messages.success(request, f"Offered to {people}: each takes it, or stays.")
    return redirect("admin:learning_path_people", path.pk)
