"""The skill map in words: what it shows at a glance, and what each of its tiles says."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from learning.gaps import Gap
from learning.models import Level, Observation
from learning.reports import SkillMap
from tenants.people.models import Person


def at_a_glance(drawn: SkillMap) -> str:
    """``Two gaps stand out: Discovery and Closing.``"""
    names = [column.skill.name for column in drawn.standing_out]
    match names:
        case [first]:
            return _("One gap stands out: %(first)s.") % {"first": first}
        case [first, second]:
            told = {"first": first, "second": second}
            return _("Two gaps stand out: %(first)s and %(second)s.") % told
        case [first, second, third]:
            told = {"first": first, "second": second, "third": third}
            return _("Three gaps stand out: %(first)s, %(second)s and %(third)s.") % told
    if drawn.is_unseen:
        return _("Nobody has looked at these skills yet.")
    if drawn.unseen:
        return _("No gap so far; some skills wait for somebody to look.")
    return _("No gap: everybody shows what the role needs.")


def said_of(person: Person, gap: Gap, skill: str) -> str:
    """``Lee Tanaka, Discovery: seen “with help”, the role needs “on their own”``"""
    told: dict[str, object] = {
        "name": person.name,
        "skill": skill,
        "required": Level(gap.required).label,
    }
    if gap.seen is None:
        return _("%(name)s, %(skill)s: nobody has looked yet, the role needs “%(required)s”") % told
    told["level"] = Level(gap.seen.level).label
    if is_own_word(gap):
        return _("%(name)s, %(skill)s: says “%(level)s”, the role needs “%(required)s”") % told
    if gap.seen.level == Level.NOT_SEEN:
        return _("%(name)s, %(skill)s: not seen yet, the role needs “%(required)s”") % told
    return _("%(name)s, %(skill)s: seen “%(level)s”, the role needs “%(required)s”") % told


def in_a_cell(gap: Gap) -> str:
    """``with help, one level short``"""
    if gap.seen is None:
        return _("nobody has looked")
    told = {"level": Level(gap.seen.level).label, "levels": gap.size}
    if not gap.size:
        return _("says “%(level)s”") % told if is_own_word(gap) else str(told["level"])
    if is_own_word(gap):
        return (
            ngettext(
                "says “%(level)s”, one level short",
                "says “%(level)s”, %(levels)s levels short",
                gap.size,
            )
            % told
        )
    return (
        ngettext("%(level)s, one level short", "%(level)s, %(levels)s levels short", gap.size)
        % told
    )


def is_own_word(gap: Gap) -> bool:
    """Whether only they themselves have said so."""
    return gap.seen is not None and gap.seen.source == Observation.Source.SELF
