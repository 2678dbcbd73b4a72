"""The language that somebody reads in."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from portal.requests import SignedIn, signed_in
from tenants.companies.context import current_company
from tenants.people.actions import choose_locale


@require_POST
@signed_in
def choose_language(request: SignedIn) -> HttpResponse:
    """Saves the choice; what is said about it is in that language already."""
    wanted = request.POST.get("locale", "")
    try:
        choose_locale(person=request.user, locale=wanted)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        with translation.override(wanted or current_company().locale):
            messages.success(request, _("Saved: this is your language now."))
    return redirect("my_settings")
