"""Erasing somebody: said in numbers first, and done once their name was typed."""

from typing import Any, cast

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.views.decorators.http import require_http_methods

from tenants.people.actions.erasing import LONGEST_REASON, erase_person, refused_because
from tenants.people.erasing.accounts import account_of
from tenants.people.models import EmploymentStatus, Person


@require_http_methods(["GET", "HEAD", "POST"])
def erase(request: HttpRequest, pk: int) -> HttpResponse:
    """What goes, what stays, what is to be done first; owners only."""
    if not getattr(request.user, "is_superuser", False):
        raise PermissionDenied
    actor, person = cast(Person, request.user), get_object_or_404(Person, pk=pk)
    errors: dict[str, list[str]] = {}
    if request.method == "POST":
        try:
            return _erase(request, person, actor)
        except ValidationError as error:
            errors = error.message_dict if hasattr(error, "error_dict") else {"": error.messages}
    context: dict[str, Any] = {
        **admin.site.each_context(request),
        "title": f"Erase {person.name}",
        "person": person,
        "refusal": refused_because(person=person, actor=actor),
        "works_here": person.employment_status != EmploymentStatus.TERMINATED,
        "account": account_of(person),
        "errors": errors,
        "others": errors.get("", []),
        "typed": request.POST,
        "longest": LONGEST_REASON,
    }
    return TemplateResponse(request, "people/erase.html", context, status=400 if errors else 200)


def _erase(request: HttpRequest, person: Person, actor: Person) -> HttpResponse:
    typed = " ".join(request.POST.get("name", "").split())
    if typed.casefold() != person.name.casefold():
        raise ValidationError({"name": f"Type “{person.name}”, as it stands above."})
    erase_person(
        person=person,
        actor=actor,
        reason=request.POST.get("reason", ""),
        works_here=request.POST.get("works_here") == "yes",
    )
    messages.success(
        request, "They are erased. Whoever reads the feed of learning records is told."
    )
    return redirect("admin:people_person_changelist")
