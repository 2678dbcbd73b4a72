from typing import Any

from django.contrib import admin
from django.db.models import Count, ForeignKey, QuerySet
from django.http import HttpRequest
from django.urls import URLPattern, path
from django.utils.formats import date_format

from learning.admin.outcomes import OutcomeChoice
from reinforcement.admin.barrier_filters import CheckBack, Designed, Standing
from reinforcement.admin.barrier_form import BarrierForm
from reinforcement.admin.barrier_moves import LIST_ACTIONS, change_status, possible
from reinforcement.admin.board import board_page
from reinforcement.admin.days import ago, today
from reinforcement.models import Barrier, Touchpoint
from reinforcement.reports import barriers_of
from tenants.people.admin.pages import OneButtonPage, labelled

SEVERITY_COLOURS = {str(Barrier.Severity.SLOWS): "warning", str(Barrier.Severity.STOPS): "danger"}
STATUS_COLOURS = {
    Barrier.Status.HEARD: "info",
    Barrier.Status.DESIGNING: "warning",
    Barrier.Status.ADDRESSED: "success",
}
TALKS = 5  # shown below a barrier
MAY_SEE_TALKS = "reinforcement.view_touchpoint"


@admin.register(Barrier)
class BarrierPage(OneButtonPage):
    """What slows teams down. Noted, put right and moved along through the actions; it is never
    deleted: what is gone stays, for whoever asks what became of it."""

    words_to_add = "Note a barrier"
    has_shortcuts = False
    form = BarrierForm
    list_display = (
        "words",
        "manager",
        "hurts",
        "how_bad",
        "state",
        "age",
        "check_back",
        "designed",
    )
    list_filter = (Standing, "severity", "outcome__role", CheckBack, Designed)
    list_select_related = ("manager", "outcome")
    search_fields = ("words", "manager__given_name", "manager__family_name", "outcome__name")
    search_help_text = "Words, a manager or an outcome."
    autocomplete_fields = ("manager", "touchpoint", "paths", "looked_after_by")
    actions = LIST_ACTIONS
    change_list_template = "reinforcement/barrier/list.html"
    change_form_outer_before_template = "reinforcement/barrier/standing.html"
    change_form_outer_after_template = "reinforcement/barrier/manager.html"

    class Media:
        css = {"all": ("reinforcement/lists.css", "reinforcement/views.css")}

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        return (
            (
                "What they said",
                {"fields": ("manager", "words", ("severity", "heard_on"), "outcome", "touchpoint")},
            ),
            (
                "What we do about it",
                {"fields": ("paths", ("looked_after_by", "check_back_on"))},
            ),
        )

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        return ("manager",) if obj else ()

    def get_queryset(self, request: HttpRequest) -> QuerySet[Barrier]:
        barriers: QuerySet[Barrier] = super().get_queryset(request)
        return barriers.annotate(path_count=Count("paths"))

    @admin.display(description="hurts", ordering="outcome__name")
    def hurts(self, barrier: Barrier) -> str:
        return str(barrier.outcome or "")

    @labelled("how bad", ordering="severity", colours=SEVERITY_COLOURS)
    def how_bad(self, barrier: Barrier) -> tuple[str, str]:
        return str(barrier.severity), barrier.get_severity_display()

    @labelled("status", ordering="status", colours=STATUS_COLOURS)
    def state(self, barrier: Barrier) -> tuple[str, str]:
        return barrier.status, barrier.get_status_display()

    @admin.display(description="heard", ordering="-heard_on")
    def age(self, barrier: Barrier) -> str:
        return ago(barrier.heard_on)

    @labelled("check back", ordering="check_back_on", colours={"due": "danger"})
    def check_back(self, barrier: Barrier) -> tuple[str, str]:
        if barrier.check_back_on is None:
            return "", ""
        day = date_format(barrier.check_back_on, "SHORT_DATE_FORMAT")
        return ("due" if barrier.check_back_on <= today() else "", day)

    @admin.display(description="paths", ordering="path_count")
    def designed(self, barrier: Any) -> int:
        return int(barrier.path_count)

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        ours = [
            path("board/", view(board_page), name="reinforcement_barrier_board"),
            path("<int:pk>/status/", view(change_status), name="reinforcement_barrier_status"),
        ]
        return [*ours, *super().get_urls()]

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_form(self, request: HttpRequest, obj: Any = None, **options: Any) -> Any:
        form = super().get_form(request, obj, **options)
        form.actor = request.user
        return form

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """Whoever notes it looks after it, unless they choose somebody else."""
        return {"looked_after_by": request.user.pk, **super().get_changeform_initial_data(request)}

    def formfield_for_foreignkey(
        self, db_field: "ForeignKey[Any, Any]", request: HttpRequest, **options: Any
    ) -> Any:
        if db_field.name == "outcome":
            options["form_class"] = OutcomeChoice
        return super().formfield_for_foreignkey(db_field, request, **options)

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **options: Any
    ) -> Any:
        barrier = context.get("original")
        if barrier:
            told = barriers_of(barrier.manager)
            talks = Touchpoint.objects.filter(manager=barrier.manager).select_related("held_by")
            context |= {
                "standing": next(each for each in told if each.barrier.pk == barrier.pk),
                "others": [each for each in told if each.barrier.pk != barrier.pk],
                "talks": talks[:TALKS] if request.user.has_perm(MAY_SEE_TALKS) else [],
                "moves": possible(barrier) if self.has_change_permission(request) else [],
            }
        return super().render_change_form(request, context, *args, **options)

    def save_model(
        self, request: HttpRequest, obj: Barrier, form: BarrierForm, change: bool
    ) -> None:
        obj.pk = form.keep().pk
        obj.refresh_from_db()

    def save_related(
        self, request: HttpRequest, form: BarrierForm, formsets: Any, change: bool
    ) -> None:
        """Nothing: the action has written the paths."""
