from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector
from django.db import models


class Occupation(models.Model):
    """An occupation of the O*NET database, as the company's own download has it."""

    code = models.CharField("O*NET-SOC code", max_length=10, unique=True)
    title = models.CharField(max_length=150)
    description = models.TextField()
    release = models.CharField(max_length=40, blank=True, help_text="O*NET 18.1")

    class Meta:
        ordering = ["title"]
        indexes = [
            GinIndex(
                SearchVector("title", "description", config="english"), name="occupation_search"
            )
        ]

    def __str__(self) -> str:
        return self.title


class OccupationTask(models.Model):
    """Something people in the occupation do."""

    occupation = models.ForeignKey(Occupation, on_delete=models.CASCADE, related_name="tasks")
    number = models.PositiveIntegerField("task ID")
    text = models.TextField()
    core = models.BooleanField(help_text="Core to the occupation; others are supplemental.")

    class Meta:
        ordering = ["occupation", "-core", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["occupation", "number"], name="task_once_per_occupation"
            )
        ]

    def __str__(self) -> str:
        return self.text
