"""The kinds of page the admin site is made of; every app's admin builds on these four."""

from typing import Any

from django.http import HttpRequest
from unfold.admin import ModelAdmin, TabularInline


class EditPage(ModelAdmin):  # type: ignore[misc]
    """Rows that people write. Leaving with unsaved changes asks first."""

    warn_unsaved_form = True
    list_per_page = 50
    show_full_result_count = False


class ReadPage(EditPage):
    """Rows that only the product writes: to look at, not to touch."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class EditRows(TabularInline):  # type: ignore[misc]
    """Rows that belong to the one on the page."""

    extra = 0


class ReadRows(EditRows):
    can_delete = False

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
