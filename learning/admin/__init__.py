"""Roles, skills, paths and assignments in the admin site."""

from learning.admin import (
    assignment_runs,
    assignments,
    calibrations,
    holdings,
    observations,
    paths,
    records,
    roles,
    rule_losses,
    rules,
    steps,
    suggestions,
)

__all__ = [
    "assignment_runs",
    "assignments",
    "calibrations",
    "holdings",
    "observations",
    "paths",
    "records",
    "roles",
    "rule_losses",
    "rules",
    "steps",
    "suggestions",
]
