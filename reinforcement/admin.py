from typing import Any

from django.contrib import admin
from django.db.models import ForeignKey, QuerySet
from django.http import HttpRequest

from learning.admin.outcomes import OutcomeChoice
from learning.admin.slugs import SluggedForm
from reinforcement.models import Brief, BriefItem, Choice, Delivery, Prompt, Question
from tenants.people.admin.pages import EditPage, EditRows, ReadPage, ReadRows, labelled

BRIEF_COLOURS = {Brief.State.WRITTEN: "success", Brief.State.MISSED: "danger"}
DELIVERY_COLOURS = {
    Delivery.State.SENT: "success",
    Delivery.State.SENDING: "info",
    Delivery.State.FAILED: "danger",
}


@admin.register(Prompt)
class PromptPage(EditPage):
    list_display = ("text", "moment", "tied_to", "active")
    list_filter = ("moment", "active", "role")
    list_select_related = ("skill", "outcome", "role")
    search_fields = ("text", "skill__name", "role__name")
    autocomplete_fields = ("skill", "role")
    fields = ("text", ("moment", "active"), "skill", "outcome", "role")

    @admin.display(description="tied to")
    def tied_to(self, prompt: Prompt) -> str:
        return str(prompt.skill or prompt.outcome or prompt.role or "anything")

    def formfield_for_foreignkey(
        self, db_field: "ForeignKey[Any, Any]", request: HttpRequest, **options: Any
    ) -> Any:
        if db_field.name == "outcome":
            options["form_class"] = OutcomeChoice
        return super().formfield_for_foreignkey(db_field, request, **options)


class ChoiceRows(EditRows):
    model = Choice
    verbose_name = "answer"
    fields = ("position", "label", "value", "level")
    prepopulated_fields = {"value": ("label",)}
    ordering_field = "position"
    min_num, max_num = 2, 4

    def get_formset(self, request: HttpRequest, obj: Any = None, **options: Any) -> Any:
        return super().get_formset(request, obj, validate_min=True, validate_max=True, **options)


@admin.register(Question)
class QuestionPage(EditPage):
    list_display = ("text", "skill", "active")
    list_filter = ("active", "skill")
    list_select_related = ("skill",)
    search_fields = ("text", "skill__name")
    autocomplete_fields = ("skill",)
    form = SluggedForm
    fields = ("text", "skill", "active")
    inlines = (ChoiceRows,)


class BriefItemRows(ReadRows):
    """Whom the manager was asked to talk with. What they answered is not shown."""

    model = BriefItem
    verbose_name_plural = "people in it"
    fields = ("report", "why", "moment", "prompt", "question")

    def get_queryset(self, request: HttpRequest) -> QuerySet[BriefItem]:
        items: QuerySet[BriefItem] = super().get_queryset(request)
        return items.select_related("brief__manager", "report", "prompt", "question")


@admin.register(Brief)
class BriefPage(ReadPage):
    list_display = ("manager", "week", "due_at", "outcome", "reason", "minutes")
    list_filter = ("state", "reason", "due_at")
    list_select_related = ("manager",)
    search_fields = ("manager__given_name", "manager__family_name", "manager__email")
    fields = ("manager", ("due_at", "written_at"), ("state", "reason"), "minutes")
    inlines = (BriefItemRows,)

    @admin.display(description="week", ordering="due_at")
    def week(self, brief: Brief) -> str:
        return f"{brief.iso_year}-W{brief.iso_week:02}"

    @labelled("state", ordering="state", colours=BRIEF_COLOURS)
    def outcome(self, brief: Brief) -> tuple[str, str]:
        return brief.state, brief.get_state_display()


@admin.register(Delivery)
class DeliveryPage(ReadPage):
    list_display = ("brief", "channel", "progress", "attempts", "sent_at", "last_error")
    list_filter = ("state", "channel", "sent_at")
    list_select_related = ("brief__manager",)
    search_fields = ("brief__manager__email", "brief__manager__family_name", "message_id")
    fields = (
        "brief",
        ("channel", "state", "attempts"),
        ("next_attempt_at", "sent_at"),
        "message_id",
        "last_error",
    )

    @labelled("state", ordering="state", colours=DELIVERY_COLOURS)
    def progress(self, delivery: Delivery) -> tuple[str, str]:
        return delivery.state, delivery.get_state_display()
