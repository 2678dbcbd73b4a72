"""My team: who is where, who needs attention, and what the team can do against what it should."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from learning.reports import skill_maps
from portal.requests import SignedIn, signed_in
from reinforcement.reports import Word, team_of, words_in
from tenants.people.models import Person


@require_safe
@never_cache
@signed_in
def team(request: SignedIn) -> HttpResponse:
    return _show(request, request.user)


@require_safe
@never_cache
@signed_in
def team_below(request: SignedIn, uid: UUID) -> HttpResponse:
    """The team of somebody in the reader's own organisation, at any depth; else 404."""
    below = Person.objects.led_by(request.user).select_related("manager")
    return _show(request, get_object_or_404(below, uid=uid))


def _show(request: SignedIn, leader: Person) -> HttpResponse:
    """Everybody, or those of one word (`?show=stuck`); a word that is none shows everybody."""
    members = team_of(leader, reader=request.user, now=timezone.now())
    show = request.GET.get("show", "")
    only = Word(show) if show in Word.values else None
    people = sorted((member.person for member in members), key=_by_name)
    maps = skill_maps(people, today=timezone.localdate()) if people else []
    mapped = {row.person.pk for drawn in maps for row in drawn.rows}
    context = {
        "leader": None if leader == request.user else leader,
        "team": members,
        "shown": [member for member in members if only in (None, member.word)],
        "words": words_in(members).items(),
        "only": only,
        "maps": maps,
        "unmapped": ", ".join(person.name for person in people if person.pk not in mapped),
    }
    return render(request, "portal/team/team.html", context)


def _by_name(person: Person) -> tuple[str, str, int]:
    return person.family_name, person.given_name, person.pk
