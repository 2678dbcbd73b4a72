"""Somebody's own notes. There is no other way to read one: nobody but its author may."""

from dataclasses import dataclass
from datetime import date

from reinforcement.models import Answer, Conversation
from tenants.people.models import Person
from tenants.people.onlookers import is_looked_on


@dataclass(frozen=True)
class OwnNote:
    """What the author wrote, the day (theirs) it is about, and what they answered, if anything."""

    text: str
    on: date
    answered: str


def own_notes(author: Person, report: Person) -> list[OwnNote]:
    """What `author` wrote about `report`, the latest first. Two queries.

    A manager who comes after sees nothing of it: an answer is its brief's manager's, a
    conversation's note whose conversation it was. Nor does an operator in the author's name.
    """
    if is_looked_on():
        return []
    answers = (
        Answer.objects.filter(item__brief__manager=author, item__report=report)
        .exclude(note="")
        .select_related("choice")
    )
    conversations = Conversation.objects.filter(manager=author, report=report).exclude(note="")
    notes = [
        OwnNote(
            each.note, each.answered_at.astimezone(author.zone).date(), answered=each.choice.label
        )
        for each in answers
    ]
    notes += [OwnNote(each.note, each.held_on, answered="") for each in conversations]
    return sorted(notes, key=lambda note: note.on, reverse=True)
