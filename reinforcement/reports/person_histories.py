"""What happened between a manager and a report: learning's list, with their talks and answers."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from learning.reports import Event, history_of
from learning.reports.histories import in_order
from reinforcement.models import Answer, Conversation
from reinforcement.models.prompts import naming
from reinforcement.reports.notes import own_notes
from tenants.people.models import Person

TALKED: Final = "talked"
ANSWERED: Final = "answered"
Notes = dict[tuple[date, str], list[str]]


@dataclass(frozen=True)
class Answered:
    """What a manager answered: the question as it was asked, the answer, and its day (theirs)."""

    question: str
    label: str
    on: date
    at: datetime
    observation: int | None


def answers_about(report: Person, *, reader: Person, since: date) -> list[Answered]:
    """The reader's own answers, the latest first; of their notes nothing. One query."""
    rows = (
        Answer.objects.filter(item__brief__manager=reader, item__report=report)
        .order_by("-answered_at", "-pk")
        .values_list("item__question__text", "choice__label", "answered_at", "observation_id")
    )
    answers = [
        Answered(
            question=naming(text or "", report.called),
            label=label,
            on=at.astimezone(reader.zone).date(),
            at=at,
            observation=observation,
        )
        for text, label, at, observation in rows
    ]
    return [answer for answer in answers if answer.on >= since]


def history_with(
    report: Person, *, reader: Person, answers: list[Answered], since: date
) -> list[Event]:
    """Everything since a day, the latest first. Six queries, however much happened.

    Talks, answers and notes are those of the reader alone; an answer that is evidence for a level
    is told once, as the answer.
    """
    notes: Notes = defaultdict(list)
    for note in own_notes(reader, report):
        notes[note.on, note.answered].append(note.text)
    answered = {answer.observation for answer in answers}
    learned = [
        event
        for event in history_of(report, since=since, zone=reader.zone)
        if event.observation is None or event.observation not in answered
    ]
    return in_order([*learned, *_answered(answers, notes), *_talked(report, reader, since, notes)])


def _answered(answers: list[Answered], notes: Notes) -> Iterator[Event]:
    for each in answers:
        beside = notes[each.on, each.label]
        note = beside.pop(0) if beside else ""
        yield Event(ANSWERED, each.on, each.at, each.question, words=each.label, note=note)


def _talked(report: Person, reader: Person, since: date, notes: Notes) -> Iterator[Event]:
    talks = Conversation.objects.filter(manager=reader, report=report, held_on__gte=since)
    for held_on, at in talks.values_list("held_on", "created_at"):
        note = next(iter(notes[held_on, ""]), "")
        yield Event(TALKED, held_on, at, report.called, note=note)
