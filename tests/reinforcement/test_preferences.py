from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone
from time_machine import Traveller

from reinforcement.actions import set_preference, stop_mail, write_due_briefs
from reinforcement.models import (
    Brief,
    ChannelAddress,
    ChannelConnection,
    ChannelPreference,
    Delivery,
)
from reinforcement.reports import next_brief_at
from reinforcement.routes import routes
from tenants.companies.context import working_for
from tenants.companies.models import Company
from tenants.people.models import Person
from tests.conftest import NOW
from tests.reinforcement.cast import DUE, Assign, MakePerson

# an address of a public network, so that no name is looked up
WEBHOOK = "https://20.50.2.7/workflows/77/triggers/manual/paths/invoke?api-version=1&sig=s3cret"


def choose(person: Person, **changes: Any) -> ChannelPreference:
    chosen: dict[str, Any] = {"channel": "mail", "day": None, "hour": None, "paused_until": None}
    return set_preference(person=person, **{**chosen, **changes})


def refusal(person: Person, **changes: Any) -> dict[str, list[str]]:
    with pytest.raises(ValidationError) as refused:
        choose(person, **changes)
    return refused.value.message_dict


def connect_slack(**fields: object) -> ChannelConnection:
    return ChannelConnection.objects.create(
        channel="slack", workspace="Acme", token="x", signing_secret="y", connected_at=NOW, **fields
    )


def route(person: Person) -> str:
    return routes([Person.objects.get(pk=person.pk)], Delivery.Kind.BRIEF)[person.pk]


def test_what_is_chosen_is_kept_and_replaced(clock: Traveller, ada: Person) -> None:
    choose(ada, channel="portal", day=4, hour=15, paused_until=date(2026, 12, 1))
    kept = ChannelPreference.objects.get(person=ada)
    assert (kept.channel, kept.day, kept.hour) == ("portal", 4, 15)
    assert kept.paused_until == date(2026, 12, 1)
    choose(ada)
    kept = ChannelPreference.objects.get(person=ada)
    assert (kept.channel, kept.day, kept.hour, kept.paused_until) == ("mail", None, None, None)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"channel": "pigeon"}, "channel"),
        ({"channel": ""}, "channel"),
        ({"channel": "slack"}, "channel"),
        ({"day": 0}, "day"),
        ({"day": 8}, "day"),
        ({"hour": -1}, "hour"),
        ({"hour": 24}, "hour"),
        ({"paused_until": date(2026, 11, 18)}, "paused_until"),
        ({"paused_until": date(2027, 11, 20)}, "paused_until"),
        ({"channel": "teams"}, "address"),
        ({"channel": "teams", "address": "not an address"}, "address"),
        ({"channel": "teams", "address": "https://127.0.0.1/hook?sig=x"}, "address"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field_and_nothing_is_written(
    clock: Traveller, ada: Person, changes: dict[str, Any], field: str
) -> None:
    assert list(refusal(ada, **changes)) == [field]
    assert not ChannelPreference.objects.exists()
    assert not ChannelAddress.objects.exists()


def test_everything_that_is_wrong_is_said_at_once(clock: Traveller, ada: Person) -> None:
    told = refusal(ada, channel="slack", day=9, hour=99, paused_until=date(2020, 1, 1))
    assert set(told) == {"channel", "day", "hour", "paused_until"}
    assert told["channel"] == ["Slack is not connected: ask L&D to connect it, or choose another."]


def test_a_pause_may_last_a_year_and_begins_to_count_on_their_own_clock(
    clock: Traveller, ada: Person
) -> None:
    assert choose(ada, paused_until=date(2027, 11, 19)).paused_until == date(2027, 11, 19)
    clock.move_to(datetime.fromisoformat("2026-11-18T23:30:00+00:00"))  # the 19th in Berlin
    assert "paused_until" in refusal(ada, paused_until=date(2026, 11, 19))
    ada.time_zone = "America/New_York"
    assert choose(ada, paused_until=date(2026, 11, 19)).paused_until == date(2026, 11, 19)


def test_slack_can_be_chosen_where_the_company_connected_it(clock: Traveller, ada: Person) -> None:
    connection = connect_slack()
    choose(ada, channel="slack")
    assert route(ada) == "slack"
    connection.stopped_at = NOW
    connection.save()
    assert route(ada) == "mail"
    choose(ada, channel="slack", hour=8)  # what was chosen may stay until it is connected again
    assert ChannelPreference.objects.get().hour == 8
    choose(ada, channel="mail")
    assert "channel" in refusal(ada, channel="slack")


def test_whoever_has_no_mail_address_cannot_choose_mail(clock: Traveller, ada: Person) -> None:
    choose(ada, channel="portal")
    ada.email = None
    ada.save()
    assert "ask L&D" in refusal(ada, channel="mail")["channel"][0]


def test_an_address_is_kept_until_another_is_given(clock: Traveller, ada: Person) -> None:
    choose(ada, channel="teams", address=f"  {WEBHOOK}  ")
    assert ChannelAddress.objects.get().address == WEBHOOK
    assert route(ada) == "teams"
    choose(ada, channel="teams", day=2)
    assert ChannelAddress.objects.get().address == WEBHOOK
    choose(ada, channel="teams", address=WEBHOOK + "2")
    assert ChannelAddress.objects.get().address == WEBHOOK + "2"


def test_an_address_that_stopped_is_only_opened_by_a_new_one(clock: Traveller, ada: Person) -> None:
    choose(ada, channel="teams", address=WEBHOOK)
    ChannelAddress.objects.update(stopped_at=NOW, error="Teams answered 404.")
    choose(ada, channel="teams", hour=7)
    assert ChannelAddress.objects.get().stopped_at == NOW
    assert route(ada) == "mail"
    choose(ada, channel="mail")
    assert "paste a new one" in refusal(ada, channel="teams")["address"][0]
    choose(ada, channel="teams", address=WEBHOOK)
    address = ChannelAddress.objects.get()
    assert (address.stopped_at, address.error) == (None, "")
    assert route(ada) == "teams"


def test_choosing_mail_tries_it_again_where_it_came_back_or_was_unsubscribed(
    clock: Traveller, ada: Person
) -> None:
    ChannelAddress.objects.create(
        person=ada,
        channel="mail",
        address=ada.email or "",
        stopped_at=NOW,
        error="550 no such user",
    )
    assert route(ada) == "portal"
    choose(ada, channel="mail")
    assert route(ada) == "mail"
    connect_slack()
    choose(ada, channel="slack")
    stop_mail(person=ada)
    assert routes([ada], Delivery.Kind.HEADS_UP)[ada.pk] == "portal"
    choose(ada, channel="mail")
    assert routes([ada], Delivery.Kind.HEADS_UP)[ada.pk] == "mail"


def test_a_moment_before_a_change_was_never_due(
    monday: Traveller, ada: Person, lee: Person, assign: Assign
) -> None:
    """On Monday at eight she wants Mondays at seven: the week is due when she says so."""
    monday.move_to(DUE - timedelta(hours=1))
    assign(lee)
    assert choose(ada, day=1, hour=7).rhythm_since == timezone.now()
    [brief] = write_due_briefs(now=timezone.now())
    assert brief.due_at == DUE - timedelta(hours=1)


def test_what_changes_nothing_about_when_does_not_count_as_a_change(
    clock: Traveller, ada: Person
) -> None:
    assert choose(ada, channel="portal").rhythm_since is None
    assert choose(ada, day=1, hour=9).rhythm_since is None  # the company's, said aloud
    assert choose(ada, day=1, hour=9, paused_until=date(2026, 12, 1)).rhythm_since is None
    assert choose(ada, day=3, hour=9).rhythm_since == NOW
    clock.shift(timedelta(days=1))
    assert choose(ada, day=3, hour=9, channel="portal").rhythm_since == NOW
    assert choose(ada, day=3, hour=10).rhythm_since == NOW + timedelta(days=1)


def test_whoever_had_this_week_gets_the_next_one_a_week_later(
    brief: Brief, monday: Traveller, ada: Person
) -> None:
    """Briefs are one a week: from Monday to Thursday does not make two."""
    choose(ada, day=4, hour=15)
    assert next_brief_at(ada, now=DUE) == datetime.fromisoformat("2026-11-26T14:00:00+00:00")
    monday.move_to("2026-11-19T14:00:00+00:00")
    assert write_due_briefs(now=timezone.now()) == []
    monday.move_to("2026-11-26T14:00:00+00:00")
    assert len(write_due_briefs(now=timezone.now())) == 1


def test_the_next_week_is_after_the_pause(clock: Traveller, ada: Person, lee: Person) -> None:
    choose(ada, paused_until=date(2027, 6, 1))
    assert next_brief_at(ada, now=NOW) == datetime.fromisoformat("2027-06-07T07:00:00+00:00")


def test_one_company_connecting_slack_opens_it_for_no_other(
    clock: Traveller, acme: Company, globex: Company, ada: Person, person: MakePerson
) -> None:
    connect_slack()
    with working_for(globex):
        twin = person("Ada", "Lindqvist", pk=ada.pk)
        assert "channel" in refusal(twin, channel="slack")
    choose(ada, channel="slack")
    with working_for(globex):
        assert not ChannelPreference.objects.exists()
