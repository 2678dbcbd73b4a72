from django.db import models
from django.db.models.functions import Lower

from learning.models.roles import Role


class TitleRule(models.Model):
    """Whoever has this job title or works in this department has the role."""

    class Field(models.TextChoices):
        JOB_TITLE = "job_title", "job title"
        DEPARTMENT = "department", "department"

    class Match(models.TextChoices):
        CONTAINS = "contains", "contains the words"
        IS = "is", "is exactly"

    role = models.ForeignKey(Role, on_delete=models.CASCADE, related_name="title_rules")
    field = models.CharField("where", max_length=10, choices=Field.choices, default=Field.JOB_TITLE)
    match = models.CharField("how", max_length=8, choices=Match.choices, default=Match.CONTAINS)
    text = models.CharField(
        "words",
        max_length=150,
        help_text="Whole words, capitals or not: “account executive” also finds Senior Account "
        "Executive, EMEA.",
    )

    class Meta:
        ordering = ["role", "field", "text"]
        constraints = [
            models.UniqueConstraint(
                "role",
                "field",
                "match",
                Lower("text"),
                name="title_rule_once_per_role",
                violation_error_message="The role has this rule already.",
            ),
            models.CheckConstraint(
                name="title_rule_has_words",
                condition=~models.Q(text__regex=r"^[^[:alnum:]]*$"),
                violation_error_message="Say at least one word to look for.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_field_display()} {self.get_match_display()} “{self.text}”"
