"""What a manager's brief would say now."""

from dataclasses import dataclass
from datetime import datetime

from reinforcement import selection
from reinforcement.facts import BriefFacts
from reinforcement.models import BriefItem, Moment
from tenants.people.models import Person


@dataclass(frozen=True, slots=True)
class Topic:
    """What is to become a `BriefItem`: one report, why them, what to say and what to ask."""

    report_id: int
    assignment_id: int
    plan_step_id: int | None
    why: BriefItem.Why
    moment: Moment
    moved: tuple[str, ...]
    prompt_id: int | None
    question_id: int | None


def draft(
    facts: BriefFacts, manager: Person, size: int, now: datetime
) -> tuple[list[Topic], list[int]]:
    """The people of one manager's brief, in order, and the reports who get one line.

    No two people hear the same sentence, unless there is no other. Whoever does not fit into six
    minutes is among the latter.
    """
    featured, rest = selection.choose_people(
        facts.candidates[manager.pk], size=min(size, selection.MOST), now=now
    )
    topics: list[Topic] = []
    said: set[int] = set()
    for candidate in featured:
        past = facts.past_of(manager.pk, candidate.report)
        prompt = selection.choose_prompt(
            candidate, facts.prompts, past.used | said, now=now
        ) or selection.choose_prompt(candidate, facts.prompts, past.used, now=now)
        said.update({prompt} if prompt else ())
        topics.append(
            Topic(
                report_id=candidate.report,
                assignment_id=candidate.assignment,
                plan_step_id=candidate.plan_step,
                why=candidate.why(now),
                moment=candidate.moment(now),
                moved=candidate.done_since,
                prompt_id=prompt,
                question_id=selection.choose_question(candidate, facts.questions, past.asked),
            )
        )
    fitting = selection.within_six_minutes(facts.lengths(each.prompt_id for each in topics))
    also = [each.report_id for each in topics[fitting:]]
    return topics[:fitting], also + [candidate.report for candidate in rest]


def minutes_for(facts: BriefFacts, topics: list[Topic]) -> int:
    """Whole minutes to read and to talk about these people; six at most."""
    needed = selection.minutes_for(facts.lengths(each.prompt_id for each in topics))
    return min(needed, selection.LONGEST)
