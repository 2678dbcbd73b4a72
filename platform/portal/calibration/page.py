"""An open calibration as a manager who takes part sees it, and what is left of it afterwards."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from learning.calibration.pictures import Picture, SkillPicture, picture_of
from learning.models import CalibratedLevel, Calibration, CalibrationManager, Level
from portal.calibration.words import Line, SkillToSee
from portal.requests import SignedIn, signed_in
from tenants.companies.context import current_company
from tenants.people.models import Person


@require_safe
@never_cache
@signed_in
def calibration(request: SignedIn, uid: UUID) -> HttpResponse:
    return show(request, taking_part(request.user, uid))


def taking_part(reader: Person, uid: UUID) -> CalibrationManager:
    """The reader's part in it; raises `Http404` where they have none. One query."""
    found = CalibrationManager.objects.filter(calibration__uid=uid, manager=reader)
    part = found.select_related("calibration__role").first()
    if part is None:
        raise Http404
    return part


def show(
    request: SignedIn,
    part: CalibrationManager,
    *,
    wrong: Mapping[str, str] | None = None,
    status: int = 200,
) -> HttpResponse:
    """`wrong` is why what was sent about a skill (its uid) was refused."""
    session = part.calibration
    if not session.is_open:
        late = {"wrong": " ".join((wrong or {}).values())}
        return render(request, "portal/calibration/over.html", _over(part) | late, status=status)
    today = current_company().day_of(timezone.now())
    picture = picture_of(session, reader=request.user, today=today)
    others = [team.participant.manager.name for team in picture.teams if team is not picture.own]
    context = {
        "session": session,
        "part": part,
        "with": get_text_list(sorted(others), _("and")),
        "hidden": picture.hidden,
        "lone": not any(not row.own for skill in picture.skills for row in skill.rows),
        "skills": _skills(picture, request, wrong or {}),
        "levels": list(Level),
    }
    return render(request, "portal/calibration/calibration.html", context, status=status)


def back_to(session: Calibration, part: str = "") -> HttpResponse:
    """The page, where what was done stands."""
    return redirect(f"{reverse('calibration', args=[session.uid])}{part and f'#{part}'}")


def _skills(picture: Picture, request: SignedIn, wrong: Mapping[str, str]) -> list[SkillToSee]:
    """Open is the one that something was sent about; else the first to talk about."""
    said = {each.extra_tags: str(each) for each in messages.get_messages(request)}
    keys = [str(each.held_as.skill.uid) for each in picture.skills]
    to_open = next((key for key in keys if key in wrong or key in said), None) or next(
        (key for key, each in zip(keys, picture.skills, strict=True) if each.stands_out), keys[0]
    )
    return [
        SkillToSee(
            each,
            _lines(picture, each, request.POST if key in wrong else {}),
            said=said.get(key, ""),
            wrong=wrong.get(key, ""),
            open=key == to_open,
        )
        for key, each in zip(keys, picture.skills, strict=True)
    ]


def _lines(picture: Picture, skill: SkillPicture, sent: Mapping[str, str]) -> list[Line]:
    return [
        Line(
            person,
            picture.levels.get((person.pk, skill.held_as.skill_id)),
            sent.get(f"level-{person.uid}"),
        )
        for person in (picture.own.people if picture.own else ())
    ]


def _over(part: CalibrationManager) -> dict[str, Any]:
    """Of how many of the reader's people a level may leave by it. One query."""
    levels = CalibratedLevel.objects.filter(
        calibration=part.calibration, person__manager=part.manager
    )
    people = levels.values("person").distinct().count() if part.calibration.ended_at else 0
    return {"session": part.calibration, "part": part, "people": people}
