"""What learning reads across its tables: a learner's paths, and figures of the pulse."""

from learning.reports.calibrations import calibrations_waiting_for
from learning.reports.first_wins import first_wins
from learning.reports.gaming import gaming
from learning.reports.gap_trails import Trail, gap_trails
from learning.reports.gaps_closed import gaps_closed
from learning.reports.histories import Event, history_of
from learning.reports.my_paths import (
    Clock,
    Line,
    MyPath,
    current_step,
    first_win_clock,
    my_paths,
    plan_steps_of,
)
from learning.reports.outcomes import outcomes_of
from learning.reports.role_maps import RoleMap, role_map
from learning.reports.skill_maps import SkillColumn, SkillMap, SkillRow, skill_maps
from learning.reports.small_groups import FEWEST, Share, Split

__all__ = [
    "FEWEST",
    "Clock",
    "Event",
    "Line",
    "MyPath",
    "RoleMap",
    "Share",
    "SkillColumn",
    "SkillMap",
    "SkillRow",
    "Split",
    "Trail",
    "calibrations_waiting_for",
    "current_step",
    "first_win_clock",
    "first_wins",
    "gaming",
    "gap_trails",
    "gaps_closed",
    "history_of",
    "my_paths",
    "outcomes_of",
    "plan_steps_of",
    "role_map",
    "skill_maps",
]
