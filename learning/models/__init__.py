from learning.models.append_only import AppendOnlyError
from learning.models.assignments import Assignment, PlanStep
from learning.models.calibrated_levels import GOOD_FOR, CalibratedLevel
from learning.models.calibrations import Calibration, CalibrationManager, CalibrationSkill
from learning.models.giving import MOST, AssignmentDraft, AssignmentRun, Recipient
from learning.models.holdings import RoleHolding
from learning.models.observations import Observation
from learning.models.occupations import Occupation, OccupationTask
from learning.models.paths import Path, PathVersion, Step, StepFile, StepSkill
from learning.models.records import LearningRecord
from learning.models.roles import Level, Outcome, Role, RoleSkill, Skill
from learning.models.rules import AssignmentRule, RuleMatch, RuleRun
from learning.models.suggestions import PathSuggestion
from learning.models.title_rules import TitleRule

__all__ = [
    "GOOD_FOR",
    "MOST",
    "AppendOnlyError",
    "Assignment",
    "AssignmentDraft",
    "AssignmentRule",
    "AssignmentRun",
    "CalibratedLevel",
    "Calibration",
    "CalibrationManager",
    "CalibrationSkill",
    "LearningRecord",
    "Level",
    "Observation",
    "Occupation",
    "OccupationTask",
    "Outcome",
    "Path",
    "PathSuggestion",
    "PathVersion",
    "PlanStep",
    "Recipient",
    "Role",
    "RoleHolding",
    "RoleSkill",
    "RuleMatch",
    "RuleRun",
    "Skill",
    "Step",
    "StepFile",
    "StepSkill",
    "TitleRule",
]
