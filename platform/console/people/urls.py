from collections.abc import Callable
from typing import Any

from django.urls import URLPattern, path

from console.people.chart import chart, chart_file
from console.people.story import story

View = Callable[..., Any]


def people_urls(admin_view: Callable[[View], View]) -> list[URLPattern]:
    """They stand before the pages of people themselves, whose addresses take anything."""
    return [
        path("people/person/chart/", admin_view(chart), name="person_chart"),
        path("people/person/chart/chart.csv", admin_view(chart_file), name="person_chart_file"),
        path("people/person/<int:pk>/story/", admin_view(story), name="person_story"),
    ]
