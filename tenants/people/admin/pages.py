"""The kinds of page the admin site is made of; every app's admin builds on them."""

from collections import defaultdict
from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from django.db.models import Field
from django.http import HttpRequest
from django.utils.text import capfirst
from unfold.admin import TabularInline
from unfold.decorators import display
from unfold.widgets import UnfoldAdminCheckboxSelectMultipleWidget

from tenants.people.admin.list_exports import ListExports

Column = TypeVar("Column", bound=Callable[..., tuple[str, str]])
LONG = 100  # characters
# the context of a form that is left by "Save" alone
ONE_BUTTON = {"show_save_and_add_another": False, "show_save_and_continue": False}


class EditPage(ListExports):
    """Rows that people write. Leaving with unsaved changes asks first."""

    warn_unsaved_form = True
    list_per_page = 50


class OneButtonPage(EditPage):
    """Rows whose form is left by "Save" alone."""

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> Any:
        return super().changeform_view(
            request, object_id, form_url, {**(extra_context or {}), **ONE_BUTTON}
        )


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
    hide_title = True

    def formfield_for_dbfield(
        self, db_field: "Field[Any, Any]", request: HttpRequest, **options: Any
    ) -> Any:
        """Long texts take more of a row than short ones; a heading of the table names no field."""
        field = super().formfield_for_dbfield(db_field, request, **options)
        if field:
            field.widget.attrs["aria-label"] = capfirst(str(field.label or db_field.verbose_name))
        if field and (db_field.max_length or 0) >= LONG:
            field.widget.attrs["size"] = 60
        return field


class ReadRows(EditRows):
    can_delete = False

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class Checkboxes(UnfoldAdminCheckboxSelectMultipleWidget):  # type: ignore[misc]
    """A box per choice. Django's own labels wrap on a phone, where Unfold's overflow."""

    option_template_name = "django/forms/widgets/checkbox_option.html"

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        classes = set(self.attrs["class"].split()) - {"block"}
        self.attrs["class"] = " ".join(sorted(classes | {"inline-block", "mr-2"}))


def labelled(
    description: str, *, ordering: str, colours: Mapping[Any, str]
) -> Callable[[Column], Column]:
    """A column of labels. The method returns (value, words); `colours` maps values to Unfold's
    ``info``, ``success``, ``warning`` and ``danger``; others are grey."""
    known = defaultdict(str, colours)  # for what it lacks, Unfold would show the value
    decorate: Callable[[Column], Column] = display(
        description=description, ordering=ordering, label=known
    )
    return decorate


def key_on_page(request: HttpRequest) -> int | None:
    """The key of the row whose page this is; None where one is being added."""
    key = request.resolver_match and request.resolver_match.kwargs.get("object_id")
    return int(key) if key and str(key).isdigit() else None
