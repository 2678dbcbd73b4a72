from django.db import models
from django.db.models import Q
from django.utils.translation import pgettext_lazy

from learning.models import Level, Outcome, Role, Skill
from tenants.companies.identifiers import Identified


class Moment(models.TextChoices):
    """Where somebody is with their current step."""

    STARTING = "starting", pgettext_lazy("where somebody is with a step", "starting")
    IN_THE_MIDDLE = "in_the_middle", pgettext_lazy("where somebody is with a step", "in the middle")
    JUST_FINISHED = "just_finished", pgettext_lazy("where somebody is with a step", "just finished")
    STUCK = "stuck", pgettext_lazy("where somebody is with a step", "stuck")
    FIRST_WIN = "first_win", pgettext_lazy("where somebody is with a step", "first win")


def naming(text: str, name: str) -> str:
    """A prompt's or a question's text about somebody."""
    return text.replace("{name}", name)


class Prompt(Identified):
    """Something a manager can say out loud; ``{name}`` stands for the report's name."""

    text = models.CharField(max_length=400, unique=True)
    moment = models.CharField(max_length=13, choices=Moment.choices)
    skill = models.ForeignKey(Skill, null=True, blank=True, on_delete=models.CASCADE)
    outcome = models.ForeignKey(Outcome, null=True, blank=True, on_delete=models.CASCADE)
    role = models.ForeignKey(Role, null=True, blank=True, on_delete=models.CASCADE)
    active = models.BooleanField(default=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                name="prompt_is_tied_to_one_thing_at_most",
                condition=Q(skill=None, outcome=None)
                | Q(skill=None, role=None)
                | Q(outcome=None, role=None),
                violation_error_message="Tie it to a skill, an outcome or a role: one of them.",
            )
        ]

    def __str__(self) -> str:
        return self.text

    def said_about(self, name: str) -> str:
        return naming(self.text, name)


class Question(Identified):
    """One single question to the manager about what they saw; ``{name}`` as in a prompt."""

    slug = models.SlugField(max_length=80, unique=True)
    text = models.CharField(max_length=300, unique=True)
    skill = models.ForeignKey(Skill, on_delete=models.CASCADE, related_name="questions")
    active = models.BooleanField(default=True)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.text

    def asked_about(self, name: str) -> str:
        return naming(self.text, name)


class Choice(Identified):
    """An answer to choose, and the level of the question's skill it is evidence for, if any."""

    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="choices")
    position = models.PositiveSmallIntegerField()
    value = models.SlugField(max_length=40)
    label = models.CharField(max_length=60)
    level = models.PositiveSmallIntegerField(choices=Level.choices, null=True, blank=True)

    class Meta:
        ordering = ["question", "position"]
        constraints = [
            models.UniqueConstraint(fields=["question", "value"], name="choice_once_per_question"),
            models.CheckConstraint(
                name="choice_level_is_on_the_scale",
                condition=Q(level=None) | Q(level__range=(0, 3)),
            ),
        ]

    def __str__(self) -> str:
        return self.label
