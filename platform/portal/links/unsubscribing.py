"""The way out of the mails, without signing in: one button for people, one POST for mail clients.

RFC 8058: a mail client may POST to the address from a mail's header, with no cookie and nothing to
confirm. Opening the address does nothing, since mail scanners follow links.
"""

from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from portal.links.bearer import link_page
from reinforcement.actions import stop_mail
from reinforcement.links import read_unsubscribe_token
from reinforcement.models import Delivery
from tenants.people.readers import written_for

AFTERWARDS: Final = {
    Delivery.Kind.BRIEF: gettext_noop(
        "Every week your people and questions stand on the portal, under This week."
    ),
    Delivery.Kind.HEADS_UP: gettext_noop(
        "You hear no more of it before your manager is asked to talk with you."
    ),
    Delivery.Kind.REPUTATION: gettext_noop("A question about your onboarding waits on My path."),
    Delivery.Kind.CHECK_BACK: gettext_noop(
        "Whom to check back with stands on the admin site, under Barriers."
    ),
}


@link_page("portal/unsubscribe_dead.html")
def unsubscribe_page(request: HttpRequest, token: str) -> HttpResponse:
    """POST stops what comes by mail, however often; what is in the request's body is not asked."""
    person, kind = read_unsubscribe_token(token)
    with written_for(person):
        if request.method == "POST":
            stop_mail(person=person)
        context = {"person": person, "afterwards": _(AFTERWARDS[kind])}
        page = "unsubscribed" if request.method == "POST" else "unsubscribe"
        return render(request, f"portal/{page}.html", context)
