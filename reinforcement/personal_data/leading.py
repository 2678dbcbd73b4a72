"""What is stored about somebody as a manager: their weeks, what they said, their private notes."""

from typing import Any

from django.db.models import Count, QuerySet

from reinforcement.models import Answer, Barrier, Brief, Conversation, Touchpoint
from tenants.people.models import Person
from tenants.people.personal_copies import named


def sections(person: Person, *, private: bool) -> dict[str, Any]:
    """Six queries. Without `private`, the notes are not read from the database at all."""
    weeks = Brief.objects.filter(manager=person).annotate(people=Count("items"))
    talks = Touchpoint.objects.filter(manager=person).select_related("held_by")
    return {
        "weeks": [
            {
                "year": each.iso_year,
                "week": each.iso_week,
                "due_at": each.due_at,
                "written_at": each.written_at,
                "state": each.state,
                "reason": each.reason,
                "minutes": each.minutes,
                "people": each.people,
            }
            for each in weeks.order_by("due_at", "pk")
        ],
        "answers_given": _answers(person, private=private),
        "conversations_held": _conversations(person, private=private),
        "barriers": _barriers(person),
        "touchpoints": [
            {"with": named(each.held_by), "held_on": each.held_on, "learned": each.learned}
            for each in talks.order_by("held_on", "pk")
        ],
    }


def _answers(person: Person, *, private: bool) -> list[dict[str, Any]]:
    given: QuerySet[Answer] = Answer.objects.filter(item__brief__manager=person).select_related(
        "choice", "item__report", "item__question"
    )
    return [
        {
            "about": named(each.item.report),
            "question": each.item.question.asked_about(each.item.report.called)
            if each.item.question
            else None,
            "answer": each.choice.label,
            "via": each.via,
            "answered_at": each.answered_at,
            **({"note": each.note} if private else {}),
        }
        for each in _with_notes(given, private).order_by("answered_at", "pk")
    ]


def _conversations(person: Person, *, private: bool) -> list[dict[str, Any]]:
    held: QuerySet[Conversation] = Conversation.objects.filter(manager=person).select_related(
        "report"
    )
    return [
        {
            "with": named(each.report),
            "held_on": each.held_on,
            "via": each.via,
            "created_at": each.created_at,
            **({"note": each.note} if private else {}),
        }
        for each in _with_notes(held, private).order_by("held_on", "pk")
    ]


def _with_notes(rows: QuerySet[Any], private: bool) -> QuerySet[Any]:
    return rows if private else rows.defer("note")


def _barriers(person: Person) -> list[dict[str, Any]]:
    """Two queries."""
    said = (
        Barrier.objects.filter(manager=person)
        .select_related("outcome", "looked_after_by")
        .prefetch_related("paths")
    )
    return [
        {
            "uid": each.uid,
            "words": each.words,
            "outcome": each.outcome.name if each.outcome else None,
            "severity": each.severity,
            "status": each.status,
            "status_since": each.status_since,
            "heard_on": each.heard_on,
            "check_back_on": each.check_back_on,
            "looked_after_by": named(each.looked_after_by),
            "paths": [path.name for path in each.paths.all()],
        }
        for each in said.order_by("heard_on", "pk")
    ]
