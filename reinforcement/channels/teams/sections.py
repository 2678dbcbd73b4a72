"""What a manager's week says in Teams: how it opens, and one report of it.

Lengths are in characters of a single text.
"""

from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from reinforcement.channels.teams.elements import Element, actions, open_url, run, section, text
from reinforcement.links import answer_path
from reinforcement.models import Brief
from reinforcement.reports import Card
from tenants.people.days import weekday
from tenants.people.models import Person


def head(brief: Brief, reader: Person, length: int) -> list[Element]:
    day = weekday(brief.due_at)
    minutes = ngettext("about a minute", "about %(minutes)s minutes", brief.minutes) % {
        "minutes": brief.minutes
    }
    title = _("Your week, %(name)s") % {"name": short(reader.called, length)}
    return [
        text(run(title, size="Large", weight="Bolder")),
        text(run(f"{day} · {minutes}", isSubtle=True)),
    ]


def about(card: Card, base: str, length: int) -> Element:
    """Who and why, how their path stands, what to say and what to answer."""
    report, why = card.item.report, card.item.get_why_display()
    if report.job_title:
        why = f"{short(report.job_title, length)} · {why}"
    return section(
        text(run(short(report.name, length), size="Medium", weight="Bolder")),
        text(run(why, isSubtle=True), spacing="None"),
        *_path(card, length),
        *_to_say(card, length),
        *_to_answer(card, base, length),
    )


def line(words: str) -> Element:
    return text(run(words, isSubtle=True), spacing="Medium")


def named(people: Sequence[Person], length: int) -> str:
    return short(", ".join(person.name for person in people), length)


def short(words: str, length: int) -> str:
    return words if len(words) <= length else f"{words[: length - 1].rstrip()}…"


def _path(card: Card, length: int) -> Iterator[Element]:
    if step := card.item.plan_step:
        count = {"done": card.steps_done, "all": len(card.states)}
        yield text(
            run(_("Working on now:") + " "),
            run(short(step.step.title, length), weight="Bolder"),
            run(" (" + _("%(done)s of %(all)s steps") % count + ")", isSubtle=True),
        )
    if card.item.moved:
        done = short("; ".join(card.item.moved), length)
        yield text(run(_("Done since last week:") + " "), run(done))
    yield text(run(short(str(card.item.assignment.framing), length), isSubtle=True))


def _to_say(card: Card, length: int) -> Iterator[Element]:
    if card.prompt:
        yield text(run(_("Say"), isSubtle=True), spacing="Medium")
        yield text(
            run(_("“%(words)s”") % {"words": short(card.prompt, length)}, size="Medium"),
            spacing="None",
        )


def _to_answer(card: Card, base: str, length: int) -> Iterator[Element]:
    """The buttons open a page that shows the answer; only what is sent from there is recorded."""
    if card.choices:
        yield text(run(_("Answer"), isSubtle=True), spacing="Medium")
        yield text(run(short(card.question, length)), spacing="None")
        yield actions(
            *(
                open_url(choice.label, base + answer_path(card.item, choice.value))
                for choice in card.choices
            )
        )
    # in a row of its own: a fifth button would be cut off where the card is narrow
    yield actions(open_url(_("We talked"), base + answer_path(card.item, talked=True)))
