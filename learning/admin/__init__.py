"""Roles, skills, paths and assignments in the admin site."""

from learning.admin import assignments, holdings, observations, paths, roles, rules, steps

__all__ = ["assignments", "holdings", "observations", "paths", "roles", "rules", "steps"]
