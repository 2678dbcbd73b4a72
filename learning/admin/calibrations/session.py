"""The page of a calibration: levels of teams side by side, and who is done."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone

from learning.calibration.pictures import Row, SkillPicture, picture_of
from learning.models import GOOD_FOR, CalibratedLevel, Calibration, CalibrationSkill, Level
from learning.reports.small_groups import FEWEST
from tenants.companies.context import current_company

MAY = "learning.view_calibration"
MAY_END = "learning.change_calibration"


@dataclass(frozen=True)
class Line:
    """A row of marks: whose teams, how many people, and how many are at which level."""

    name: str
    row: Row
    cells: list[tuple[Level, int]]


def session_page(request: HttpRequest, key: str) -> HttpResponse:
    """Ten queries of its own at most, however many people and skills."""
    session = session_of(request, key)
    context = {
        **admin.site.each_context(request),
        "title": f"Calibration: {session.role}",
        "session": session,
        "may_end": request.user.has_perm(MAY_END),
        "fewest": FEWEST,
        "days": GOOD_FOR.days,
        "back": reverse("admin:learning_calibration_changelist"),
        **(_open(request, session) if session.is_open else _ended(session)),
    }
    return TemplateResponse(request, "learning/calibration/session.html", context)


def session_of(request: HttpRequest, key: str | int, *, may: str = MAY) -> Calibration:
    """Raises `PermissionDenied` for whoever may not `may`, and `Http404` where there is none."""
    if not request.user.has_perm(may):
        raise PermissionDenied
    found = Calibration.objects.select_related("role", "opened_by", "ended_by")
    session = found.filter(pk=key).first() if str(key).isdigit() else None
    if session is None:
        raise Http404
    return session


def _open(request: HttpRequest, session: Calibration) -> dict[str, Any]:
    picture = picture_of(session, reader=None, today=current_company().day_of(timezone.now()))
    return {
        "teams": picture.teams,
        "done": sum(bool(team.participant.done_at) for team in picture.teams),
        "hidden": picture.hidden,
        "portal": request.build_absolute_uri(
            reverse("calibration", args=[session.uid], urlconf="config.urls.company")
        ),
        "skills": [(each.held_as, each, _lines(each)) for each in picture.skills],
    }


def _lines(picture: SkillPicture) -> list[Line]:
    return [
        Line(
            ", ".join(f"{team.letter} {team.manager.name}" for team in row.teams),
            row,
            list(zip(Level, row.levels, strict=True)),
        )
        for row in picture.rows
    ]


def _ended(session: Calibration) -> dict[str, Any]:
    """What came of it, of all teams together: by now these may be others than they were."""
    given = list(
        CalibratedLevel.objects.filter(calibration=session).values_list(
            "held_as", "person", "level", "is_adjusted"
        )
    )
    people = {person for _, person, _, _ in given}
    marks = Counter((held_as, level) for held_as, _, level, _ in given)
    shown = len(people) >= FEWEST
    skills = CalibrationSkill.objects.filter(calibration=session).select_related("skill")
    return {
        "participants": session.participants.select_related("manager"),
        "people": len(people),
        "given": len(given),
        "adjusted": sum(adjusted for *_, adjusted in given),
        "hidden": len(people) if people and not shown else 0,
        "skills": [(each, None, _together(each, marks, len(people), shown)) for each in skills],
    }


def _together(
    held_as: CalibrationSkill, marks: Counter[tuple[int, int]], people: int, shown: bool
) -> list[Line]:
    numbers = tuple(marks[held_as.pk, level] for level in Level)
    row = Row((), people, numbers)
    return [Line("Everybody", row, list(zip(Level, numbers, strict=True)))] if shown else []
