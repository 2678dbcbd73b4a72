"""Find my company: asked by anybody, answered by mail only."""

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from portal.sign_up import limits
from portal.sign_up.forms import FindForm
from portal.sign_up.tasks import tell_companies


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def find(request: HttpRequest) -> HttpResponse:
    """The answer says nothing of who is known; nor does the time it takes, as a worker looks."""
    form = FindForm(request.POST or None)
    status = 200
    if request.method == "POST" and form.is_valid():
        email = form.cleaned_data["email"]
        if not limits.is_too_often(request, "find_company", email):
            language = get_language() or "en"
            transaction.on_commit(lambda: tell_companies.delay(email, language))
            return redirect("find_sent")
        form.add_error(None, limits.told())
        status = 429
    return render(request, "portal/sign_up/find.html", {"form": form}, status=status)


@require_safe
def sent(request: HttpRequest) -> HttpResponse:
    return render(request, "portal/sign_up/find_sent.html")
