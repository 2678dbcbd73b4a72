"""Markdown as people write it in steps, as HTML that is safe to show."""

from collections.abc import Sequence
from typing import Any

import nh3
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

TAGS = frozenset(
    {
        *("p", "br", "hr", "h2", "h3", "h4", "h5", "h6", "blockquote", "ul", "ol", "li"),
        *("strong", "em", "code", "pre", "a"),
        *("table", "thead", "tbody", "tr", "th", "td"),
    }
)
ATTRIBUTES = {"a": {"href", "title"}, "ol": {"start"}}
REL = "noopener noreferrer"
SCHEMES = frozenset({"http", "https", "mailto"})


def render(text: str) -> SafeString:
    """CommonMark with tables to HTML of `TAGS`, `ATTRIBUTES` and `SCHEMES` alone.

    Raw HTML is shown as text. Addresses without a scheme lead nowhere: a step is also read in
    mail. A picture becomes a link to it: pages show no pictures from elsewhere, and loading one
    would tell its server who reads what.
    """
    return mark_safe(_cleaner.clean(_renderer.render(text)))  # noqa: S308  # that is what it is for


def _lower_headings(state: StateCore) -> None:
    """The page has its title already."""
    for token in state.tokens:
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{min(int(token.tag[1]) + 1, 6)}"


def _link_to_picture(
    renderer: Any, tokens: Sequence[Token], at: int, options: Any, env: Any
) -> str:
    picture = tokens[at]
    address = str(picture.attrs["src"])
    words = escape(renderer.renderInlineAsText(picture.children, options, env) or address)
    if sum(token.nesting for token in tokens[:at] if token.type.startswith("link_")):
        return words  # a link leads to one place only
    return f'<a href="{escape(address)}">{words}</a>'


_renderer = MarkdownIt("commonmark", {"html": False}).enable("table")
_renderer.core.ruler.push("lower_headings", _lower_headings)
_renderer.add_render_rule("image", _link_to_picture)
_cleaner = nh3.Cleaner(
    tags=TAGS,
    attributes=ATTRIBUTES,
    url_schemes=SCHEMES,
    url_relative="deny",
    link_rel=REL,
)
