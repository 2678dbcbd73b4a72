"""Whom a brief is about this week, and what to say. Pure: the same facts give the same brief."""

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import datetime, timedelta

from reinforcement.models import BriefItem, Moment

MOST = 5  # people in one brief, whatever a company sets: the six minutes hold
STUCK_AFTER = timedelta(days=10)
Why = BriefItem.Why

ORDER = (Why.NEW, Why.STUCK, Why.FINISHED, Why.STARTS, Why.TURN)
MOMENTS = {
    Why.NEW: Moment.STARTING,
    Why.STUCK: Moment.STUCK,
    Why.FINISHED: Moment.JUST_FINISHED,
    Why.STARTS: Moment.STARTING,
    Why.TURN: Moment.IN_THE_MIDDLE,
}
# closeness of a prompt's moment to the one we are in: exact, then one that reads well too
NEIGHBOURS = {
    Moment.FIRST_WIN: (Moment.JUST_FINISHED,),
    Moment.STARTING: (Moment.IN_THE_MIDDLE,),
    Moment.STUCK: (Moment.IN_THE_MIDDLE,),
    Moment.JUST_FINISHED: (Moment.IN_THE_MIDDLE,),
    Moment.IN_THE_MIDDLE: (Moment.STARTING,),
}


@dataclass(frozen=True)
class Candidate:
    """A report with an open assignment, as far as choosing goes."""

    report: int
    assignment: int
    is_new_without_win: bool
    moved_at: datetime
    done_since: tuple[str, ...]  # titles of the steps done since the last brief
    first_win_since: bool
    started: bool
    last_featured_at: datetime | None
    plan_step: int | None
    skills: frozenset[int]
    outcome: int
    role: int

    def why(self, now: datetime) -> BriefItem.Why:
        if self.is_new_without_win:
            return Why.NEW
        if now - self.moved_at >= STUCK_AFTER:
            return Why.STUCK
        if self.done_since:
            return Why.FINISHED
        if not self.started:
            return Why.STARTS
        return Why.TURN

    def moment(self, now: datetime) -> Moment:
        if self.first_win_since:
            return Moment.FIRST_WIN
        why = self.why(now)
        if why == Why.NEW and self.started:
            return Moment.JUST_FINISHED if self.done_since else Moment.IN_THE_MIDDLE
        return MOMENTS[why]


@dataclass(frozen=True)
class PromptFacts:
    id: int
    moment: str
    skill: int | None
    outcome: int | None
    role: int | None


def choose_people(
    candidates: Sequence[Candidate], *, size: int, now: datetime
) -> tuple[list[Candidate], list[Candidate]]:
    """Who is featured (at most `size`, most urgent first), and the rest.

    New hires without a first win, then the stuck, then who finished, then who starts; within each,
    whoever was featured longest ago.
    """

    def urgency(candidate: Candidate) -> tuple[int, float, int]:
        featured = candidate.last_featured_at
        rank = ORDER.index(candidate.why(now))
        return (rank, featured.timestamp() if featured else 0.0, candidate.report)

    ranked = sorted(candidates, key=urgency)
    return ranked[:size], ranked[size:]


def choose_prompt(
    candidate: Candidate,
    prompts: Sequence[PromptFacts],
    used: Set[int],
    *,
    now: datetime,
) -> int | None:
    """The prompt (id) that fits best and was not `used` with this pair in eight weeks.

    Fit: the current step's skill, then the outcome, then the role, then general; then the moment.
    A prompt about another skill, outcome or role never fits. None where all were used.
    """
    moment = candidate.moment(now)
    fitting = [
        (_fit(prompt, candidate), _closeness(prompt.moment, moment), -prompt.id, prompt.id)
        for prompt in prompts
        if prompt.id not in used and _fit(prompt, candidate)
    ]
    return max(fitting)[-1] if fitting else None


def _fit(prompt: PromptFacts, candidate: Candidate) -> int:
    if prompt.skill:
        return 4 if prompt.skill in candidate.skills else 0
    if prompt.outcome:
        return 3 if prompt.outcome == candidate.outcome else 0
    if prompt.role:
        return 2 if prompt.role == candidate.role else 0
    return 1


def _closeness(prompt_moment: str, moment: Moment) -> int:
    if prompt_moment == moment:
        return 2
    return 1 if prompt_moment in NEIGHBOURS[moment] else 0


def choose_question(
    candidate: Candidate, questions: Mapping[int, Sequence[int]], asked: Mapping[int, datetime]
) -> int | None:
    """A question about what the current step builds: the one asked longest ago, else never.

    `questions` maps skill id to question ids, `asked` question id to when this pair last had it.
    """
    fitting = [question for skill in candidate.skills for question in questions.get(skill, ())]
    if not fitting:
        return None
    return min(fitting, key=lambda q: (asked[q].timestamp() if q in asked else 0.0, q))


READING_SPEED = 200  # words a minute
TALK = 1.0  # minutes that one prompt and one answer take
FRAME = 40  # words around a prompt: name, step, framing, question
LONGEST = 6  # minutes


def minutes_for(prompts: Sequence[int]) -> int:
    """Whole minutes to read and to talk about people whose prompts have so many words each."""
    words = sum(prompts) + FRAME * len(prompts)
    return max(1, round(TALK * len(prompts) + words / READING_SPEED))


def within_six_minutes(prompts: Sequence[int]) -> int:
    """How many of these people, most urgent first, a manager has six minutes for; at least one."""
    fitting = (
        count for count in range(len(prompts), 1, -1) if minutes_for(prompts[:count]) <= LONGEST
    )
    return next(fitting, 1)
