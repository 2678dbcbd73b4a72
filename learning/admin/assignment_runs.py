"""What was given to many at once: how far it has come, who was left out, and taking it back."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, cast

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path
from django.utils import timezone
from django.views.decorators.http import require_POST

from learning.actions import give_back, take_back, try_again
from learning.actions.giving import PATIENCE
from learning.actions.taking_back import still_open, taken_back
from learning.admin.standing import MAY as MAY_TAKE_BACK
from learning.models import Assignment, AssignmentRun, PlanStep, Recipient
from tenants.people.admin.pages import ReadPage, labelled
from tenants.people.models import Person

MAY_GIVE: Final = "learning.add_assignment"
A_PAGE: Final = 50
State = AssignmentRun.State
STATE_COLOURS = {
    State.QUEUED: "info",
    State.RUNNING: "info",
    State.DONE: "success",
    State.FAILED: "danger",
    State.UNDOING: "info",
    State.UNDONE: "warning",
    State.RETURNS: "info",
}
BEGUN = Q(plan_steps__state__in=[PlanStep.State.DOING, PlanStep.State.DONE])


@dataclass(frozen=True)
class Progress:
    """People it has come to; since when it waits for a worker, where that is too long."""

    done: int
    of: int
    waits: bool
    late_since: datetime | None


@admin.register(AssignmentRun)
class AssignmentRunPage(ReadPage):
    """Paths that were given to many at once."""

    nothing_yet = "Nothing was given to many at once yet. Assign a path, and it is told here."
    list_display = ("path", "sent_by", "sent_at", "how_it_went", "chosen", "given", "kept_out")
    list_filter = ("state", "path", "sent_at")
    list_select_related = ("path", "sent_by")
    search_fields = ("path__name", "claim", "sent_by__given_name", "sent_by__family_name")
    search_help_text = "A path, its claim, or who gave it."
    change_form_outer_after_template = "learning/assign/run.html"

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> list[Any]:
        return []  # the template tells it all

    @labelled("state", ordering="state", colours=STATE_COLOURS)
    def how_it_went(self, run: AssignmentRun) -> tuple[str, str]:
        return run.state, run.get_state_display()

    @admin.display(description="left out")
    def kept_out(self, run: AssignmentRun) -> int:
        return run.had_it + run.gone

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Whoever gives paths has to see what became of it."""
        return request.user.has_perm(MAY_GIVE) or bool(super().has_view_permission(request, obj))

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    def get_urls(self) -> list[URLPattern]:
        standing = self.admin_site.admin_view(change_run)
        route = path("<int:pk>/standing/", standing, name="learning_assignmentrun_standing")
        return [route, *super().get_urls()]

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **options: Any
    ) -> Any:
        if run := context.get("original"):
            context |= _told(request, run)
        return super().render_change_form(request, context, *args, **options)


def _take_back(run: AssignmentRun, actor: Person) -> str:
    now = take_back(run=run, actor=actor)
    if now.state == State.UNDOING:
        return "It is being taken back. What was done is kept, and you can give it back here later."
    number = taken_back(now).count()
    return f"Taken back: {_paths(number)}. What was done is kept, and you can give it back here."


def _give_back(run: AssignmentRun, actor: Person) -> str:
    before = taken_back(run).count()
    if give_back(run=run).state == State.RETURNS:
        return "It is being given back, which takes a moment. Each stands where it stood."
    number = before - taken_back(run).count()
    return f"Given back: {_paths(number)}. It stands where it stood."


def _try_again(run: AssignmentRun, actor: Person) -> str:
    try_again(run=run)
    return "It goes on."


CHANGES: dict[str, tuple[str, Callable[[AssignmentRun, Person], str]]] = {
    "take_back": (MAY_TAKE_BACK, _take_back),
    "give_back": (MAY_TAKE_BACK, _give_back),
    "try_again": (MAY_GIVE, _try_again),
}


@require_POST
def change_run(request: HttpRequest, pk: int) -> HttpResponse:
    """One button on the page of a run."""
    run = get_object_or_404(AssignmentRun.objects.select_related("path"), pk=pk)
    if request.POST.get("change") not in CHANGES:
        return HttpResponseBadRequest("There is no such change.")
    permission, act = CHANGES[request.POST["change"]]
    if not request.user.has_perm(permission):
        raise PermissionDenied
    try:
        messages.success(request, act(run, cast(Person, request.user)))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect("admin:learning_assignmentrun_change", pk)


def _told(request: HttpRequest, run: AssignmentRun) -> dict[str, Any]:
    given = Assignment.objects.filter(recipient__run=run)
    to_withdraw = still_open(run)
    recipients = run.recipients.exclude(became=Recipient.Became.WAITING)
    ordered = recipients.select_related("person", "assignment").order_by(
        "became", "person__family_name", "person__given_name", "pk"
    )
    page = Paginator(ordered, A_PAGE).get_page(request.GET.get("page"))
    return {
        "run": run,
        "framing": Assignment(claim=run.claim, because=run.because, sign=run.sign).framing,
        "is_going_on": run.state in AssignmentRun.GOING_ON and not run.is_stopped,
        "is_stopped": run.is_stopped,
        "progress": _progress(run),
        "recipients": page,
        "page": page,
        "to_withdraw": to_withdraw.count(),
        "begun": to_withdraw.filter(BEGUN).distinct().count(),
        "completed": given.filter(status=Assignment.Status.COMPLETED).count(),
        "may_take_back": request.user.has_perm(MAY_TAKE_BACK),
        "may_give": request.user.has_perm(MAY_GIVE),
    }


def _progress(run: AssignmentRun) -> Progress:
    """How far it has come, on its way out or back. At most one query."""
    waits = run.state == State.QUEUED
    if run.state == State.UNDOING:
        left = still_open(run).count()
        since = run.undone_at if left and not taken_back(run).exists() else None
        done, of = run.given - left, run.given
    elif run.state == State.RETURNS:
        done, of, since = run.given - taken_back(run).count(), run.given, None
    else:
        done, of, since = run.reached, run.chosen, run.sent_at if waits else None
    late = since is not None and since < timezone.now() - PATIENCE
    return Progress(done, of, waits, since if late else None)


def _paths(number: int) -> str:
    return "1 path" if number == 1 else f"{number:,} paths"
