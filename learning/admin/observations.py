from django.contrib import admin
from django.http import HttpRequest

from learning.calibration import why_not
from learning.models import Level, Observation
from tenants.people.admin.pages import ReadPage


@admin.register(Observation)
class ObservationPage(ReadPage):
    """What was seen of people. Append-only: a plan's receipts rest on it."""

    nothing_yet = (
        "Nothing has been seen yet. Managers answer one question a week, and learners rate "
        "themselves."
    )
    list_display = ("person", "skill", "level_seen", "source", "observer", "observed_on")
    list_filter = ("source", "level", "skill", "observed_on")
    list_select_related = ("person", "skill", "observer")
    search_fields = ("person__given_name", "person__family_name", "person__email", "skill__name")
    fields = ("person", "skill", "level", "source", "observer", "observed_on", "context")

    def why_not_exported(self, request: HttpRequest) -> str:
        """One query."""
        return why_not(Observation.objects.all(), self.list_display)

    @admin.display(description="level", ordering="level")
    def level_seen(self, observation: Observation) -> str:
        return str(Level(observation.level).label)
