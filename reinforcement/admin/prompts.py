from typing import Any

from django.contrib import admin
from django.db.models import ForeignKey, QuerySet
from django.http import HttpRequest
from django.utils import timezone

from learning.admin.outcomes import OutcomeChoice
from reinforcement.admin.talk_usage import where_prompt_fits
from reinforcement.models import Prompt
from reinforcement.reports.talk_usage import LATELY, with_use
from tenants.people.admin.pages import EditPage

WEEKS = LATELY.days // 7


@admin.register(Prompt)
class PromptPage(EditPage):
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
    change_form_outer_before_template = "reinforcement/prompt/use.html"

    class Media:
        css = {"all": ("reinforcement/lists.css",)}

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
            context |= {"used": prompt, "weeks": WEEKS, "fits": where_prompt_fits(prompt)}
        return super().render_change_form(request, context, *args, **options)
