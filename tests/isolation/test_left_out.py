"""What is left out by construction: hours, social features, ratings without calibration."""

import re

from django.apps import apps
from django.urls import URLPattern, URLResolver, get_resolver
from drf_spectacular.generators import SchemaGenerator

OURS = {"companies", "people", "learning", "reinforcement", "api"}
LEFT_OUT = re.compile(
    r"(?:^|_)(?:hours?_(?:spent|required|logged)|hours|seat_?time|duration|time_spent|score|rating"
    r"|grade|points|likes?|posts?|comments?|feed_item|badges?|leaderboard|rank)(?:$|_)",
    re.IGNORECASE,
)


def test_no_table_holds_them():
    names = {
        f"{model._meta.label}.{field.name}": field.name
        for model in apps.get_models()
        if model._meta.app_label in OURS
        for field in model._meta.get_fields()
    }
    assert len(names) > 100
    assert [label for label, name in names.items() if LEFT_OUT.search(name)] == []
    assert [m for m in apps.get_models() if LEFT_OUT.search(m._meta.model_name or "")] == []


def test_no_api_tells_them(acme):
    schema = SchemaGenerator().get_schema(request=None, public=True)
    operations = [operation for path in schema["paths"].values() for operation in path.values()]
    names = {*schema["paths"], *_keys(operations), *_keys(schema["components"])}
    assert "learning-records" in " ".join(schema["paths"])
    assert [name for name in names if LEFT_OUT.search(name)] == []


def test_no_page_shows_them():
    routes = list(_routes(get_resolver("config.urls.company").url_patterns))
    assert "week/" in routes
    assert [r for r in routes if LEFT_OUT.search(r.replace("/", "_").replace("-", "_"))] == []


def test_the_words_are_recognised():
    for name in ("hours", "seat_time", "total_score", "likes", "leaderboard", "performance_rating"):
        assert LEFT_OUT.search(name)
    for name in ("brief_hour", "effort", "because", "position", "description"):
        assert not LEFT_OUT.search(name)


def _keys(value: object) -> list[str]:
    if isinstance(value, dict):
        return [*map(str, value), *(key for part in value.values() for key in _keys(part))]
    if isinstance(value, list):
        return [key for part in value for key in _keys(part)]
    return []


def _routes(patterns: list[URLPattern | URLResolver]) -> list[str]:
    found = []
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            if "admin" not in str(pattern.pattern):  # Django's own, over the tables above
                found += _routes(pattern.url_patterns)
        else:
            found.append(str(pattern.pattern))
    return found
