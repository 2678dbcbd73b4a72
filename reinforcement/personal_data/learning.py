"""What is stored about somebody as a learner: what their managers were told, asked and answered.

What a manager noted for themselves is not read from the database at all.
"""

from typing import Any

from reinforcement.models import Answer, Brief, BriefItem, Conversation, HeadsUp, Reputation
from tenants.people.models import Person
from tenants.people.personal_copies import named


def sections(person: Person) -> dict[str, Any]:
    """Six queries."""
    named_in = Brief.objects.filter(also__contains=[person.pk]).select_related("manager")
    talks = Conversation.objects.filter(report=person).select_related("manager").defer("note")
    heads_ups = HeadsUp.objects.filter(person=person).select_related("manager")
    asked = Reputation.objects.filter(person=person).order_by("asked_at", "pk")
    return {
        "weeks_about_you": _weeks(person),
        "weeks_naming_you": [
            {"year": each.iso_year, "week": each.iso_week, "manager": named(each.manager)}
            for each in named_in.order_by("due_at", "pk")
        ],
        "conversations_about_you": [
            {
                "with": named(each.manager),
                "held_on": each.held_on,
                "via": each.via,
                "created_at": each.created_at,
            }
            for each in talks.order_by("held_on", "pk")
        ],
        "heads_ups": [
            {
                "year": each.iso_year,
                "week": each.iso_week,
                "manager": named(each.manager),
                "written_at": each.written_at,
            }
            for each in heads_ups.order_by("written_at", "pk")
        ],
        "onboarding_answers": [
            {
                "hired_on": each.hired_on,
                "day": each.day,
                "asked_at": each.asked_at,
                "answer": each.answer,
                "answer_means": each.get_answer_display() if each.answer else None,
                "answered_at": each.answered_at,
            }
            for each in asked
        ],
    }


def _weeks(person: Person) -> list[dict[str, Any]]:
    """Two queries."""
    items = list(
        BriefItem.objects.filter(report=person)
        .select_related("brief__manager", "plan_step__step", "prompt", "question")
        .order_by("brief__due_at", "pk")
    )
    answers = {
        answer.item_id: answer
        for answer in Answer.objects.filter(item__report=person)
        .select_related("choice")
        .defer("note")
    }
    return [
        {
            "year": item.brief.iso_year,
            "week": item.brief.iso_week,
            "manager": named(item.brief.manager),
            "why": item.why,
            "moment": item.moment,
            "step": item.plan_step.step.title if item.plan_step else None,
            "moved": item.moved,
            "prompt": item.prompt.said_about(person.called) if item.prompt else None,
            "question": item.question.asked_about(person.called) if item.question else None,
            "answer": _answer(answers.get(item.pk)),
        }
        for item in items
    ]


def _answer(answer: Answer | None) -> dict[str, Any] | None:
    if answer is None:
        return None
    return {
        "answer": answer.choice.label,
        "level": answer.choice.level,
        "via": answer.via,
        "answered_at": answer.answered_at,
    }
