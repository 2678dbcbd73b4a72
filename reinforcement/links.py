"""Links in mail that answer one question about one person, without signing in."""

from datetime import timedelta

from reinforcement.models import BriefItem
from tenants.companies.signing import BadToken, sign, unsign
from tenants.people.models import EmploymentStatus

PURPOSE = "answer"
LIFE = timedelta(days=14)

__all__ = ["BadToken", "DeadLink", "answer_path", "answer_token", "read_answer_token"]


class DeadLink(LookupError):
    """A link of ours that has had its time; its text says why."""


def answer_token(item: BriefItem) -> str:
    return sign(PURPOSE, str(item.uid))


def answer_path(item: BriefItem, choice: str = "") -> str:
    """The address on the company's host, with an answer chosen where one is given."""
    return f"/a/{answer_token(item)}" + (f"?choice={choice}" if choice else "")


def read_answer_token(token: str) -> BriefItem:
    """The one item the link is for.

    Raises `BadToken` where it was tampered with or is another company's, `DeadLink` where it
    expired, its manager left, or the person left or reports to somebody else by now.
    """
    uid = unsign(PURPOSE, token)
    item = (
        BriefItem.objects.select_related("brief__manager", "report", "question__skill")
        .filter(uid=uid)
        .first()
    )
    if item is None:
        raise DeadLink("This question is no longer there.")
    try:
        unsign(PURPOSE, token, max_age=LIFE)
    except BadToken as error:
        raise DeadLink(f"This link was good for {LIFE.days} days.") from error
    if not item.brief.manager.is_active:
        raise DeadLink("This link belonged to somebody who has left.")
    if item.report.manager_id != item.brief.manager_id:
        raise DeadLink(f"{item.report.called} is not in your team any more.")
    if item.report.employment_status == EmploymentStatus.TERMINATED:
        raise DeadLink(f"{item.report.called} has left.")
    return item
