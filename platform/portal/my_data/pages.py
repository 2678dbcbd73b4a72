"""The page, and the copy to take along."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from portal.my_data import learned, own, talked
from portal.requests import SignedIn, signed_in
from tenants.people.auditing import record_event
from tenants.people.personal_copies import as_json, copy_of

NOTED = ("answers_given", "conversations_held")


@require_safe
@never_cache
@signed_in
def my_data(request: SignedIn) -> HttpResponse:
    """The reader's own, in groups; about forty queries, however much there is."""
    copy = copy_of(request.user, reader=request.user)
    groups = [
        own.who_you_are(copy),
        learned.your_roles(copy),
        learned.your_paths(copy),
        learned.your_skills(copy),
        talked.talks_about_you(copy),
        talked.answers_about_you(copy),
        *talked.how_you_started(copy),
        *talked.as_a_manager(copy),
        own.reaching_you(copy),
        own.signing_in(copy),
    ]
    notes = any(each["note"] for name in NOTED for each in copy[name])
    return render(request, "portal/my_data/my_data.html", {"groups": groups, "notes": notes})


@require_safe
@never_cache
@signed_in
def download(request: SignedIn) -> HttpResponse:
    """Everything as a JSON file, as docs/personal-copy.md describes it; kept by no cache."""
    record_event(action="export", about=request.user, words="Downloaded their own data")
    name = f"my-data-{timezone.localdate().isoformat()}.json"
    return HttpResponse(
        as_json(copy_of(request.user, reader=request.user)),
        content_type="application/json",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
