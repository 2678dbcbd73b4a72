"""What stands in a manager's calendar, read back by a parser."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from icalendar import Calendar, Event
from time_machine import Traveller

from learning.actions import withdraw
from reinforcement.actions import (
    answer,
    close_calendar_feed,
    hold_conversation,
    open_calendar_feed,
    renew_calendar_feed,
    set_preference,
    write_due_briefs,
)
from reinforcement.calendars import calendar_of
from reinforcement.models import Brief, BriefItem, CalendarFeed, Prompt
from tenants.companies.models import Company
from tenants.people.models import Person
from tests.reinforcement.cast import DUE, Assign, MakePerson


@pytest.fixture
def feed(monday: Traveller, ada: Person) -> CalendarFeed:
    return open_calendar_feed(person=ada)


def read(feed: CalendarFeed) -> Calendar:
    """As a calendar program that fetches it now has it."""
    fresh = CalendarFeed.objects.select_related("person").get(pk=feed.pk)
    calendar = Calendar.from_ical(calendar_of(fresh, now=timezone.now()))
    assert isinstance(calendar, Calendar)
    return calendar


def events(feed: CalendarFeed) -> list[Event]:
    return sorted(read(feed).events, key=lambda event: event.start)


def lines(feed: CalendarFeed) -> Iterator[bytes]:
    """Content lines as they are sent (RFC 5545, section 3.1): each ends in CRLF."""
    content = calendar_of(feed, now=timezone.now())
    assert content.endswith(b"\r\n")
    yield from content.removesuffix(b"\r\n").split(b"\r\n")


def test_this_week_names_whom_to_talk_with_about_what(brief: Brief, feed: CalendarFeed) -> None:
    this, _next = events(feed)
    item = brief.items.get()
    assert item.plan_step
    assert item.prompt
    assert item.question
    assert str(this["SUMMARY"]) == "1:1 topics: Lee"
    told = str(this["DESCRIPTION"])
    assert "Lee Tanaka\n" in told
    assert f"Working on: {item.plan_step.step.title}" in told
    assert item.prompt.said_about("Lee") in told
    assert item.question.asked_about("Lee") in told
    assert str(this["URL"]).endswith("/week/")
    assert (this.start, this.end) == (DUE, DUE + timedelta(minutes=15))
    assert this["TRANSP"] == "TRANSPARENT"
    assert this["CLASS"] == "PRIVATE"


def test_a_place_is_kept_for_the_next_week(brief: Brief, feed: CalendarFeed) -> None:
    _this, coming = events(feed)
    assert coming.start == DUE + timedelta(days=7)
    assert str(coming["SUMMARY"]) == "1:1 topics"
    assert coming["STATUS"] == "TENTATIVE"
    assert "Monday 23 November at 09:00" in str(coming["DESCRIPTION"])


def test_the_topics_take_the_place_that_was_kept_for_them(
    brief: Brief, feed: CalendarFeed, monday: Traveller
) -> None:
    _this, kept = events(feed)
    monday.move_to(DUE + timedelta(days=7))
    write_due_briefs(now=timezone.now())
    this, coming = events(feed)
    assert this["UID"] == kept["UID"]
    assert this["SEQUENCE"] > kept["SEQUENCE"]
    assert this["DTSTAMP"].dt > kept["DTSTAMP"].dt
    assert str(this["SUMMARY"]) == "1:1 topics: Lee"
    assert coming["UID"] != this["UID"]


def test_another_hour_moves_the_next_week(
    brief: Brief, feed: CalendarFeed, monday: Traveller, ada: Person
) -> None:
    _this, before = events(feed)
    monday.shift(timedelta(hours=2))
    set_preference(person=ada, channel="mail", day=2, hour=16, paused_until=None)
    _this, after = events(feed)
    assert after.start == datetime(2026, 11, 24, 15, tzinfo=UTC)
    assert after["UID"] == before["UID"]
    assert after["SEQUENCE"] > before["SEQUENCE"]


def test_nine_stays_nine_when_the_clocks_change(
    monday: Traveller, ada: Person, lee: Person, assign: Assign, feed: CalendarFeed
) -> None:
    ada.time_zone = "America/New_York"
    ada.save()
    monday.move_to("2027-03-10T12:00:00+00:00")  # on the 14th the clocks go forward
    [coming] = events(feed)
    assert coming.start.astimezone(ada.zone).isoformat() == "2027-03-15T09:00:00-04:00"


def test_notes_answers_and_levels_are_not_in_it(
    brief: Brief, feed: CalendarFeed, ada: Person, lee: Person
) -> None:
    item = brief.items.get()
    assert item.question
    before = calendar_of(feed, now=timezone.now())
    choice = item.question.choices.exclude(level=None).latest("position")
    answer(item=item, choice=choice, via="mail", actor=ada, note="Between us: shaky")
    hold_conversation(manager=ada, report=lee, via="mail", item=item, note="Wants to leave")
    after = calendar_of(feed, now=timezone.now())
    assert after == before
    text = after.decode().replace("\r\n ", "")
    for secret in ("Between us", "Wants to leave", choice.label, choice.get_level_display()):
        assert secret not in text


def test_it_is_named_for_the_company_and_asked_for_again_in_an_hour(
    brief: Brief, feed: CalendarFeed
) -> None:
    calendar = read(feed)
    assert calendar["VERSION"] == "2.0"
    assert str(calendar["NAME"]) == str(calendar["X-WR-CALNAME"]) == "Acme: 1:1 topics"
    content = list(lines(feed))
    assert b"REFRESH-INTERVAL;VALUE=DURATION:PT1H" in content
    assert b"X-PUBLISHED-TTL:PT1H" in content


def test_lines_are_folded_and_text_is_escaped(brief: Brief, feed: CalendarFeed) -> None:
    text = "Żółw, {name}; \\ says: „Größe“ ✨ " + "sehr " * 40
    Prompt.objects.filter(items__brief=brief).update(text=text.strip())
    sent = list(lines(feed))
    assert max(len(line) for line in sent) <= 75
    assert not any(b"\n" in line or b"\r" in line for line in sent)
    for line in sent:
        line.decode()  # no character is cut in two
    assert any(line.startswith(b" ") for line in sent)
    assert text.strip().replace("{name}", "Lee") in str(events(feed)[0]["DESCRIPTION"])


def test_what_every_event_must_have(brief: Brief, feed: CalendarFeed) -> None:
    """RFC 5545, section 3.6.1, and nothing more than once."""
    for event in events(feed):
        assert not event.errors
        for name in ("UID", "DTSTAMP", "DTSTART", "DURATION", "SEQUENCE", "SUMMARY"):
            assert not isinstance(event[name], list)
        assert event["DTSTAMP"].dt.tzinfo is not None
        assert "DTEND" not in event  # never both
    assert len({event["UID"] for event in events(feed)}) == 2


def test_it_is_the_same_until_something_changes(
    brief: Brief, feed: CalendarFeed, monday: Traveller, lee: Person
) -> None:
    first = calendar_of(feed, now=timezone.now())
    monday.shift(timedelta(hours=3))
    assert calendar_of(feed, now=timezone.now()) == first
    lee.preferred_name = "Leo"
    lee.save()
    assert calendar_of(feed, now=timezone.now()) != first
    assert str(events(feed)[0]["SUMMARY"]) == "1:1 topics: Leo"
    assert events(feed)[0]["DTSTAMP"].dt == timezone.now()


def test_whoever_left_the_team_or_the_path_is_not_in_it(
    monday: Traveller,
    feed: CalendarFeed,
    ada: Person,
    lee: Person,
    nia: Person,
    person: MakePerson,
    assign: Assign,
) -> None:
    assign(lee)
    given = assign(nia)
    write_due_briefs(now=DUE)
    assert {"Lee", "Nia"} <= set(str(events(feed)[0]["SUMMARY"]).replace(",", "").split())
    lee.manager = person("Bo", "Ek")
    lee.save()
    assert str(events(feed)[0]["SUMMARY"]) == "1:1 topics: Nia"
    withdraw(assignments=[given])
    [coming] = events(feed)
    assert coming.start == DUE + timedelta(days=7)


def test_a_calendar_of_nobodys_is_still_one(feed: CalendarFeed) -> None:
    """RFC 5545, section 3.6: an iCalendar object has a component."""
    calendar = read(feed)
    assert calendar.events == []
    assert [component.name for component in calendar.subcomponents] == ["VTIMEZONE"]


def test_opening_twice_is_one_and_a_new_one_is_another(
    monday: Traveller, ada: Person, feed: CalendarFeed
) -> None:
    assert open_calendar_feed(person=ada).uid == feed.uid
    assert renew_calendar_feed(person=ada).uid != feed.uid
    assert CalendarFeed.objects.count() == 1
    close_calendar_feed(person=ada)
    close_calendar_feed(person=ada)
    assert not CalendarFeed.objects.exists()


def test_six_people_cost_as_many_queries_as_two(
    acme: Company,
    monday: Traveller,
    ada: Person,
    feed: CalendarFeed,
    person: MakePerson,
    assign: Assign,
) -> None:
    costs = []
    for size in (1, 5):
        for number in range(size):
            assign(person(f"Report{size}{number}", "Ek", manager=ada))
        Brief.objects.all().delete()
        write_due_briefs(now=DUE)
        fresh = CalendarFeed.objects.select_related("person__channel_preference").get()
        with CaptureQueriesContext(connection) as queries:
            calendar_of(fresh, now=DUE)
        costs.append(len(queries))
    assert BriefItem.objects.filter(brief__manager=ada).count() >= 4
    assert costs == [8, 8]
