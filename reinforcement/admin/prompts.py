from typing import Any

from django.contrib import admin
from django.db.models import ForeignKey
from django.http import HttpRequest

from learning.admin.outcomes import OutcomeChoice
from learning.admin.slugs import SluggedForm
from reinforcement.models import Choice, Prompt, Question
from tenants.people.admin.pages import EditPage, EditRows


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
