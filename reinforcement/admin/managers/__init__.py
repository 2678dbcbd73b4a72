"""The page "Managers": whom L&D has not talked with for long, and what slows their teams down."""

from reinforcement.admin.managers.file import managers_file
from reinforcement.admin.managers.page import managers_page

__all__ = ["managers_file", "managers_page"]
