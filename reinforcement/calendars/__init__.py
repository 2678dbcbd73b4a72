"""A manager's next conversations as a calendar of their own, behind a secret address."""

from reinforcement.calendars.addresses import calendar_path, read_calendar_token
from reinforcement.calendars.events import calendar_of

__all__ = ["calendar_of", "calendar_path", "read_calendar_token"]
