"""A manager's calendar, as calendar programs fetch it: the secret address is the authority."""

from hashlib import sha256

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _

from portal.links.bearer import safe_link_page
from reinforcement.calendars import calendar_of, read_calendar_token
from reinforcement.links import BadToken, DeadLink

KEPT = 300  # seconds


@safe_link_page
def calendar_feed(request: HttpRequest, token: str) -> HttpResponse:
    """The calendar, or 304 where the program has it as it is. 410 once its link is dead.

    There is no Last-Modified: somebody who leaves the team changes what is here at no moment that
    could be named, and the ETag (RFC 9110, section 8.8.3) tells every change.
    """
    try:
        feed = read_calendar_token(token)
    except BadToken:
        return _said(_("We do not know this calendar."), 404)
    except DeadLink as reason:
        return _said(str(reason), 410)
    content = calendar_of(feed, now=timezone.now())
    etag = f'"{sha256(content).hexdigest()[:32]}"'
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'inline; filename="throughline.ics"'
    response["ETag"] = etag
    response["Cache-Control"] = f"private, max-age={KEPT}"
    answered = get_conditional_response(request, etag=etag, response=response)
    assert isinstance(answered, HttpResponse)  # noqa: S101  # it is ours, or made from ours
    return answered


def _said(text: str, status: int) -> HttpResponse:
    return HttpResponse(f"{text}\n", content_type="text/plain; charset=utf-8", status=status)
