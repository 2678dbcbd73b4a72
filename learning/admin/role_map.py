"""The skill map of a role."""

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from learning.admin.trails import trail_to
from learning.models import Role
from learning.reports import role_map
from tenants.companies.context import current_company

MAY = ("learning.view_role", "learning.view_observation")


@require_safe
def map_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Six queries of its own, however many people hold the role."""
    if not request.user.has_perms(MAY):
        raise PermissionDenied
    role = get_object_or_404(Role, pk=pk)
    context = {
        **admin.site.each_context(request),
        "title": f"Skill map of “{role}”",
        "trail": trail_to(role),
        "here": "Skill map",
        "map": role_map(role, today=current_company().day_of(timezone.now())),
    }
    return TemplateResponse(request, "learning/role/map.html", context)
