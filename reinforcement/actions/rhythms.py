"""Notes since when somebody's week comes at the moments it comes at now."""

from collections.abc import Collection
from datetime import datetime

from reinforcement.models import ChannelPreference
from tenants.people.models import Person


def begin_rhythm(*, people: Collection[int], now: datetime) -> int:
    """Their day, hour or time zone changed: of this week, a moment before `now` was never due.

    Only who leads somebody has a week; returns how many of these people (ids) do. Two queries,
    however many.
    """
    leaders = Person.objects.filter(pk__in=people, reports__isnull=False).order_by().distinct()
    begun = ChannelPreference.objects.bulk_create(
        [
            ChannelPreference(person_id=leader, rhythm_since=now)
            for leader in leaders.values_list("pk", flat=True)
        ],
        update_conflicts=True,
        unique_fields=["person"],
        update_fields=["rhythm_since"],
    )
    return len(begun)
