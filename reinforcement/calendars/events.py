"""What stands in a manager's calendar: this week's topics, and a place kept for the next ones."""

from datetime import datetime, timedelta
from typing import Final

from django.db.models import Max
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from icalendar import Calendar, Event, Timezone, vDuration

from reinforcement.models import Brief, BriefItem, CalendarFeed
from reinforcement.reports import coming_week, current_brief, items_of, recent_briefs
from reinforcement.rhythms import rhythm_of
from reinforcement.schedules import Week
from tenants.companies.connections import connection
from tenants.companies.context import current_company
from tenants.people.days import hour, weekday
from tenants.people.models import Person
from tenants.people.readers import written_for

LONG: Final = timedelta(minutes=15)
REFRESH: Final = timedelta(hours=1)


def calendar_of(feed: CalendarFeed, *, now: datetime) -> bytes:
    """An iCalendar object (RFC 5545) in the manager's language; the same until something changes.

    An event for this week's brief, whose people are those of the team now, and one for the next
    week. Prompts and questions are in it; notes, answers and levels are not. Eight queries,
    however many people.
    """
    person, company = feed.person, current_company()
    with written_for(person):
        calendar = _frame(_("%(company)s: 1:1 topics") % {"company": company.name})
        for event in _events(feed, now, company.url("/week/")):
            calendar.add_component(event)
    if not calendar.subcomponents:  # RFC 5545, section 3.6: at least one component
        day = feed.opened_at.date()
        calendar.add_component(Timezone.from_tzid("UTC", first_date=day, last_date=day))
    return bytes(calendar.to_ical())


def _frame(name: str) -> Calendar:
    calendar = Calendar()
    calendar.add("prodid", "-//Throughline//1:1 topics//EN")
    calendar.add("version", "2.0")
    calendar.add("name", name)  # RFC 7986, section 5.1; the X- ones are for those who came earlier
    calendar.add("x-wr-calname", name)
    # RFC 7986, section 5.7
    calendar.add("refresh-interval", vDuration(REFRESH), parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", vDuration(REFRESH))
    return calendar


def _events(feed: CalendarFeed, now: datetime, link: str) -> list[Event]:
    person = feed.person
    briefs = recent_briefs(person, now=now)
    current = current_brief(briefs, now=now)
    events = []
    if current and current.state == Brief.State.WRITTEN:
        items = list(items_of(person).filter(brief=current).order_by("position"))
        if items:
            events.append(_this_week(feed, current, items, link))
    if Person.objects.reports_of(person).exists():
        week = coming_week(person, now=now, decided=briefs)
        known = [feed.opened_at, person.updated_at, *(brief.written_at for brief in briefs)]
        since = rhythm_of(person, current_company()).since
        revised_at = max([*known, since] if since else known)
        events.append(_next_week(feed, week, revised_at, link))
    return events


def _this_week(feed: CalendarFeed, brief: Brief, items: list[BriefItem], link: str) -> Event:
    week = Week(brief.iso_year, brief.iso_week, brief.due_at)
    event = _event(feed, week, _changed_at(brief))
    names = get_text_list([item.report.called for item in items], _("and"))
    event.add("summary", _("1:1 topics: %(names)s") % {"names": names})
    event.add("description", "\n\n".join([*(_topic(item) for item in items), link]))
    event.add("status", "CONFIRMED")
    event.add("url", link)
    return event


def _next_week(feed: CalendarFeed, week: Week, revised_at: datetime, link: str) -> Event:
    event = _event(feed, week, revised_at)
    told = _("On %(day)s at %(hour)s it says here whom to talk with, and about what.") % {
        "day": weekday(week.due_at),
        "hour": hour(week.due_at),
    }
    event.add("summary", _("1:1 topics"))
    event.add("description", f"{told}\n\n{link}")
    event.add("status", "TENTATIVE")
    event.add("url", link)
    return event


def _event(feed: CalendarFeed, week: Week, revised_at: datetime) -> Event:
    """What every event has. It blocks no time, and nobody else who sees the calendar reads it.

    The uid is the week's, so that the topics take the place that was kept for them. SEQUENCE
    grows with each revision: seconds since the feed was opened.
    """
    event = Event()
    key = f"{week.year}-W{week.number:02}.{feed.person.uid}"
    event.add("uid", f"{key}@{connection.schema_name}.throughline")
    event.add("dtstamp", revised_at)  # without METHOD: when it was revised (section 3.8.7.2)
    event.add("last-modified", revised_at)
    event.add("sequence", max(0, int((revised_at - feed.opened_at).total_seconds())))
    event.add("dtstart", week.due_at)
    event.add("duration", LONG)
    event.add("transp", "TRANSPARENT")
    event.add("class", "PRIVATE")
    return event


def _topic(item: BriefItem) -> str:
    called = item.report.called
    lines = [item.report.name]
    if item.plan_step:
        lines.append(_("Working on: %(step)s") % {"step": item.plan_step.step.title})
    if item.prompt:
        lines.append(_("Say: “%(prompt)s”") % {"prompt": item.prompt.said_about(called)})
    if item.question:
        lines.append(
            _("One question for you: %(question)s")
            % {"question": item.question.asked_about(called)}
        )
    return "\n".join(lines)


def _changed_at(brief: Brief) -> datetime:
    """When it was written, or somebody in it changed since: name, manager, path. One query."""
    changed = brief.items.aggregate(
        person=Max("report__updated_at"), withdrawn=Max("assignment__withdrawn_at")
    )
    moments: list[datetime] = [at for at in (brief.written_at, *changed.values()) if at]
    return max(moments)
