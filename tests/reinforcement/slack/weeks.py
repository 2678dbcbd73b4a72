"""Weeks that go by with Slack, and what became of each delivery."""

from datetime import timedelta

from django.utils import timezone
from time_machine import Traveller

from reinforcement.actions import send_due, set_preference, write_due_briefs
from reinforcement.models import Delivery
from tests.reinforcement.cast import DUE, Assign, MakePerson
from tests.reinforcement.slack.slack_server import Slack

MINUTE = timedelta(minutes=1)
POST, FIND = "chat.postMessage", "users.lookupByEmail"


def states() -> list[tuple[str, str]]:
    """Channel and state of every delivery, in the order they came about."""
    return list(Delivery.objects.order_by("id").values_list("channel", "state"))


def a_week_later(clock: Traveller) -> None:
    """The next brief is written and goes out."""
    clock.shift(timedelta(days=7))
    write_due_briefs(now=timezone.now())
    while send_due():
        pass


def two_in_slack(slack: Slack, assign: Assign, person: MakePerson) -> None:
    """Bo is in Slack too, chose it too, and has a brief about Cy."""
    bo = person("Bo", "Ek")
    slack.users["bo.ek@acme.example"] = "U0BO"
    set_preference(person=bo, channel="slack", day=None, hour=None, paused_until=None)
    assign(person("Cy", "Oh", manager=bo))
    write_due_briefs(now=DUE)
