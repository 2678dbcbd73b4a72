"""Step 1: the path; or going on where one was interrupted."""

from typing import Any, cast

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from learning.actions import change_path, discard_draft, start_draft
from learning.admin.assign.pages import address_of, of_draft, show
from learning.models import Assignment, AssignmentDraft, Path, Step
from tenants.people.models import Person

CHOOSE = "Choose a path first."
KEPT = 10  # drafts that are offered, the latest first


def start(request: HttpRequest) -> HttpResponse:
    """A draft begins with its path."""
    error, asked = "", request.GET.get("path", "")
    actor = cast(Person, request.user)
    if request.method == "POST":
        asked = request.POST.get("path", "")
        try:
            return redirect(address_of(start_draft(path=_chosen(asked), actor=actor)))
        except ValidationError as refusal:
            error = " ".join(refusal.messages)
    drafts = AssignmentDraft.objects.filter(owner=actor).annotate(chosen=Count("people"))
    latest = drafts.select_related("path").order_by("-changed_at", "-pk")  # counted, rows lose it
    return show(
        request,
        "path",
        "path",
        paths=_paths(),
        asked=asked,
        error=error,
        drafts=[{"draft": draft, "link": address_of(draft)} for draft in latest[:KEPT]],
    )


@of_draft
def another_path(request: HttpRequest, draft: AssignmentDraft) -> HttpResponse:
    """The same people and words, another path."""
    error, asked = "", str(draft.path_id)
    if request.method == "POST":
        asked = request.POST.get("path", "")
        try:
            change_path(draft=draft, path=_chosen(asked))
            return redirect(address_of(draft))
        except ValidationError as refusal:
            error = " ".join(refusal.messages)
    return show(request, "path", "path", draft, paths=_paths(), asked=asked, error=error)


@require_POST
@of_draft
def discard(request: HttpRequest, draft: AssignmentDraft) -> HttpResponse:
    discard_draft(draft=draft)
    messages.success(request, f"The draft of “{draft.path}” is discarded; nobody was given it.")
    return redirect("admin:learning_assign")


def _chosen(key: str) -> Path:
    """Raises `ValidationError` where there is no such path."""
    path = Path.objects.filter(pk=key).first() if key.isdecimal() and len(key) < 19 else None
    if path is None:
        raise ValidationError(CHOOSE)
    return path


def _paths() -> "QuerySet[Any]":
    """What can be given, by role. One query."""
    on_it = Count("assignments", filter=Q(assignments__status__in=Assignment.OPEN))
    ready = Path.objects.filter(
        Exists(Step.objects.filter(path=OuterRef("pk"))), status=Path.Status.PUBLISHED
    )
    return ready.select_related("role").annotate(on_it=on_it).order_by("role__name", "name")
