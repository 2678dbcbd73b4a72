from learning.models.assignments import Assignment, PlanStep
from learning.models.holdings import RoleHolding
from learning.models.observations import Observation
from learning.models.paths import Path, Step, StepSkill
from learning.models.records import LearningRecord
from learning.models.roles import Level, Outcome, Role, RoleSkill, Skill

__all__ = [
    "Assignment",
    "LearningRecord",
    "Level",
    "Observation",
    "Outcome",
    "Path",
    "PlanStep",
    "Role",
    "RoleHolding",
    "RoleSkill",
    "Skill",
    "Step",
    "StepSkill",
]
