"""Who somebody is here, how they sign in, and how they are reached."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from portal.my_data.groups import Fact, Group, Listing, Row
from reinforcement.channels import channels
from reinforcement.models import Delivery
from reinforcement.models.channels import MAIL
from tenants.people.days import day, hour
from tenants.people.models import EmploymentStatus


def who_you_are(copy: Mapping[str, Any]) -> Group:
    person = copy["person"]
    return Group(
        key="you",
        title=_("Who you are"),
        about=_("It comes from your company’s HR system: what is wrong is put right there.")
        if person["external_id"]
        else _("Somebody of your company entered it. If something is wrong, tell L&D."),
        facts=[Fact(label, value) for label, value in _facts(person) if value],
        who=_(
            "Your manager and theirs, since they lead you; L&D, and whoever keeps people’s records."
        ),
    )


def _facts(person: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    yield _("Name"), " ".join(filter(None, (person["given_name"], person["family_name"])))
    yield _("Called"), person["preferred_name"]
    yield _("E-mail"), person["email"] or ""
    yield _("Job title"), person["job_title"]
    yield _("Department"), person["department"] or ""
    yield _("Location"), person["location"]
    yield _("Manager"), person["manager"] or ""
    yield _("Employment"), capfirst(str(EmploymentStatus(person["employment_status"]).label))
    yield _("First day"), _day(person["hired_on"])
    yield _("First day after coming back"), _day(person["rehired_on"])
    yield _("Last day"), _day(person["ended_on"])
    yield _("Time zone"), person["time_zone"]
    yield _("Language"), dict(settings.LANGUAGES).get(person["locale"], "")
    yield _("Employee number"), person["employee_number"] or ""
    yield _("Key in the HR system"), person["external_id"] or ""
    yield _("Name at the identity provider"), person["user_name"] or ""
    for name, value in sorted(person["attributes"].items()):
        yield str(name), str(value)


def signing_in(copy: Mapping[str, Any]) -> Group:
    signed_in = copy["sign_in"]
    facts = [Fact(_("Last time"), _moment(signed_in["last_signed_in_at"]) or _("never"))]
    if signed_in["groups"]:
        facts.append(Fact(_("Your groups"), ", ".join(signed_in["groups"])))
    if signed_in["may_open_admin_site"]:
        facts.append(Fact(_("Admin site"), _("You may open it.")))
    if copy["directory_groups"]:
        names = ", ".join(copy["directory_groups"])
        facts.append(Fact(_("Groups at the identity provider"), names))
    return Group(
        key="sign-in",
        title=_("How you sign in"),
        about=_("Your password is stored so that nobody can read it, and it is in no copy."),
        facts=facts,
        who=_("Whoever keeps people’s records, to help you when you cannot get in."),
        kept=_("You stay signed in for two weeks on a device, unless you sign out."),
    )


def reaching_you(copy: Mapping[str, Any]) -> Group:
    chosen = copy["settings"] or {"channel": MAIL, "paused_until": None}
    facts = [Fact(_("You are written to by"), capfirst(_channel(chosen["channel"])))]
    if chosen["paused_until"]:
        facts.append(Fact(_("Paused until"), day(chosen["paused_until"])))
    if copy["calendar"]:
        facts.append(Fact(_("Calendar feed, open since"), day(copy["calendar"]["opened_at"])))
    kinds = {kind.value: str(kind.label) for kind in Delivery.Kind}
    sent = [Row(kinds[each["kind"]], _sent(each)) for each in copy["messages"] if each["sent_at"]]
    return Group(
        key="messages",
        title=_("Settings, and what was sent to you"),
        facts=facts,
        listings=[Listing.latest(sent, title=_("Sent to you"))],
        who=_("You. L&D sees that a message went out and whether it arrived, to mend what fails."),
        kept=_("Settings until you change them; the list of messages with your record."),
        place="my_settings",
        place_label=_("Change my settings"),
    )


def _sent(message: Mapping[str, Any]) -> str:
    return _("%(day)s, by %(channel)s") % {
        "day": day(message["sent_at"]),
        "channel": _channel(message["channel"]),
    }


def _channel(name: str) -> str:
    return str(channels[name].label) if name in channels else name


def _day(when: date | None) -> str:
    return day(when) if when else ""


def _moment(when: datetime | None) -> str:
    if when is None:
        return ""
    return _("%(day)s at %(hour)s") % {"day": day(when), "hour": hour(when)}
