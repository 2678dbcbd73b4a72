"""Links in mail: what one may do by holding it, without signing in, and until when."""

from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from reinforcement.models import BriefItem, Delivery
from tenants.companies.signing import BadToken, sign, unsign
from tenants.people.models import EmploymentStatus, Person

ANSWER, UNSUBSCRIBE = "answer", "unsubscribe"
LIFE = timedelta(days=14)  # of an answer link, from when its brief was due
UNSUBSCRIBE_LIFE = timedelta(days=365)

__all__ = [
    "LIFE",
    "BadToken",
    "DeadLink",
    "answer_path",
    "answer_token",
    "read_answer_token",
    "read_unsubscribe_token",
    "unsubscribe_path",
]


class DeadLink(LookupError):
    """A link of ours that has had its time; its text says why."""


def answer_token(item: BriefItem) -> str:
    return sign(ANSWER, str(item.uid))


def answer_path(item: BriefItem, choice: str = "", *, talked: bool = False) -> str:
    """The address on the company's host, with an answer or "we talked" chosen where wanted."""
    chosen = f"?choice={choice}" if choice else "?talked=1" if talked else ""
    return f"/a/{answer_token(item)}{chosen}"


def read_answer_token(token: str) -> BriefItem:
    """The one item the link is for. One query.

    Raises `BadToken` where it was tampered with or is another company's, `DeadLink` where it
    expired, its manager left, or the person left or reports to somebody else by now.
    """
    uid = unsign(ANSWER, token)
    item = (
        BriefItem.objects.select_related("brief__manager", "report", "prompt", "question__skill")
        .filter(uid=uid)
        .first()
    )
    if item is None:
        raise DeadLink(_("This question is no longer there."))
    if timezone.now() > item.brief.due_at + LIFE:
        raise DeadLink(_("This link was good for %(days)s days.") % {"days": LIFE.days})
    if not item.brief.manager.is_active:
        raise DeadLink(_("This link belonged to somebody who has left."))
    if item.report.manager_id != item.brief.manager_id:
        raise DeadLink(_("%(name)s is not in your team any more.") % {"name": item.report.called})
    if item.report.employment_status == EmploymentStatus.TERMINATED:
        raise DeadLink(_("%(name)s has left.") % {"name": item.report.called})
    return item


def unsubscribe_path(person: Person, kind: Delivery.Kind) -> str:
    """The address that takes somebody off the mails; `kind` is what they were reading."""
    return f"/u/{sign(UNSUBSCRIBE, [str(person.uid), kind.value])}"


def read_unsubscribe_token(token: str) -> tuple[Person, Delivery.Kind]:
    """Whom the link is for, and which mail it was in. One query.

    Raises `BadToken` where it was tampered with or is another company's, `DeadLink` where it is a
    year old or its reader has left.
    """
    uid, kind = unsign(UNSUBSCRIBE, token)
    try:
        unsign(UNSUBSCRIBE, token, max_age=UNSUBSCRIBE_LIFE)
    except BadToken as error:
        raise DeadLink(_("This link was good for a year.")) from error
    person = Person.objects.filter(uid=uid).first()
    if person is None or not person.is_active:
        raise DeadLink(_("This link belonged to somebody who has left."))
    return person, Delivery.Kind(kind)
