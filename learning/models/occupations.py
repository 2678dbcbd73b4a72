import re
from functools import reduce
from operator import and_

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchQuery, SearchRank, SearchVector
from django.db import models
from django.db.models import Case, Count, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce, Length

MOST_WORDS = 8  # of a search; more narrow nothing down
LONGER_THAN_A_TITLE = 1_000


class OccupationQuerySet(models.QuerySet["Occupation"]):
    def matching(self, text: str) -> "OccupationQuerySet":
        """Those that have all the words, or words that begin like them: in the title first, then
        in title and description. The beginning of a code will do as well. All where `text` is
        blank."""
        if not (text := text.strip()):
            return self.order_by("title", "code")
        if re.fullmatch(r"\d\d-[\d.]*", text):
            return self.filter(code__startswith=text).order_by("code")
        words = re.findall(r"\w+", text)[:MOST_WORDS]
        if not words:
            return self.none()
        query = SearchQuery(
            " & ".join(f"'{word}':*" for word in words), config="english", search_type="raw"
        )
        indexed = SearchVector("title", "description", config="english")
        found = Occupation.objects.alias(words=indexed).filter(words=query)
        # a word that is not finished yet ("accountan") has no stem to be found by
        begun = reduce(and_, (Q(title__iregex=rf"\m{word}") for word in words))
        return (
            self.alias(title_words=SearchVector("title", config="english"))
            .filter(begun | Q(pk__in=found.values("pk")))
            .alias(
                place=Case(
                    When(title__iexact=text, then=Value(0)),
                    When(begun | Q(title_words=query), then=Length("title")),  # the plainest first
                    default=Value(LONGER_THAN_A_TITLE),
                ),
            )
            .order_by("place", SearchRank(indexed, query).desc(), "title")
        )

    def with_core_tasks(self) -> "OccupationQuerySet":
        """Each with how many `core_tasks` it has."""
        core = OccupationTask.objects.filter(occupation=OuterRef("pk"), core=True).order_by()
        counted = core.values("occupation").annotate(count=Count("pk")).values("count")
        return self.annotate(core_tasks=Coalesce(Subquery(counted), 0))


class Occupation(models.Model):
    """An occupation of the O*NET database, as the company's own download has it."""

    code = models.CharField("O*NET-SOC code", max_length=10, unique=True)
    title = models.CharField(max_length=150)
    description = models.TextField()
    release = models.CharField(max_length=40, blank=True, help_text="O*NET 18.1")

    objects = OccupationQuerySet.as_manager()

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
