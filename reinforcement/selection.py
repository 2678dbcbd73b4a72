"""Whom a brief is about this week, and what to say. Pure: the same facts give the same brief."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

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


class About(Protocol):
    """What a talk is about: the skills the current step builds, the outcome, the role (ids)."""

    @property
    def skills(self) -> frozenset[int]: ...
    @property
    def outcome(self) -> int: ...
    @property
    def role(self) -> int: ...


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


class Prompts:
    """What there is to say, by what it is tied to: nobody looks through all of it for a person."""

    def __init__(self, prompts: Iterable[PromptFacts]) -> None:
        self.by_skill: dict[int, list[PromptFacts]] = defaultdict(list)
        self.by_outcome: dict[int, list[PromptFacts]] = defaultdict(list)
        self.by_role: dict[int, list[PromptFacts]] = defaultdict(list)
        self.general: list[PromptFacts] = []
        for prompt in prompts:
            if prompt.skill:
                self.by_skill[prompt.skill].append(prompt)
            elif prompt.outcome:
                self.by_outcome[prompt.outcome].append(prompt)
            elif prompt.role:
                self.by_role[prompt.role].append(prompt)
            else:
                self.general.append(prompt)

    def fitting(self, about: About) -> Iterator[Sequence[PromptFacts]]:
        """Those about the current step's skills, then the outcome, then the role, then anything.

        What is about another skill, outcome or role never fits.
        """
        yield [prompt for skill in about.skills for prompt in self.by_skill.get(skill, ())]
        yield self.by_outcome.get(about.outcome, ())
        yield self.by_role.get(about.role, ())
        yield self.general


def choose_prompt(
    candidate: Candidate, prompts: Prompts, used: Set[int], *, now: datetime
) -> int | None:
    """The prompt (id) that fits best and was not `used` with this pair in eight weeks."""
    return best_prompt(candidate, prompts, used, moment=candidate.moment(now))


def best_prompt(about: About, prompts: Prompts, used: Set[int], *, moment: Moment) -> int | None:
    """Among those that fit alike: the moment, then the oldest. None where all were `used`."""
    for tied_alike in prompts.fitting(about):
        if fresh := [prompt for prompt in tied_alike if prompt.id not in used]:
            return min(fresh, key=lambda each: (-_closeness(each.moment, moment), each.id)).id
    return None


def _closeness(prompt_moment: str, moment: Moment) -> int:
    if prompt_moment == moment:
        return 2
    return 1 if prompt_moment in NEIGHBOURS[moment] else 0


def choose_question(
    candidate: Candidate, questions: Mapping[int, Sequence[int]], asked: Sequence[int]
) -> int | None:
    """A question about what the current step builds: one never asked, else asked longest ago.

    `questions` maps skill id to question ids; `asked` is what this pair was asked, the latest last.
    """
    last = {question: place for place, question in enumerate(asked)}
    fitting = [question for skill in candidate.skills for question in questions.get(skill, ())]
    return min(fitting, key=lambda each: (last.get(each, -1), each), default=None)


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
