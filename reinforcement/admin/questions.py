from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone

from learning.admin.slugs import SluggedForm
from reinforcement.admin.answer_form import AnswerForm, AnswerForms
from reinforcement.admin.talk_usage import WEEKS, use_of_question
from reinforcement.models import Choice, Question
from reinforcement.reports.talk_usage import answering, spread_of, with_answers
from tenants.people.admin.pages import EditPage, EditRows

FEW = "fewer than five people"


class QuestionForm(SluggedForm):
    class Meta:
        model = Question
        fields = ("text", "skill", "active")
        labels = {"text": "Question", "active": "In use"}
        help_texts = {
            "text": "What the manager saw, answered with one click. Write {name} where the first "
            "name of the person stands.",
            "skill": "What the answers are evidence for. It is asked about people whose step "
            "builds this skill.",
            "active": "Off: no brief asks it from now on. What was answered stays.",
        }


class ChoiceRows(EditRows):
    model = Choice
    verbose_name = "answer"
    form, formset = AnswerForm, AnswerForms
    fields = ("position", "label", "level")
    ordering_field = "position"
    min_num, max_num = 2, 4

    def get_formset(self, request: HttpRequest, obj: Any = None, **options: Any) -> Any:
        return super().get_formset(request, obj, validate_min=True, validate_max=True, **options)


@admin.register(Question)
class QuestionPage(EditPage):
    words_to_add = "Write a question"
    has_shortcuts = False
    instead_of_deleting = (
        "It was asked, and what was answered stays. Switch “In use” off: no brief asks it any more."
    )
    nothing_yet = "There are no questions yet. They come with a role of the starter library."
    list_display = ("text", "skill", "asked", "lately", "answered", "spread", "active")
    list_filter = ("active", "skill")
    list_select_related = ("skill",)
    search_fields = ("text", "skill__name")
    autocomplete_fields = ("skill",)
    form = QuestionForm
    fields = ("text", "skill", "active")
    inlines = (ChoiceRows,)
    change_form_outer_before_template = "reinforcement/talk/use.html"

    class Media:
        css = {"all": ("reinforcement/lists.css",)}

    def get_queryset(self, request: HttpRequest) -> QuerySet[Question]:
        questions: QuerySet[Question] = super().get_queryset(request)
        return with_answers(questions, now=timezone.now())

    @admin.display(description="asked", ordering="asked")
    def asked(self, question: Any) -> int:
        return int(question.asked)

    @admin.display(description=f"in {WEEKS} weeks", ordering="lately")
    def lately(self, question: Any) -> int:
        return int(question.lately)

    @admin.display(description="answered", ordering="answered_share")
    def answered(self, question: Any) -> str:
        share = answering(question)
        if not question.asked:
            return ""
        return FEW if share.hidden else f"{share.met} ({share.value:.0%})"

    @admin.display(description="answers")
    def spread(self, question: Any) -> str:
        split = spread_of(question)
        if answering(question).hidden:
            return ""  # beside what says why
        return " · ".join(f"{label} {n}" for label, n in (split.parts or {}).items()) or FEW

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **options: Any
    ) -> Any:
        if question := context.get("original"):
            context["use"] = use_of_question(question)
        return super().render_change_form(request, context, *args, **options)
