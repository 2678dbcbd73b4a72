"""Calibrations that wait for a manager."""

from learning.models import Calibration, CalibrationManager
from tenants.people.models import Person


def calibrations_waiting_for(manager: Person) -> list[CalibrationManager]:
    """Their part in each that is open and in which they are not done. One query."""
    parts = CalibrationManager.objects.filter(
        manager=manager, done_at=None, calibration__state=Calibration.State.OPEN
    )
    return list(parts.select_related("calibration__role").order_by("pk"))
