"""Briefs of six weeks with what became of them, talks, barriers, and what L&D heard."""

from datetime import datetime, timedelta
from typing import Final

from reinforcement.models import (
    Answer,
    Barrier,
    Brief,
    BriefItem,
    Choice,
    Conversation,
    Delivery,
    Prompt,
    Question,
    Touchpoint,
)
from tests.console.crowd.assigning import Given
from tests.console.crowd.learning import Work
from tests.console.crowd.people import Crowd

WEEKS: Final = 6
FEATURED: Final = 3  # reports in a brief


def talk(company: Crowd, work: Work, given: Given, now: datetime) -> None:
    items = _brief(company, work, given, now)
    _answer(items, now)
    Conversation.objects.bulk_create(
        Conversation(
            manager_id=item.brief.manager_id,
            report_id=item.report_id,
            item=item,
            held_on=item.brief.due_at.date(),
            via="mail",
        )
        for item in items[::2]
    )
    _listen(company, work, now)


def _brief(company: Crowd, work: Work, given: Given, now: datetime) -> list[BriefItem]:
    prompts = Prompt.objects.bulk_create(
        Prompt(text=f"Ask {{name}} of {skill}", moment="stuck", skill=skill)
        for skill in work.skills
    )
    questions = Question.objects.bulk_create(
        Question(slug=f"c{each}", text=f"Did you see {skill}?", skill=skill)
        for each, skill in enumerate(work.skills)
    )
    Choice.objects.bulk_create(
        Choice(question=question, position=level, value=f"l{level}", label=f"{level}", level=level)
        for question in questions
        for level in range(4)
    )
    briefs = []
    for week in range(WEEKS):
        due_at = now - timedelta(weeks=week)
        year, number, _ = due_at.isocalendar()
        briefs += [
            Brief(
                manager=manager,
                iso_year=year,
                iso_week=number,
                due_at=due_at,
                written_at=due_at,
                state="written",
                minutes=3,
            )
            for manager in company.managers
        ]
    Brief.objects.bulk_create(briefs)
    Delivery.objects.bulk_create(
        Delivery(
            brief=brief,
            recipient_id=brief.manager_id,
            channel="mail",
            state="sent" if brief.pk % 9 else "failed",
            sent_at=brief.due_at if brief.pk % 9 else None,
            next_attempt_at=brief.due_at,
            message_id=f"<{brief.uid}@crowd>",
        )
        for brief in briefs
    )
    return BriefItem.objects.bulk_create(
        BriefItem(
            brief=brief,
            report=company.people[each],
            assignment=given.assignments[each],
            plan_step=given.first_step_of(each),
            position=at,
            why="turn",
            moment="stuck",
            prompt=prompts[each % len(prompts)],
            question=questions[each % len(questions)],
        )
        for place, brief in enumerate(briefs)
        for at, each in enumerate(_reports_of(place % len(company.managers)))
    )


def _reports_of(manager: int) -> range:
    """The places of those who are featured; the first manager is not their own report."""
    return range(manager * 10 + 1, manager * 10 + 1 + FEATURED)


def _answer(items: list[BriefItem], now: datetime) -> None:
    choices: dict[int, list[Choice]] = {}
    for choice in Choice.objects.filter(question__slug__startswith="c"):
        choices.setdefault(choice.question_id, []).append(choice)
    Answer.objects.bulk_create(
        Answer(
            item=item, choice=choices[item.question_id or 0][at % 4], via="mail", answered_at=now
        )
        for at, item in enumerate(items[::2])
    )


def _listen(company: Crowd, work: Work, now: datetime) -> None:
    talks = Touchpoint.objects.bulk_create(
        Touchpoint(
            manager=company.managers[each % 500],
            held_by=company.people[1 + each % 20],
            held_on=(now - timedelta(days=each % 365)).date(),
            learned=f"Legal takes {each} days",
        )
        for each in range(1_500)
    )
    barriers = Barrier.objects.bulk_create(
        Barrier(
            manager_id=each.manager_id,
            words=f"Barrier {at}",
            outcome=work.outcomes[at % 60],
            severity=1 + at % 3,
            status=("heard", "designing", "addressed", "gone")[at % 4],
            status_since=each.held_on,
            heard_on=each.held_on,
            touchpoint=each,
            looked_after_by_id=each.held_by_id,
            check_back_on=now.date(),
        )
        for at, each in enumerate(talks[:1_000])
    )
    designed = Barrier.paths.through
    designed.objects.bulk_create(
        designed(barrier=barrier, path=work.paths[at % 60])
        for at, barrier in enumerate(barriers)
        if at % 3
    )
