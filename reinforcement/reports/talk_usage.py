"""How often prompts and questions are used, and what is answered."""

from datetime import datetime
from typing import Any, Final

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import (
    Case,
    Count,
    ExpressionWrapper,
    F,
    FloatField,
    Func,
    IntegerField,
    Max,
    Prefetch,
    Q,
    QuerySet,
    TextField,
    When,
)
from django.db.models.functions import Cast

from learning.reports.small_groups import FEWEST, Share, Split
from reinforcement.facts import SAME_PROMPT_AFTER
from reinforcement.models import BriefItem, Choice, Prompt, Question

LATELY: Final = SAME_PROMPT_AFTER  # eight weeks: in which nobody hears a prompt twice


def with_use(prompts: "QuerySet[Prompt]", *, now: datetime) -> "QuerySet[Any]":
    """Each with `in_briefs`, how often it was in one; `lately`, how often in those due in the last
    eight weeks; `swapped`, how often a manager asked for another one; and `last_due`, when the last
    brief was due that still has it.

    A prompt that was swapped away was in that brief, too. These are figures about prompts, not
    about people. No query more, and nothing per row: what was swapped away is read once.
    """
    recent = Q(items__brief__due_at__gt=now - LATELY)
    swapped = BriefItem.objects.exclude(prompts_seen=[])
    return prompts.annotate(
        swapped=_times(swapped),
        in_briefs=Count("items") + _times(swapped),
        lately=Count("items", filter=recent)
        + _times(swapped.filter(brief__due_at__gt=now - LATELY)),
        last_due=Max("items__brief__due_at"),
    )


def with_answers(questions: "QuerySet[Question]", *, now: datetime) -> "QuerySet[Any]":
    """Each with `asked` and `lately` as `in_briefs` and `lately` of a prompt, `people` (about how
    many it was asked), `answered_about` (about how many it was answered), `answered`, and
    `answered_share`, None where that is about fewer than five people; and its `choices`, each with
    `given`. One query more, for these. What may be told of it, `answering` and `spread_of` say.
    """
    recent = Q(items__brief__due_at__gt=now - LATELY)
    people = Count("items__report", distinct=True)
    answered = Count("items__answer")
    share = ExpressionWrapper(F("answered") * 1.0 / F("asked"), output_field=FloatField())
    choices = Choice.objects.annotate(given=Count("answers")).order_by("position")
    return (
        questions.annotate(
            asked=Count("items"),
            lately=Count("items", filter=recent),
            people=people,
            answered=answered,
            answered_about=Count(
                "items__report", filter=Q(items__answer__isnull=False), distinct=True
            ),
        )
        .annotate(answered_share=Case(When(people__gte=FEWEST, then=share)))
        .prefetch_related(Prefetch("choices", queryset=choices))
    )


def answering(question: Any) -> Share:
    """How often it was answered, of how often it was asked; about the people it was asked about."""
    return Share.about(question.people, met=question.answered, of=question.asked)


def spread_of(question: Any) -> Split:
    """How its answers spread, by choice; hidden where they are about fewer than five people."""
    given = {choice.label: choice.given for choice in question.choices.all()}
    return Split.about(question.answered_about, given)


def _times(items: "QuerySet[BriefItem]") -> Any:
    """How often a prompt is among those that these items have seen."""
    seen = items.order_by().values_list(
        Func("prompts_seen", function="jsonb_array_elements_text", output_field=TextField())
    )
    places = Func(ArraySubquery(seen), Cast("pk", TextField()), function="array_positions")
    return Func(places, function="cardinality", output_field=IntegerField())
