"""Watching a company come to be, until its owner can go in."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from portal.requests import is_htmx
from portal.sign_up.asking import set_going
from portal.sign_up.forms import AddressForm
from portal.sign_up.requests import gone_where_unknown
from portal.sign_up.standing import standing_of
from portal.sign_up.tokens import CONFIRMED, read_sign_up
from tenants.companies import actions
from tenants.companies.addressing import free_slug
from tenants.companies.models import SignUp


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@gone_where_unknown
def progress(request: HttpRequest, token: str) -> HttpResponse:
    """How far it is; asked by htmx, only the part that moves, or 204 where nothing has.

    Where the address went to somebody else meanwhile, it asks for another one.
    """
    asked = read_sign_up(CONFIRMED, token)
    if asked.company is None:
        return _another_address(request, asked, token)
    if request.method == "POST":  # an address that was chosen already
        return redirect("sign_up_progress", token)
    standing = standing_of(asked)
    seen = request.GET.get("seen", "")
    if is_htmx(request) and seen == standing.seen:
        return HttpResponse(status=204)
    context = {
        "standing": standing,
        "token": token,
        "root_domain": settings.ROOT_DOMAIN,
        "news": seen.split(".")[0] != str(standing.step) or not standing.moves,
    }
    part = "standing" if is_htmx(request) else "progress"
    return render(request, f"portal/sign_up/{part}.html", context)


@require_POST
@gone_where_unknown
def try_again(request: HttpRequest, token: str) -> HttpResponse:
    asked = read_sign_up(CONFIRMED, token)
    if asked.company:
        actions.try_again(run=asked.company.provisioning)
    return redirect("sign_up_progress", token)


def _another_address(request: HttpRequest, asked: SignUp, token: str) -> HttpResponse:
    form = AddressForm(request.POST or None, initial={"slug": free_slug(asked.company_name)})
    if request.method == "POST" and form.is_valid():
        error: ValidationError | None = set_going(asked, form.cleaned_data["slug"].lower())
        if error is None:
            return redirect("sign_up_progress", token)
        form.add_error(None, error)
    context = {"form": form, "asked": asked, "root_domain": settings.ROOT_DOMAIN}
    return render(request, "portal/sign_up/another_address.html", context)
