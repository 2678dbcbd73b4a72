"""What became of a row: the audit log knows, and Django's own pages about it do not."""

from typing import Any, Final
from urllib.parse import urlencode

from auditlog.registry import auditlog
from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from unfold.admin import ModelAdmin

MAY_SEE_HISTORY: Final = "auditing.view_auditentry"


class KnowsItsHistory(ModelAdmin):  # type: ignore[misc]
    """The button “History” leads to the audit log's rows about it, for whoever may read that."""

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        if not request.user.has_perm(MAY_SEE_HISTORY):
            raise PermissionDenied
        if self.get_object(request, unquote(object_id)) is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        asked = urlencode({"kind": self.opts.label_lower, "object_id": object_id})
        return redirect(f"{reverse('admin:auditing_auditentry_changelist')}?{asked}")

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **options: Any
    ) -> Any:
        context["show_history"] = auditlog.contains(self.model) and request.user.has_perm(
            MAY_SEE_HISTORY
        )
        return super().render_change_form(request, context, *args, **options)

    def _get_obj_does_not_exist_redirect(
        self, request: HttpRequest, opts: Any, object_id: str
    ) -> HttpResponse:
        """Back to the list, without the key that nobody knows it by."""
        messages.warning(request, f"This {opts.verbose_name} is not here: it may be deleted.")
        return redirect(f"admin:{opts.app_label}_{opts.model_name}_changelist")
