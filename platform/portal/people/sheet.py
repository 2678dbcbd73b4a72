"""The sheet about a person, to be read on screen and printed on one page."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from learning.actions.sightings import said_today
from learning.models import Path
from portal.people.sighting_form import SightingForm
from portal.people.suggestion_form import SuggestionForm, paths_to_suggest
from portal.people.whom import below
from portal.requests import SignedIn, signed_in
from reinforcement.reports import PersonSheet, person_sheet
from tenants.people.models import Person


@require_safe
@never_cache
@signed_in
def person(request: SignedIn, uid: UUID) -> HttpResponse:
    found = below(request.user, uid)
    if found is None:
        raise Http404
    return show(request, found)


def show(
    request: SignedIn,
    person: Person,
    *,
    seen: SightingForm | None = None,
    suggested: SuggestionForm | None = None,
) -> HttpResponse:
    """The sheet; with a form that was refused, as it was sent."""
    now = timezone.now()
    sheet = person_sheet(person, reader=request.user, now=now)
    today = said_today(request.user, person, now=now).order_by("pk")
    said = {each.skill_id: each for each in today}
    refused = seen or suggested
    context = {
        "sheet": sheet,
        "person": person,
        "skills": [(trail, said.get(trail.standing.skill.pk)) for trail in sheet.trails],
        "seen": seen,
        "suggested": suggested,
        "to_suggest": to_suggest(sheet),
        "placed": {str(trail.standing.skill.uid) for trail in sheet.trails}
        | {str(path.assignment.uid) for path in sheet.paths},
        "today": sheet.today,
    }
    return render(request, "portal/person/sheet.html", context, status=400 if refused else 200)


def to_suggest(sheet: PersonSheet) -> list[Path]:
    """Those of the person's roles first. One query."""
    roles = {role.pk for role in sheet.roles}
    paths = paths_to_suggest(sheet.person)
    return sorted(paths, key=lambda path: (path.role_id not in roles, path.name))


def back_to(person: Person, part: str) -> HttpResponse:
    """The sheet, where what was done stands."""
    return redirect(f"{reverse('person', args=[person.uid])}#{part}")
