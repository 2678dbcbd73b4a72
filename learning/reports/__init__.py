"""What learning reads across its tables: a learner's paths, and figures of the pulse."""

from learning.reports.my_paths import (
    Clock,
    Line,
    MyPath,
    current_step,
    first_win_clock,
    my_paths,
    plan_steps_of,
)

__all__ = [
    "Clock",
    "Line",
    "MyPath",
    "current_step",
    "first_win_clock",
    "my_paths",
    "plan_steps_of",
]
