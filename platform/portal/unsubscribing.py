"""The way out of the mails, without signing in: one button for people, one POST for mail clients.

RFC 8058: a mail client may POST to the address from a mail's header, with no cookie and nothing to
confirm. Opening the address does nothing, since mail scanners follow links.
"""

from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from portal.bearer import link_page
from reinforcement.actions import stop_mail
from reinforcement.links import BadToken, DeadLink, read_unsubscribe_token
from reinforcement.models import Delivery

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


@link_page
def unsubscribe_page(request: HttpRequest, token: str) -> HttpResponse:
    """POST stops what comes by mail, however often; what is in the request's body is not asked."""
    try:
        person, kind = read_unsubscribe_token(token)
    except BadToken:
        return render(request, "portal/unsubscribe_dead.html", {"unknown": True}, status=404)
    except DeadLink as reason:
        return render(request, "portal/unsubscribe_dead.html", {"reason": reason}, status=410)
    language = person.locale or translation.get_language() or "en"
    with timezone.override(person.zone), translation.override(language):
        if request.method == "POST":
            stop_mail(person=person)
        context = {"person": person, "afterwards": _(AFTERWARDS[kind])}
        page = "unsubscribed" if request.method == "POST" else "unsubscribe"
        return render(request, f"portal/{page}.html", context)
