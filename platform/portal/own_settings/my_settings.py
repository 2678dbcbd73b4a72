"""My settings: how what is written for somebody reaches them."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from portal.own_settings.week_form import WeekForm
from portal.requests import SignedIn, signed_in
from reinforcement.actions import (
    close_calendar_feed,
    open_calendar_feed,
    renew_calendar_feed,
    set_preference,
)
from reinforcement.calendars import calendar_path
from reinforcement.models import CalendarFeed, Delivery
from reinforcement.models.channels import MAIL, PORTAL
from reinforcement.reports import next_brief_at
from reinforcement.rhythms import preference_of
from reinforcement.ways import ways_for
from tenants.companies.context import current_company
from tenants.people.days import hour, weekday
from tenants.people.models import Person
from tenants.people.onlookers import is_looked_on


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@signed_in
def my_settings(request: SignedIn) -> HttpResponse:
    """A manager's week; everybody else has mail to switch on or off."""
    person = request.user
    return _managers(request, person) if _manages(person) else _learners(request, person)


@require_POST
@signed_in
def resume(request: SignedIn) -> HttpResponse:
    person = request.user
    chosen = preference_of(person)
    if chosen and chosen.paused_until:
        set_preference(
            person=person,
            channel=chosen.channel,
            day=chosen.day,
            hour=chosen.hour,
            paused_until=None,
        )
    messages.success(request, _("Welcome back. %(next)s") % {"next": _next(person)})
    return redirect("my_settings")


@require_POST
@signed_in
def calendar(request: SignedIn) -> HttpResponse:
    """Opens, renews or closes one's own calendar; only who leads others has one."""
    person = request.user
    match request.POST.get("do"):
        case "open" if _manages(person):
            open_calendar_feed(person=person)
            messages.success(request, _("Your calendar is open. Its link is below."))
        case "renew" if _manages(person):
            renew_calendar_feed(person=person)
            messages.success(request, _("Here is a new link. The old one shows nothing any more."))
        case "close":
            close_calendar_feed(person=person)
            messages.success(
                request, _("Your calendar is closed. Its link shows nothing any more.")
            )
        case _:
            raise Http404
    return redirect("my_settings")


def _managers(request: HttpRequest, person: Person) -> HttpResponse:
    company, chosen = current_company(), preference_of(person)
    ways = ways_for(person, Delivery.Kind.BRIEF)
    sent = request.POST if request.method == "POST" else None
    form = WeekForm(ways, person, company, chosen, sent)
    if sent is not None and form.save():
        messages.success(request, _("Saved. %(next)s") % {"next": _next(person)})
        return redirect("my_settings")
    feed = CalendarFeed.objects.filter(person=person).first()
    link = company.url(calendar_path(feed)) if feed and not is_looked_on() else ""
    context = {
        "form": form,
        "paused_until": form.initial.get("paused_until"),
        "zone": person.zone.key,
        "next": _next(person),
        "link": link,
        "subscribe": f"webcal:{link.partition(':')[2]}" if link else "",
    }
    return render(request, "portal/my_settings.html", context, status=400 if form.errors else 200)


def _learners(request: HttpRequest, person: Person) -> HttpResponse:
    way = ways_for(person, Delivery.Kind.HEADS_UP)[MAIL]
    chosen, error = preference_of(person), ""
    wanted = request.POST.get("mail", "")
    if request.method == "POST":
        try:
            _switch_mail(person, wanted)
        except ValidationError as refused:
            error = " ".join(refused.messages)
        else:
            messages.success(request, _("Saved."))
            return redirect("my_settings")
    off = way.unsubscribed or (chosen is not None and chosen.channel == PORTAL)
    on = wanted == "on" if wanted else not off
    context = {"way": way, "on": on, "error": error}
    return render(request, "portal/my_mail.html", context, status=400 if error else 200)


def _switch_mail(person: Person, wanted: str) -> None:
    """Their day, hour and pause stay: they may lead somebody again."""
    channel = {"on": MAIL, "off": PORTAL}.get(wanted, "")
    chosen = preference_of(person)
    until = chosen.paused_until if chosen else None
    set_preference(
        person=person,
        channel=channel,
        day=chosen.day if chosen else None,
        hour=chosen.hour if chosen else None,
        paused_until=until if until and until > timezone.localdate() else None,
    )


def _manages(person: Person) -> bool:
    return bool(Person.objects.reports_of(person).exists())


def _next(person: Person) -> str:
    """When their next week comes, as a sentence."""
    now = timezone.now()
    at = next_brief_at(person, now=now)
    if at <= now:
        return _("Your week comes in a few minutes.")
    with timezone.override(person.zone):
        told = {"day": weekday(at), "hour": hour(at)}
    return _("Your next week comes on %(day)s at %(hour)s.") % told
