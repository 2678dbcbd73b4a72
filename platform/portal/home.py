"""Where somebody lands: a manager on their week, everybody else on their path."""

from django.http import HttpResponse
from django.shortcuts import redirect

from portal.requests import SignedIn, signed_in
from reinforcement.reports import has_a_week


@signed_in
def home(request: SignedIn) -> HttpResponse:
    person = request.user
    return redirect("week" if has_a_week(person) else "my_path")
