"""Roles, skills, paths and assignments in the admin site."""

from learning.admin import assignments, observations, paths, roles, steps

__all__ = ["assignments", "observations", "paths", "roles", "steps"]
