"""What was talked about and answered: about somebody, by themselves, and as a manager."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.my_data.groups import Fact, Group, Listing, Row
from tenants.people.days import day


def talks_about_you(copy: Mapping[str, Any]) -> Group:
    talks = [
        Row(each["with"] or "", day(each["held_on"])) for each in copy["conversations_about_you"]
    ]
    return Group(
        key="talks",
        title=_("Talks about what you learn"),
        about=_("That a talk took place, with whom and when; never what was said."),
        listings=[Listing.latest(talks)],
        empty=_("None noted yet."),
        who=_(
            "Your manager. L&D sees that talks take place, never what was said. What somebody "
            "notes for themselves is theirs: nobody else can read it, and it is in their copy only."
        ),
    )


def answers_about_you(copy: Mapping[str, Any]) -> Group:
    answered = [each for each in copy["weeks_about_you"] if each["answer"]]
    return Group(
        key="answers",
        title=_("Answers about you"),
        about=_("Once a week a manager can be asked one thing they saw at work."),
        listings=[
            Listing.latest(
                [
                    Row(
                        each["question"] or "",
                        _("%(name)s, %(day)s")
                        % {"name": each["manager"], "day": day(each["answer"]["answered_at"])},
                        each["answer"]["answer"],
                    )
                    for each in answered
                ]
            )
        ],
        empty=_("Nobody has been asked about you yet."),
        who=_("Whoever answered; your managers and L&D see the level that came of it."),
    )


def how_you_started(copy: Mapping[str, Any]) -> Iterator[Group]:
    """Only for whoever was asked."""
    if asked := copy["onboarding_answers"]:
        rows = [
            Row(
                str(each["answer_means"] or _("not answered")),
                _("asked on %(day)s") % {"day": day(each["asked_at"])},
            )
            for each in asked
        ]
        yield Group(
            key="start",
            title=_("How starting here went"),
            listings=[Listing.latest(rows)],
            who=_(
                "You. L&D sees it counted by the month in which people started, never about fewer "
                "than five."
            ),
        )


def as_a_manager(copy: Mapping[str, Any]) -> Iterator[Group]:
    """Only for whoever leads others, or once did."""
    weeks, answers, talks = copy["weeks"], copy["answers_given"], copy["conversations_held"]
    barriers = copy["barriers"]
    if not (weeks or answers or talks or barriers):
        return
    notes = sum(bool(each["note"]) for each in (*answers, *talks))
    facts = [
        Fact(_("Weeks written for you"), str(len(weeks))),
        Fact(_("Questions answered"), str(len(answers))),
        Fact(_("Talks noted"), str(len(talks))),
        Fact(_("Private notes"), _notes(notes)),
    ]
    said = [
        Row(each["words"], _("heard on %(day)s") % {"day": day(each["heard_on"])})
        for each in barriers
    ]
    yield Group(
        key="manager",
        title=_("What you wrote as a manager"),
        facts=facts,
        listings=[Listing.latest(said, title=_("What slows your team down"))],
        who=_(
            "Your private notes: only you. L&D sees that you talked and answered, and what slows "
            "your team down."
        ),
        kept=_("Notes until you delete them, everything else with your record."),
        place="barriers",
        place_label=_("What slows us down"),
    )


def _notes(number: int) -> str:
    if not number:
        return _("none")
    return ngettext(
        "%(number)s, which only your own copy has",
        "%(number)s, which only your own copy has",
        number,
    ) % {"number": number}
