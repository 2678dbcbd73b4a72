"""Roles, outcomes, skills and gaps; paths, and plans that are about one person."""
