"""Assigning a path: choose it, choose people, frame it, see everybody's plan, give it."""

from learning.admin.assign.urls import MAY, assign_urls

__all__ = ["MAY", "assign_urls"]
