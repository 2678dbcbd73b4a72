"""Where and when somebody wants what is written for them."""

from datetime import date, datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from reinforcement.channels import Channel
from reinforcement.models import ChannelAddress, ChannelPreference, Delivery
from reinforcement.models.channels import MAIL
from reinforcement.rhythms import rhythm_of
from reinforcement.ways import Way, ways_for
from tenants.companies.context import current_company
from tenants.companies.models import Weekday
from tenants.people.models import Person

LONGEST_PAUSE = timedelta(days=366)


def set_preference(
    *,
    person: Person,
    channel: str,
    day: int | None,
    hour: int | None,
    paused_until: date | None,
    address: str = "",
    now: datetime | None = None,
) -> ChannelPreference:
    """Reach this person by `channel`, on ISO weekday `day` at `hour` (0 to 23) on their own clock.

    None is the company's day or hour, and no pause; `paused_until` is the first day on which
    briefs come again. `address` is for channels that need one: a new one replaces what is stored,
    an empty one leaves it. Choosing a channel is also trying it again where something came back.
    Raises `ValidationError` with what to do at each field that is wrong; an address is looked up
    for that, outside of the transaction, which may take seconds.
    """
    now = now or timezone.now()
    way = ways_for(person, Delivery.Kind.BRIEF).get(channel)
    address = address.strip()
    errors = {
        "channel": _wrong_channel(person, way),
        "address": _wrong_address(way, address),
        "day": _wrong_day(day),
        "hour": _wrong_hour(hour),
        "paused_until": _wrong_pause(paused_until, timezone.localdate(now, person.zone)),
    }
    if errors := {field: told for field, told in errors.items() if told}:
        raise ValidationError(errors)
    assert way is not None  # noqa: S101  # `_wrong_channel` has seen it
    with transaction.atomic():
        preference = _choose(person, channel, day, hour, paused_until, now)
        _keep_address(person, way.channel, address)
    return preference


def _choose(
    person: Person,
    channel: str,
    day: int | None,
    hour: int | None,
    paused_until: date | None,
    now: datetime,
) -> ChannelPreference:
    company = current_company()
    preference, _new = ChannelPreference.objects.select_for_update().get_or_create(person=person)
    preference.person = person  # so that whoever holds the person sees what is chosen now
    before = rhythm_of(person, company)
    preference.channel, preference.paused_until = channel, paused_until
    preference.day, preference.hour = day, hour
    after = rhythm_of(person, company)
    if (after.weekday, after.hour) != (before.weekday, before.hour):
        preference.rhythm_since = now
    preference.save()
    return preference


def _wrong_channel(person: Person, way: Way | None) -> list[str]:
    if way is None:
        return [_("Choose one of these.")]
    if way.can_be_chosen:
        return []
    label = str(way.channel.label)
    if not way.connected:
        return [
            _("%(channel)s is not connected: ask L&D to connect it, or choose another.")
            % {"channel": label[:1].upper() + label[1:]}
        ]
    if way.channel.name == MAIL:
        return [_("We have no mail address of yours: ask L&D to add it, or choose another.")]
    return [_("We do not know where to find you there: choose another.")]


def _wrong_address(way: Way | None, address: str) -> list[str]:
    if way is None or not way.channel.needs_address:
        return []
    if not address:
        if not way.found:
            return [_("Paste the address: without it we do not know where to send.")]
        if way.stopped and not way.chosen:
            return [_("The address we have stopped working: paste a new one.")]
        return []
    try:
        way.channel.check_address(address)
    except ValidationError as error:
        return error.messages
    return []


def _wrong_day(day: int | None) -> list[str]:
    right = day is None or day in Weekday.values
    return [] if right else [_("Choose a day from Monday to Sunday.")]


def _wrong_hour(hour: int | None) -> list[str]:
    right = hour is None or 0 <= hour <= 23
    return [] if right else [_("Choose an hour from 0 to 23.")]


def _wrong_pause(until: date | None, today: date) -> list[str]:
    if until is None:
        return []
    if until <= today:
        return [_("Choose a day that is still to come, or none.")]
    if until > today + LONGEST_PAUSE:
        return [_("Choose a day within a year from now.")]
    return []


def _keep_address(person: Person, channel: type[Channel], address: str) -> None:
    known = ChannelAddress.objects.filter(person=person, channel=channel.name)
    if not channel.needs_address:
        known.exclude(stopped_at=None).delete()  # it is looked up and tried anew
    elif address:
        ChannelAddress.objects.update_or_create(
            person=person,
            channel=channel.name,
            defaults={"address": address, "stopped_at": None, "error": ""},
        )
