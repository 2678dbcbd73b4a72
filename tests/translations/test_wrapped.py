"""No page or mail says anything that gettext is not asked about."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest
from django.template.base import Lexer, TokenType

from tests.translations.floors import FLOORS, ROOT

ENGLISH: Final = {
    "500.html": "nothing can be relied on then, translations among it",
    "style.html": "for whoever builds pages",
}
TEMPLATES: Final = [
    path
    for folder in (
        "platform/portal/templates",
        "reinforcement/templates/mail",
        "platform/api/templates/mail",
        "tenants/companies/templates",
    )
    for path in sorted((ROOT / folder).rglob("*.*"))
    if path.name not in ENGLISH
]
SAID: Final = {"Throughline", "URL", "JSON", "px", "var"}
HIDDEN: Final = re.compile(r"<style.*?</style>|<mj-style.*?</mj-style>|<!--.*?-->", re.DOTALL)
SPOKEN: Final = re.compile(r'\b(?:aria-label|title|alt|placeholder|content)="([^"]*)"')
TAG: Final = re.compile(r"<[^>]*>")
WORD: Final = re.compile(r"[^\W\d_]{2,}|[“”]")  # quotation marks are a language's own, too
WRITTEN: Final = {"ValidationError", "DeadLink", "success", "error", "warning", "info"}


def bare(path: Path) -> Iterator[str]:
    """Words of a template that stand there as they are."""
    kept, quoted = [], False
    for token in Lexer(path.read_text()).tokenize():
        if token.token_type == TokenType.BLOCK:
            name = token.contents.split()[0]
            begins = name == "blocktranslate" or token.contents == "block width"
            quoted = begins or (quoted and name not in ("endblocktranslate", "endblock"))
        elif token.token_type == TokenType.TEXT and not quoted:
            kept.append(token.contents)
    page = HIDDEN.sub("", "".join(kept))
    for meta in re.findall(r"<meta[^>]*>|<!DOCTYPE[^>]*>", page):
        page = page.replace(meta, "")
    shown = [*SPOKEN.findall(page), TAG.sub(" ", page)]
    yield from (word for text in shown for word in WORD.findall(re.sub(r"&\w+;", " ", text)))


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT)))
def test_templates_say_nothing_by_themselves(path: Path):
    assert [word for word in bare(path) if word not in SAID] == []


def test_views_say_nothing_by_themselves():
    """What is told about a request, or refused, goes through gettext."""
    [portal] = [floor for floor in FLOORS if floor.folder == "platform/portal"]
    found = [
        f"{path.relative_to(ROOT)}:{call.lineno}"
        for path in portal.sources()
        if path.suffix == ".py"
        for call in ast.walk(ast.parse(path.read_text()))
        if isinstance(call, ast.Call) and called(call) in WRITTEN
        for given in call.args
        if any(
            is_text(each)
            for each in (given, *(given.values if isinstance(given, ast.Dict) else ()))
        )
    ]
    assert found == []


def called(call: ast.Call) -> str:
    return getattr(call.func, "attr", getattr(call.func, "id", ""))


def is_text(node: ast.AST | None) -> bool:
    return isinstance(node, ast.JoinedStr) or (
        isinstance(node, ast.Constant) and isinstance(node.value, str) and " " in node.value
    )
