"""What a manager sends in a calibration: levels in one skill, and that they are done."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse, HttpResponseBadRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from learning.actions import adjust_levels, say_done
from learning.calibration.teams import people_in
from learning.models import CalibrationManager, Level, Skill
from portal.calibration.page import back_to, show, taking_part
from portal.people.uids import uid_in
from portal.requests import SignedIn, signed_in
from tenants.companies.context import current_company
from tenants.people.models import Person

CHOSEN, WAS = "level-", "was-"  # and a person's uid: what was chosen, what the page had said


@require_POST
@signed_in
def levels(request: SignedIn, uid: UUID) -> HttpResponse:
    """Those that differ from what the page had said; all of them or nothing."""
    part = taking_part(request.user, uid)
    skill = get_object_or_404(Skill, uid=uid_in(request, "skill"))
    try:
        changed = _changed(request.POST, _own_people(part))
        adjust_levels(calibration=part.calibration, skill=skill, levels=changed, actor=request.user)
    except ValidationError as error:
        part.calibration.refresh_from_db()
        return show(request, part, wrong={str(skill.uid): " ".join(error.messages)}, status=400)
    messages.success(request, _told(len(changed)), extra_tags=str(skill.uid))
    return back_to(part.calibration, f"skill-{skill.uid}")


@require_POST
@signed_in
def done(request: SignedIn, uid: UUID) -> HttpResponse:
    """``done``: yes or no."""
    part = taking_part(request.user, uid)
    said = request.POST.get("done")
    if said not in ("yes", "no"):
        return HttpResponseBadRequest()
    try:
        say_done(calibration=part.calibration, actor=request.user, done=said == "yes")
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return back_to(part.calibration, "done")


def _own_people(part: CalibrationManager) -> list[Person]:
    today = current_company().day_of(timezone.now())
    return people_in(part.calibration.role, [part.manager_id], today=today).get(part.manager_id, [])


def _changed(sent: Mapping[str, str], people: Iterable[Person]) -> dict[Person, int]:
    """Raises `ValidationError` for what is no level, and for somebody of another team."""
    mine = {str(person.uid): person for person in people}
    changed: dict[Person, int] = {}
    for name, level in sent.items():
        uid = name.removeprefix(CHOSEN)
        if uid == name or level == sent.get(f"{WAS}{uid}"):
            continue
        if uid not in mine:
            raise ValidationError(
                _("Somebody moved to another team meanwhile. Nothing was recorded: look again.")
            )
        if level not in map(str, Level.values):
            raise ValidationError(_("That is not one of the four levels. Choose one of these."))
        changed[mine[uid]] = int(level)
    return changed


def _told(number: int) -> str:
    if not number:
        return _("Nothing changed: the levels are as they were.")
    return ngettext(
        "Noted: %(number)s level. The plan follows by itself.",
        "Noted: %(number)s levels. The plans follow by themselves.",
        number,
    ) % {"number": number}
