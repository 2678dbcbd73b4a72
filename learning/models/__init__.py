from learning.models.append_only import AppendOnlyError
from learning.models.assignments import Assignment, PlanStep
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
    "AppendOnlyError",
    "Assignment",
    "AssignmentRule",
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
