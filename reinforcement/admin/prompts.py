from typing import Any, Final

from django.contrib import admin
from django.db.models import Field, ForeignKey, QuerySet
from django.http import HttpRequest
from django.utils import timezone

from learning.admin.outcomes import OutcomeChoice
from reinforcement.admin.talk_usage import WEEKS, use_of_prompt
from reinforcement.models import Prompt
from reinforcement.reports.talk_usage import with_use
from tenants.people.admin.pages import EditPage

HELP: Final = {
    "text": "As a manager would say it out loud. Write {name} where the first name of the person "
    "stands.",
    "moment": "Where the person is with their step when it fits.",
    "active": "Off: no brief takes it from now on. What was sent stays.",
    "skill": "Tie it to one thing: a skill that the person’s step builds,",
    "outcome": "or what their path is there to move,",
    "role": "or their role. All three empty: it fits anybody.",
}


@admin.register(Prompt)
class PromptPage(EditPage):
    words_to_add = "Write a prompt"
    has_shortcuts = False
    instead_of_deleting = (
        "It was in briefs, which stay. Switch “Active” off: no brief takes it any more."
    )
    nothing_yet = (
        "There are no prompts yet. They come with a role of the starter library; or write one "
        "as a manager would say it."
    )
    list_display = ("text", "moment", "tied_to", "in_briefs", "lately", "swapped", "active")
    list_filter = ("moment", "active", "role")
    list_select_related = ("skill", "outcome", "role")
    search_fields = ("text", "skill__name", "role__name")
    autocomplete_fields = ("skill", "role")
    fields = ("text", ("moment", "active"), "skill", "outcome", "role")
    change_form_outer_before_template = "reinforcement/talk/use.html"

    class Media:
        css = {"all": ("reinforcement/lists.css",)}

    def formfield_for_dbfield(
        self, db_field: "Field[Any, Any]", request: HttpRequest, **options: Any
    ) -> Any:
        if db_field.name in HELP:
            options["help_text"] = HELP[db_field.name]
        return super().formfield_for_dbfield(db_field, request, **options)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Prompt]:
        prompts: QuerySet[Prompt] = super().get_queryset(request)
        return with_use(prompts, now=timezone.now())

    @admin.display(description="tied to")
    def tied_to(self, prompt: Prompt) -> str:
        return str(prompt.skill or prompt.outcome or prompt.role or "anything")

    @admin.display(description="in briefs", ordering="in_briefs")
    def in_briefs(self, prompt: Any) -> int:
        return int(prompt.in_briefs)

    @admin.display(description=f"in {WEEKS} weeks", ordering="lately")
    def lately(self, prompt: Any) -> int:
        return int(prompt.lately)

    @admin.display(description="swapped away", ordering="swapped")
    def swapped(self, prompt: Any) -> int:
        return int(prompt.swapped)

    def formfield_for_foreignkey(
        self, db_field: "ForeignKey[Any, Any]", request: HttpRequest, **options: Any
    ) -> Any:
        if db_field.name == "outcome":
            options["form_class"] = OutcomeChoice
        return super().formfield_for_foreignkey(db_field, request, **options)

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **options: Any
    ) -> Any:
        if prompt := context.get("original"):
            context["use"] = use_of_prompt(prompt)
        return super().render_change_form(request, context, *args, **options)
