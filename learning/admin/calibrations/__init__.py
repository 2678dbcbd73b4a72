"""Calibrations in the admin site: opening one, watching it, ending it, and what came of it."""

from learning.admin.calibrations import levels, pages

__all__ = ["levels", "pages"]
