"""Links in mail by which a new hire answers one question, without signing in."""

from datetime import datetime

from reinforcement.links import BadToken, DeadLink
from reinforcement.models import Reputation
from reinforcement.reputations import closed_because
from tenants.companies.signing import sign, unsign

PURPOSE = "reputation"

__all__ = ["BadToken", "DeadLink", "read_reputation_token", "reputation_path"]


def reputation_path(reputation: Reputation, answer: int | None = None) -> str:
    """The address on the company's host, with an answer chosen where one is given."""
    token = sign(PURPOSE, str(reputation.uid))
    return f"/r/{token}" + (f"?answer={answer}" if answer else "")


def read_reputation_token(token: str, *, now: datetime) -> Reputation:
    """The one question the link is for. One query.

    Raises `BadToken` where it was tampered with or is another company's, `DeadLink` where the
    question is open no more.
    """
    uid = unsign(PURPOSE, token)
    reputation = Reputation.objects.select_related("person").filter(uid=uid).first()
    if reputation is None:
        raise DeadLink("This question is no longer there.")
    if reason := closed_because(reputation, now=now):
        raise DeadLink(reason)
    return reputation
