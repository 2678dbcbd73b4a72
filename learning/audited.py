"""What of learning is in the audit log: what L&D writes. What people do on their paths is in the
learning records; what was seen of them is append-only as it is."""

from learning.models import (
    AssignmentRule,
    Calibration,
    Outcome,
    Path,
    PathSuggestion,
    Role,
    RoleHolding,
    RoleSkill,
    Skill,
    Step,
    StepFile,
    StepSkill,
    TitleRule,
)
from tenants.people.auditing.registering import record_changes

record_changes(Role)
record_changes(Outcome)
record_changes(Skill)
record_changes(RoleSkill)
record_changes(TitleRule)
record_changes(RoleHolding)
record_changes(Path, but=("changed_at",))
record_changes(Step, but=("version", "copy_of"), many=("prerequisites",))
record_changes(StepSkill)
record_changes(StepFile, but=("content", "uploaded_at"))
record_changes(AssignmentRule, but=("created_by",), many=("roles", "departments"))
record_changes(PathSuggestion, but=("suggested_at", "decided_at"))
record_changes(Calibration, but=("opened_at", "opened_by", "ended_at", "ended_by"))
