"""Markdown as people write it in steps, as HTML that is safe to show."""

from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt

_renderer = MarkdownIt("commonmark", {"html": False})


def render(text: str) -> SafeString:
    """CommonMark to HTML. Raw HTML is shown as text; script and data links stay text."""
    html: str = _renderer.render(text)
    return mark_safe(html)  # noqa: S308  # the renderer escapes what it is given
