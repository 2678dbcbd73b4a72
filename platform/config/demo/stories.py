"""Three account executives of one team, of whom different things were seen before the path.

So their plans differ: compare them on the page of the path, or sign in as each.
"""

from config.demo.cast import CAST
from learning.models import Observation

MANAGER, SELF = Observation.Source.MANAGER, Observation.Source.SELF

Seen = dict[str, tuple[int, Observation.Source, int]]
"""Skill (slug) → level, who says so, and how many days before the path starts."""

LEARNER: Seen = {
    "discovery": (2, MANAGER, 31),
    "demo": (2, MANAGER, 24),
    "qualification": (1, MANAGER, 24),
    "mutual-plan": (1, MANAGER, 9),
    "negotiation": (0, MANAGER, 9),
}
PEER: Seen = {
    "discovery": (3, MANAGER, 60),
    "demo": (2, MANAGER, 45),
    "qualification": (2, MANAGER, 45),
    "multithreading": (2, MANAGER, 38),
    "mutual-plan": (2, MANAGER, 12),
    "negotiation": (0, MANAGER, 12),
}
NEW_HIRE: Seen = {
    "discovery": (1, SELF, 1),
    "negotiation": (2, SELF, 1),
    "demo": (0, SELF, 1),
}


def story_of(company: str, email: str) -> Seen | None:
    """What was seen of a member of the cast; None of everybody else."""
    cast = CAST[company]
    told = {cast.learner: LEARNER, cast.peer: PEER, cast.new_hire: NEW_HIRE}
    return told.get(email)
