"""The kinds of page the admin site is made of; every app's admin builds on them."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.db.models import Field
from django.http import HttpRequest
from django.utils.text import capfirst
from unfold.admin import TabularInline
from unfold.decorators import display
from unfold.widgets import (
    UnfoldAdminCheckboxSelectMultipleWidget,
    UnfoldAdminTextareaWidget,
)

from tenants.people.admin.deleting import TellsWhatGoes
from tenants.people.admin.history import KnowsItsHistory
from tenants.people.admin.list_exports import ListExports

Column = TypeVar("Column", bound=Callable[..., tuple[str, str]])
LONG = 100  # characters
# the context of a form that is left by "Save" alone
ONE_BUTTON = {"show_save_and_add_another": False, "show_save_and_continue": False}


class EditPage(TellsWhatGoes, KnowsItsHistory, ListExports):
    """Rows that people write. Leaving with unsaved changes asks first."""

    warn_unsaved_form = True
    list_per_page = 50
    words_to_add = ""
    """What adding a row is called, where "Add …" is not what one does."""

    delete_confirmation_template = "people/delete.html"
    delete_selected_confirmation_template = "people/delete.html"

    instead_of_deleting = ""
    """What to do with a row that something holds which is to stay."""

    def becomes_of(self, rows: Sequence[Any]) -> list[str]:
        """What becomes of what depends on these rows, once they are deleted; a sentence each."""
        return []

    has_shortcuts = True
    """Whether a field for choosing a row offers to change it, or to add one, in a window."""

    def formfield_for_dbfield(
        self, db_field: "Field[Any, Any]", request: HttpRequest, **options: Any
    ) -> Any:
        field = super().formfield_for_dbfield(db_field, request, **options)
        if field and not self.has_shortcuts and isinstance(field.widget, RelatedFieldWidgetWrapper):
            field.widget = field.widget.widget
        return field

    @property
    def adds(self) -> str:
        return self.words_to_add or f"Add {self.opts.verbose_name}"

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> Any:
        title = {} if object_id else {"title": self.adds}
        return super().changeform_view(
            request, object_id, form_url, {**title, **(extra_context or {})}
        )


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


class WrappedLine(UnfoldAdminTextareaWidget):  # type: ignore[misc]
    """One line, all of which can be read where a column is narrow; line ends become spaces."""

    def __init__(self, attrs: Mapping[str, Any]) -> None:
        known = {name: value for name, value in attrs.items() if name not in ("class", "type")}
        super().__init__({**known, "rows": 2})
        self.attrs["class"] += " wrapped-line"

    def value_from_datadict(self, *sent: Any) -> Any:
        value = super().value_from_datadict(*sent)
        return " ".join(value.split()) if isinstance(value, str) else value


class EditRows(TabularInline):  # type: ignore[misc]
    """Rows that belong to the one on the page."""

    extra = 0
    hide_title = True
    wrapped: tuple[str, ...] = ()
    """Fields that are no longer than a line, and may yet be longer than their column."""

    def formfield_for_dbfield(
        self, db_field: "Field[Any, Any]", request: HttpRequest, **options: Any
    ) -> Any:
        """Long lines wrap in their column; a heading of the table names no field."""
        field = super().formfield_for_dbfield(db_field, request, **options)
        if field:
            field.widget.attrs["aria-label"] = capfirst(str(field.label or db_field.verbose_name))
        if field and ((db_field.max_length or 0) >= LONG or db_field.name in self.wrapped):
            field.widget = WrappedLine(field.widget.attrs)
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
