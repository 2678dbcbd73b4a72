from typing import Any

from django.contrib import admin
from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path

from learning.admin.calibrations.ending import abandon, close
from learning.admin.calibrations.opening import OpeningForm
from learning.admin.calibrations.session import session_page
from learning.models import CalibratedLevel, Calibration, CalibrationManager
from tenants.people.admin.pages import ONE_BUTTON, ReadPage, labelled

State = Calibration.State
STATE_COLOURS = {State.OPEN: "warning", State.CLOSED: "success"}


@admin.register(Calibration)
class CalibrationPage(ReadPage):
    """Sessions in which managers agree on what a level means: only then may levels leave.

    A session is opened, and ended on a page of its own; nothing of it is edited.
    """

    words_to_add = "Open a calibration"
    has_shortcuts = False
    form = OpeningForm
    fields = ("role", "managers")
    list_display = ("role", "standing", "opened_at", "opened_by", "done", "ended_at", "whose")
    list_filter = ("state", "role", "opened_at")
    list_select_related = ("role", "opened_by")
    search_fields = (
        *("role__name", "agreed", "participants__manager__given_name"),
        "participants__manager__family_name",
    )
    search_help_text = "A role, a manager who took part, or words of what was agreed."
    nothing_yet = (
        "Nothing was calibrated yet, so no level leaves: “on their own” may mean one thing to one "
        "manager and another to the next. Choose a role and some of its managers. They compare "
        "what they see, without names, adjust, and you close it. Only then does the API give "
        "levels."
    )

    def has_add_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("learning.add_calibration")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Calibration]:
        sessions: QuerySet[Calibration] = super().get_queryset(request)
        managers = CalibrationManager.objects.all()
        return sessions.annotate(
            manager_count=_number_of(managers, "manager"),
            done_count=_number_of(managers.filter(done_at__isnull=False), "manager"),
            people_count=_number_of(CalibratedLevel.objects.all(), "person"),
        )

    @labelled("state", ordering="state", colours=STATE_COLOURS)
    def standing(self, session: Calibration) -> tuple[str, str]:
        return session.state, session.get_state_display()

    @admin.display(description="managers done")
    def done(self, session: Any) -> str:
        return f"{session.done_count} of {session.manager_count}"

    @admin.display(description="people with levels", ordering="people_count")
    def whose(self, session: Any) -> int | None:
        return session.people_count if session.state == State.CLOSED else None

    def get_urls(self) -> list[URLPattern]:
        ends = [
            path(
                f"<int:pk>/{name}/",
                self.admin_site.admin_view(view),
                name=f"learning_calibration_{name}",
            )
            for name, view in (("close", close), ("abandon", abandon))
        ]
        return [*ends, *super().get_urls()]

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        return session_page(request, object_id)

    def add_view(
        self,
        request: HttpRequest,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> Any:
        return super().add_view(request, form_url, {**(extra_context or {}), **ONE_BUTTON})

    def get_form(self, request: HttpRequest, obj: Any = None, **options: Any) -> Any:
        form = super().get_form(request, obj, **options)
        form.actor = request.user
        return form

    def save_model(
        self, request: HttpRequest, obj: Calibration, form: OpeningForm, change: bool
    ) -> None:
        obj.pk = form.keep().pk
        obj.refresh_from_db()

    def response_post_save_add(self, request: HttpRequest, obj: Calibration) -> HttpResponse:
        return redirect("admin:learning_calibration_change", obj.pk)


def _number_of(rows: "QuerySet[Any]", who: str) -> Coalesce:
    """How many there are of a session. Each counts alone: joined, managers would be multiplied by
    levels, and by managers again where one is searched for."""
    counted = rows.filter(calibration=OuterRef("pk")).order_by().values("calibration")
    return Coalesce(
        Subquery(counted.annotate(number=Count(who, distinct=True)).values("number")), 0
    )
