"""Closing and abandoning a calibration, each after being asked once."""

from typing import Any, cast

from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.text import get_text_list
from django.views.decorators.http import require_http_methods

from learning.actions import abandon_calibration, close_calibration
from learning.actions.calibration_ends import LONGEST
from learning.actions.calibrations import FEWEST_MANAGERS
from learning.admin.calibrations.session import MAY_END, session_of
from learning.calibration.standing import standing_of
from learning.calibration.teams import Team
from learning.models import GOOD_FOR, Calibration
from tenants.companies.context import current_company
from tenants.people.models import Person


@require_http_methods(["GET", "HEAD", "POST"])
def close(request: HttpRequest, pk: int) -> HttpResponse:
    """Says of how many people levels become available, and asks for what was agreed."""
    session = session_of(request, pk, may=MAY_END)
    if not session.is_open:
        return _over(request, session)
    context: dict[str, Any] = {}
    if request.method == "POST":
        try:
            return _close(request, session)
        except ValidationError as error:
            found = session_of(request, pk, may=MAY_END)
            if not found.is_open:
                return _over(request, found)
            context["errors"] = error.messages
    standing = standing_of(session, today=current_company().day_of(timezone.now()))
    context |= {
        "standing": standing,
        "calibrated": standing.calibrated,
        "left_out": _named(standing.left_out),
        "enough": len(standing.calibrated) >= FEWEST_MANAGERS,
        "agreed": request.POST.get("agreed", ""),
        "longest": LONGEST,
        "days": GOOD_FOR.days,
    }
    return _page(request, session, "close", context, wrong="errors" in context)


@require_http_methods(["GET", "HEAD", "POST"])
def abandon(request: HttpRequest, pk: int) -> HttpResponse:
    session = session_of(request, pk, may=MAY_END)
    if not session.is_open:
        return _over(request, session)
    if request.method == "POST":
        try:
            abandon_calibration(calibration=session, actor=cast(Person, request.user))
        except ValidationError:
            return _over(request, session_of(request, pk, may=MAY_END))
        messages.success(request, "Abandoned. No level becomes available by it.")
        return redirect("admin:learning_calibration_change", session.pk)
    return _page(request, session, "abandon", {})


def _close(request: HttpRequest, session: Calibration) -> HttpResponse:
    told = request.POST.get("people", "")
    standing = close_calibration(
        calibration=session,
        actor=cast(Person, request.user),
        agreed=request.POST.get("agreed", ""),
        people=int(told) if told.isdecimal() else -1,
    )
    people = "1 person" if standing.people == 1 else f"{standing.people:,} people"
    messages.success(request, f"Closed. Levels of {people} are available to the API now.")
    return redirect("admin:learning_calibration_change", session.pk)


def _over(request: HttpRequest, session: Calibration) -> HttpResponse:
    who = f" by {session.ended_by}" if session.ended_by else ""
    messages.warning(request, f"This calibration was {session.state}{who} already.")
    return redirect("admin:learning_calibration_change", session.pk)


def _page(
    request: HttpRequest,
    session: Calibration,
    name: str,
    context: dict[str, Any],
    *,
    wrong: bool = False,
) -> HttpResponse:
    title = f"{name.capitalize()} the calibration: {session.role}"
    whole = {**admin.site.each_context(request), "title": title, "session": session, **context}
    return TemplateResponse(
        request, f"learning/calibration/{name}.html", whole, status=400 if wrong else 200
    )


def _named(teams: list[Team]) -> str:
    """``Ada (3 people) and Max (1 person)``."""
    return get_text_list(
        [
            f"{team.participant.manager} "
            f"({len(team.people)} {'person' if len(team.people) == 1 else 'people'})"
            for team in teams
        ],
        "and",
    )
