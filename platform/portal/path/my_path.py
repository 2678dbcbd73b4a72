"""A learner's own paths: the next step, every other one, and why each is there."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib.messages import get_messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from learning.markdown import render as markdown
from learning.models import Assignment, PlanStep
from learning.plans import NOT_SEEN
from learning.reports import MyPath, my_paths
from portal.links import reputations
from portal.path.steps import DONE
from portal.requests import SignedIn, signed_in
from reinforcement.reports import open_reputation

State = PlanStep.State


@dataclass(frozen=True)
class Notice:
    """What was just done; `done` is the step that can be taken back, where it was that."""

    text: str
    level: str
    done: PlanStep | None


@require_safe
@never_cache
@signed_in
def my_path(request: SignedIn) -> HttpResponse:
    person = request.user
    paths = my_paths(person, today=timezone.localdate())
    shown = [(path, markdown(path.next.plan_step.step.body) if path.next else "") for path in paths]
    completed = Assignment.Status.COMPLETED
    asked = open_reputation(person, now=timezone.now())
    context = {
        **(reputations.about(asked) if asked else {}),
        "notices": _notices(request, paths),
        "open_paths": [(path, body) for path, body in shown if path.assignment.status != completed],
        "completed": [path for path, _body in shown if path.assignment.status == completed],
        "unseen": {path.assignment.pk for path in paths if _has_unseen(path)},
    }
    return render(request, "portal/my_path.html", context)


def _notices(request: HttpRequest, paths: Iterable[MyPath]) -> list[Notice]:
    steps = {str(line.plan_step.uid): line.plan_step for path in paths for line in path.lines}
    told = []
    for message in get_messages(request):
        done = steps.get((message.extra_tags or "").removeprefix(DONE))
        is_done = done is not None and done.state == State.DONE
        told.append(Notice(str(message), message.level_tag, done if is_done else None))
    return told


def _has_unseen(path: MyPath) -> bool:
    """Whether a step waits only because nobody has seen its skill."""
    waiting = (line.plan_step for line in path.lines if line.plan_step.state == State.TO_DO)
    return any(plan_step.receipt_code == NOT_SEEN for plan_step in waiting)
