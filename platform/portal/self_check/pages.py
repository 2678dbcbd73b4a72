"""Where am I? Somebody goes through the skills of their role, then sees what that changed."""

from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from learning.actions import rate_oneself
from learning.markdown import render as markdown
from learning.models import Assignment, Level
from learning.moves import moves_since
from learning.reports import my_paths
from learning.self_check import SelfCheck, self_check
from learning.standings import Standing, standings_of
from portal.requests import SignedIn, signed_in
from portal.self_check.beginnings import remember_plan, remembered_plan
from tenants.people.models import Person

LEVELS = {str(level.value): level for level in Level}


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@signed_in
def where_am_i(request: SignedIn) -> HttpResponse:
    """What is asked, how long it takes and who sees it; a POST begins."""
    person = request.user
    check = self_check(_standings(person), today=timezone.localdate())
    if request.method != "POST":
        roles = dict.fromkeys(standing.role.name for standing in check.asked)
        context = {"check": check, "roles": roles, "manager": person.manager}
        return render(request, "portal/self_check/where_am_i.html", context)
    if not check.asked:
        return redirect("where_am_i")
    goes_on = 0 < len(check.unanswered) < len(check.asked)
    if not goes_on or remembered_plan(request) is None:
        remember_plan(request, person)
    first = (check.unanswered or check.asked)[0]
    return redirect("where_am_i_skill", first.skill.uid)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@signed_in
def skill(request: SignedIn, uid: UUID) -> HttpResponse:
    """One skill of one's own roles, any other is 404; a POST saves the answer and goes on."""
    person = request.user
    standings = _standings(person)
    standing = next((each for each in standings if each.skill.uid == uid), None)
    if standing is None:
        raise Http404
    check = self_check(standings, today=timezone.localdate())
    if request.method != "POST":
        return _ask(request, check, standing)
    level = LEVELS.get(request.POST.get("level", ""))
    if level is None:
        return _ask(request, check, standing, _complaint(request))
    if remembered_plan(request) is None:
        remember_plan(request, person)
    try:
        rate_oneself(
            person=person,
            skill=standing.skill,
            level=level,
            rated_on=timezone.localdate(),
            context="Where am I?",
        )
    except ValidationError as error:
        return _ask(request, check, standing, " ".join(error.messages))
    _before, after = _neighbours(check, standing)
    return redirect("where_am_i_skill", after) if after else redirect("where_am_i_plan")


@require_safe
@never_cache
@signed_in
def plan(request: SignedIn) -> HttpResponse:
    """The plan as it is now, and what moved in it since the check began."""
    person = request.user
    standings = _standings(person)
    before = remembered_plan(request)
    shown = [
        (path, markdown(path.next.plan_step.step.body) if path.next else "", moves)
        for path in my_paths(person, today=timezone.localdate())
        if (moves := moves_since(before or {}, path))
        or path.assignment.status != Assignment.Status.COMPLETED
    ]
    context = {
        "paths": shown,
        "moved": any(moves for _path, _body, moves in shown),
        "began": before is not None,
        "standings": standings,
        "said": any(standing.said for standing in standings),
        "differs": any(standing.differs for standing in standings),
        "manager": person.manager,
    }
    return render(request, "portal/self_check/plan.html", context)


def _standings(person: Person) -> list[Standing]:
    return standings_of(person, today=timezone.localdate())


def _ask(
    request: HttpRequest, check: SelfCheck, standing: Standing, error: str = ""
) -> HttpResponse:
    before, after = _neighbours(check, standing)
    context = {
        "standing": standing,
        "place": check.asked.index(standing) + 1 if standing in check.asked else None,
        "count": len(check.asked),
        "before": before,
        "after": after,
        "error": error,
    }
    return render(request, "portal/self_check/skill.html", context, status=400 if error else 200)


def _complaint(request: HttpRequest) -> str:
    if request.POST.get("level"):
        return _("That is not one of the four levels. Choose one of these.")
    return _("Choose what comes closest, or “I don’t know yet”.")


def _neighbours(check: SelfCheck, standing: Standing) -> tuple[UUID | None, UUID | None]:
    """The skills (uid) asked before and after this one; none of one that is left out."""
    asked = [each.skill.uid for each in check.asked]
    if standing.skill.uid not in asked:
        return None, None
    place = asked.index(standing.skill.uid)
    return [None, *asked][place], [*asked, None][place + 1]
