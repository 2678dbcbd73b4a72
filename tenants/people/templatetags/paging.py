"""Which pages a long list names: the first, the last, and those around the one that is open."""

from collections.abc import Iterator
from typing import Any

from django.core.paginator import Page
from django.template import Library

register = Library()


@register.filter
def page_numbers(page: "Page[Any]") -> "Iterator[int | str]":
    """Numbers to link, with the paginator's ``ELLIPSIS`` where some are left out: 1 … 4 5 6 … 9."""
    return page.paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1)
