"""Which skills a self-check asks about, and how long that takes."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from learning.models import Skill
from learning.standings import Standing

LIMIT = 180  # seconds: a check stays under three minutes
READING_SPEED = 238  # words a minute, read silently (Brysbaert 2019, doi:10.1016/j.jml.2019.104047)
DECIDING = 5  # seconds a skill
LATELY = timedelta(days=60)


@dataclass(frozen=True)
class SelfCheck:
    """The skills that are asked now, and those that are not; each list in the roles' order."""

    asked: list[Standing]
    seen_lately: list[Standing]
    """Left out: a manager saw them in the last 60 days."""
    later: list[Standing]
    """Left out: with them it would take more than three minutes."""
    all_seen_lately: bool
    """A manager saw every skill in that time; then none is left out for it."""

    @property
    def under_minutes(self) -> int:
        """Whole minutes that it takes less than."""
        return seconds_for(standing.skill for standing in self.asked) // 60 + 1

    @property
    def unanswered(self) -> list[Standing]:
        """What is asked and has no answer of today."""
        return [standing for standing in self.asked if standing.said is None]


def self_check(standings: Iterable[Standing], *, today: date) -> SelfCheck:
    """Choose what matters most, until three minutes are full; one skill at least.

    First what nobody ever saw, then what they rated longest ago. Answers of today do not count
    here, so that the same skills are asked until the end.
    """
    standings = list(standings)
    lately = [standing for standing in standings if _seen_lately(standing, today)]
    all_seen = len(lately) == len(standings)
    due = standings if all_seen else [s for s in standings if s not in lately]
    chosen: list[Skill] = []
    for standing in sorted(due, key=_turn):
        if chosen and seconds_for([*chosen, standing.skill]) >= LIMIT:
            break
        chosen.append(standing.skill)
    return SelfCheck(
        asked=[standing for standing in due if standing.skill in chosen],
        seen_lately=[] if all_seen else lately,
        later=[standing for standing in due if standing.skill not in chosen],
        all_seen_lately=all_seen and bool(standings),
    )


def seconds_for(skills: Iterable[Skill]) -> int:
    """To read each skill with its levels, and to decide."""
    skills = list(skills)
    texts = [text for skill in skills for text in (skill.name, *(t for _, t in skill.levels))]
    words = sum(len(text.split()) for text in texts)
    return round(words * 60 / READING_SPEED) + DECIDING * len(skills)


def _seen_lately(standing: Standing, today: date) -> bool:
    sighting = standing.seen_by_others
    return sighting is not None and today - sighting.observed_on < LATELY


def _turn(standing: Standing) -> tuple[bool, date]:
    """What nobody ever saw comes first, then what was rated longest ago or never."""
    before = standing.said_before
    ever_seen = standing.seen_by_others or before
    return (ever_seen is not None, before.observed_on if before else date.min)
