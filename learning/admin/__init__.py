"""Roles, skills, paths and assignments in the admin site."""

from learning.admin import (
    assignments,
    holdings,
    observations,
    paths,
    roles,
    rules,
    steps,
    suggestions,
)

__all__ = [
    "assignments",
    "holdings",
    "observations",
    "paths",
    "roles",
    "rules",
    "steps",
    "suggestions",
]
