"""What learning reads across its tables: a learner's paths, and figures of the pulse."""

from learning.reports.first_wins import first_wins
from learning.reports.gaming import gaming
from learning.reports.gaps_closed import gaps_closed
from learning.reports.my_paths import (
    Clock,
    Line,
    MyPath,
    current_step,
    first_win_clock,
    my_paths,
    plan_steps_of,
)
from learning.reports.small_groups import FEWEST, Share, Split

__all__ = [
    "FEWEST",
    "Clock",
    "Line",
    "MyPath",
    "Share",
    "Split",
    "current_step",
    "first_win_clock",
    "first_wins",
    "gaming",
    "gaps_closed",
    "my_paths",
    "plan_steps_of",
]
