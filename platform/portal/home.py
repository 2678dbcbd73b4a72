"""Where somebody lands: a manager on their week, everybody else on their path."""

from typing import cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from portal.requests import SignedIn, signed_in
from reinforcement.reports import has_a_week


@signed_in
def home(request: HttpRequest) -> HttpResponse:
    person = cast(SignedIn, request).user
    return redirect("week" if has_a_week(person) else "my_path")
