"""What the pages about the O*NET tables have in common."""

from dataclasses import dataclass
from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from learning.admin.trails import list_of
from learning.models import Occupation, OccupationTask, Role
from learning.onet.attribution import as_published


@dataclass(frozen=True, slots=True)
class Tables:
    """What this company has of the O*NET database."""

    release: str
    occupations: int
    tasks: int

    @property
    def credit(self) -> str:
        return as_published(self.release)


def tables_here() -> Tables | None:
    """None where nobody has uploaded any. Up to three queries."""
    release = Occupation.objects.values_list("release", flat=True).first()
    if release is None:
        return None
    return Tables(release, Occupation.objects.count(), OccupationTask.objects.count())


def show(request: HttpRequest, template: str, *, status: int = 200, **context: Any) -> HttpResponse:
    page = {
        **admin.site.each_context(request),
        "title": "Start a role from O*NET",
        "trail": [list_of(Role)],
        **context,
    }
    return TemplateResponse(request, f"learning/onet/{template}.html", page, status=status)
