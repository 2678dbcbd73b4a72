"""How somebody's plan stood when they began a self-check, kept in their session."""

from datetime import timedelta

from django.http import HttpRequest
from django.utils import timezone

from learning.moves import Place, places_of
from tenants.people.models import Person

KEPT = timedelta(hours=3)
KEY = "self_check"


def remember_plan(request: HttpRequest, person: Person) -> None:
    """From now on, what moves counts as moved by this check."""
    request.session[KEY] = {
        "began": timezone.now().timestamp(),
        "plan": [[step, *place] for step, place in places_of(person).items()],
    }


def remembered_plan(request: HttpRequest) -> dict[int, Place] | None:
    """Plan step id → where it stood; None where no check began in the last three hours."""
    kept = request.session.get(KEY)
    if kept is None or timezone.now().timestamp() - kept["began"] > KEPT.total_seconds():
        return None
    return {step: (state, position) for step, state, position in kept["plan"]}
