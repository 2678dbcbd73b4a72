"""Somebody's roles and paths, and what was seen of their skills."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from learning.models import Assignment, Level, Observation, PlanStep
from portal.my_data.groups import Group, Listing, Row
from tenants.people.days import day


def your_roles(copy: Mapping[str, Any]) -> Group:
    return Group(
        key="roles",
        title=_("Your roles"),
        listings=[Listing.latest([Row(each["role"], _time(each)) for each in copy["roles"]])],
        empty=_("No role yet."),
        who=_("Your manager and theirs, and L&D: a role says which skills your work takes."),
    )


def _time(role: Mapping[str, Any]) -> str:
    known = {"first": day(role["starts_on"])}
    if role["ends_on"] is None:
        return _("since %(first)s") % known
    return _("%(first)s to %(last)s") % {**known, "last": day(role["ends_on"])}


def your_paths(copy: Mapping[str, Any]) -> Group:
    tried = [
        Row(step["title"], quote=step["intention"])
        for path in copy["paths"]
        for step in path["steps"]
        if step["intention"]
    ]
    suggested = [
        Row(
            each["path"],
            _("suggested by %(name)s on %(day)s")
            % {"name": each["suggested_by"] or "", "day": day(each["suggested_at"])}
            if each["suggested_by"]
            else _("suggested on %(day)s") % {"day": day(each["suggested_at"])},
            each["because"],
        )
        for each in copy["path_suggestions"]
    ]
    return Group(
        key="paths",
        title=_("Your paths and steps"),
        listings=[
            Listing.latest([Row(each["path"], _progress(each)) for each in copy["paths"]]),
            Listing.latest(tried, title=_("What you said you would try")),
            Listing.latest(suggested, title=_("Suggested for you to L&D")),
        ],
        empty=_("No path yet."),
        who=_(
            "Your manager and theirs, to talk with you about it; L&D. Your company’s HR system is "
            "told which steps were started and done, without hours, scores or levels."
        ),
        place="my_path",
        place_label=_("See my path"),
    )


def _progress(path: Mapping[str, Any]) -> str:
    inside = [step for step in path["steps"] if step["state"] != PlanStep.State.SET_ASIDE]
    done = sum(step["state"] == PlanStep.State.DONE for step in inside)
    steps = ngettext(
        "%(done)s of %(steps)s step done", "%(done)s of %(steps)s steps done", len(inside)
    ) % {"done": done, "steps": len(inside)}
    return _("%(status)s, %(steps)s") % {
        "status": Assignment.Status(path["status"]).label,
        "steps": steps,
    }


def your_skills(copy: Mapping[str, Any]) -> Group:
    said = [each for each in copy["skills_seen"] if each["source"] == Observation.Source.SELF]
    seen = [each for each in copy["skills_seen"] if each["source"] != Observation.Source.SELF]
    return Group(
        key="skills",
        title=_("What you can do"),
        about=_("Levels that somebody saw at work, and those you told us yourself."),
        listings=[
            Listing.latest([_seen(each) for each in seen], title=_("Seen by others")),
            Listing.latest([_seen(each) for each in said], title=_("Said by you")),
            Listing.latest(
                [_agreed(each) for each in copy["calibrated_levels"]],
                title=_("Agreed on with other managers; your company’s HR system may read it"),
            ),
        ],
        empty=_("Nobody has seen anything yet, and you have not said anything."),
        who=_(
            "Your manager and theirs, and L&D: your plan rests on it. A level goes to your "
            "company’s HR system only once managers have agreed with others on what it means."
        ),
        kept=_("With your record. What was taken back stays in it, marked, and counts no more."),
        place="where_am_i",
        place_label=_("Say where you are"),
    )


def _agreed(agreed: Mapping[str, Any]) -> Row:
    level = {"skill": agreed["skill"], "level": Level(agreed["level"]).label}
    return Row(_("%(skill)s: %(level)s") % level, day(agreed["calibrated_at"]))


def _seen(seen: Mapping[str, Any]) -> Row:
    text = _("%(skill)s: %(level)s") % {
        "skill": seen["skill"],
        "level": Level(seen["level"]).label,
    }
    known = {"name": seen["observer"], "day": day(seen["observed_on"])}
    if seen["withdrawn_at"]:
        return Row(text, _("taken back on %(day)s") % {"day": day(seen["withdrawn_at"])})
    if seen["source"] == Observation.Source.SELF or not seen["observer"]:
        return Row(text, known["day"])
    return Row(text, _("%(name)s, %(day)s") % known)
