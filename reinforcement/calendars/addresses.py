from django.utils.translation import gettext as _

from reinforcement.links import DeadLink
from reinforcement.models import CalendarFeed
from tenants.companies.signing import sign, unsign

PURPOSE = "calendar"


def calendar_path(feed: CalendarFeed) -> str:
    """The secret address on the company's host. It lives until the feed is closed or renewed."""
    return f"/calendar/{sign(PURPOSE, str(feed.uid))}.ics"


def read_calendar_token(token: str) -> CalendarFeed:
    """The feed of this address, with its person. One query.

    Raises `BadToken` where it was tampered with or is another company's, `DeadLink` where it was
    closed or renewed, or its person has left.
    """
    uid = unsign(PURPOSE, token)
    feed = CalendarFeed.objects.select_related("person__channel_preference").filter(uid=uid).first()
    if feed is None:
        raise DeadLink(
            _("This calendar was closed. Settings has the current link, if there is one.")
        )
    if not feed.person.is_active:
        raise DeadLink(_("This calendar belonged to somebody who has left."))
    return feed
