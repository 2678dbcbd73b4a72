from datetime import date
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone

from learning.calibration import why_not
from learning.models import GOOD_FOR, CalibratedLevel, Level
from tenants.people.admin.pages import ReadPage


@admin.register(CalibratedLevel)
class CalibratedLevelPage(ReadPage):
    """Levels that may leave the house: the latest ones managers agreed on, and not too old.

    What leaves is this; what somebody saw since then is not, before it is calibrated.
    """

    list_display = (
        *("person", "role", "skill", "level_agreed", "calibrated_on", "seen_since", "good_until"),
    )
    list_filter = ("calibration__role", "skill", "level", "calibration__ended_at")
    list_select_related = ("person", "skill", "calibration__role")
    search_fields = (
        *("person__given_name", "person__family_name", "person__email"),
        *("skill__name", "calibration__role__name"),
    )
    fields = (
        ("person", "skill"),
        ("level_agreed", "calibration"),
        "seen_on",
        ("adjusted_from", "adjusted_by"),
    )
    readonly_fields = ("level_agreed",)
    nothing_yet = (
        "No level may leave now: none was calibrated, or it is too long ago. Open a calibration "
        "for a role and some of its managers."
    )

    def why_not_exported(self, request: HttpRequest) -> str:
        return why_not(self.get_queryset(request), self.list_display)

    def get_queryset(self, request: HttpRequest) -> QuerySet[CalibratedLevel]:
        return CalibratedLevel.objects.good(timezone.now()).with_seen_since()

    @admin.display(description="role", ordering="calibration__role__name")
    def role(self, level: CalibratedLevel) -> str:
        return level.calibration.role.name

    @admin.display(description="level", ordering="level")
    def level_agreed(self, level: CalibratedLevel) -> str:
        return str(Level(level.level).label)

    @admin.display(description="calibrated", ordering="calibration__ended_at")
    def calibrated_on(self, level: CalibratedLevel) -> date:
        return (level.good_until - GOOD_FOR).date()

    @admin.display(description="seen since", ordering="seen_since")
    def seen_since(self, level: Any) -> Any:
        return level.seen_since

    @admin.display(description="good until", ordering="calibration__ended_at")
    def good_until(self, level: CalibratedLevel) -> date:
        return level.good_until.date()
