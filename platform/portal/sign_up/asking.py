"""Signing up: what is asked, whether an address is free, and the code that comes by mail."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.sign_up import guesses, limits
from portal.sign_up.forms import CodeForm, SignUpForm
from portal.sign_up.requests import gone_where_unknown, where_open
from portal.sign_up.tasks import send_code
from portal.sign_up.tokens import ASKED, page_of, progress_of, read_sign_up
from tenants.companies.actions import (
    begin_sign_up,
    confirm_sign_up,
    provisioning,
    take_address,
)
from tenants.companies.addressing import check_slug
from tenants.companies.models import SignUp
from tenants.companies.zones import zones


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@where_open
def sign_up(request: HttpRequest) -> HttpResponse:
    """A form; once it is in order, a code is on its way. Two queries, or three."""
    if request.method != "POST":
        initial = {"time_zone": guesses.time_zone(request), "locale": guesses.locale()}
        return _form(request, SignUpForm(initial=initial, zones=zones()))
    form = SignUpForm(request.POST, zones=zones())
    if not form.is_valid():
        return _form(request, form)
    try:
        check_slug(form.cleaned_data["slug"])  # a typing error there shall not count
        if limits.is_too_often(request, "sign_up_code", form.cleaned_data["email"]):
            form.add_error(None, limits.told())
            return _form(request, form, status=429)
        asked = begin_sign_up(**form.cleaned_data)
    except ValidationError as error:
        form.add_error(None, error)
        return _form(request, form)
    transaction.on_commit(lambda: send_code.delay(str(asked.uid)))
    return redirect(page_of(asked))


@require_safe
@never_cache
@where_open
def address(request: HttpRequest) -> HttpResponse:
    """A sentence about the address that is being typed. One query, or two."""
    slug = request.GET.get("slug", "").strip().lower()
    problem = ""
    try:
        check_slug(slug)
    except ValidationError as error:
        problem = " ".join(error.messages)
    context = {"slug": slug, "problem": problem, "root_domain": settings.ROOT_DOMAIN}
    return render(request, "portal/sign_up/address.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@where_open
@gone_where_unknown
def code(request: HttpRequest, token: str) -> HttpResponse:
    """The right code takes the address for the company, and has a worker set it up."""
    asked = read_sign_up(ASKED, token)
    form = CodeForm(request.POST or None)
    if request.method != "POST":
        return _code(request, asked, token, form)
    if limits.is_too_often(request, "sign_up_try"):
        form.add_error(None, limits.told())
        return _code(request, asked, token, form, status=429)
    try:
        if not form.is_valid():
            return _code(request, asked, token, form)
        confirm_sign_up(sign_up=asked, code=form.cleaned_data["code"])
    except ValidationError as error:
        form.add_error(None, error)
        return _code(request, asked, token, form)
    set_going(asked)
    return redirect(progress_of(asked))


@require_POST
@where_open
@gone_where_unknown
def another_code(request: HttpRequest, token: str) -> HttpResponse:
    asked = read_sign_up(ASKED, token)
    if limits.is_too_often(request, "sign_up_code", asked.email):
        form = CodeForm()
        return _code(request, asked, token, form, status=429, told=limits.told())
    transaction.on_commit(lambda: send_code.delay(str(asked.uid)))
    return redirect(page_of(asked))


def set_going(asked: SignUp, slug: str = "") -> ValidationError | None:
    """Have the company made; returns why not, where somebody else has the address by now."""
    try:
        run = take_address(sign_up=asked, root_domain=settings.ROOT_DOMAIN, slug=slug)
    except ValidationError as error:
        return error
    transaction.on_commit(lambda: provisioning.ask_worker(str(run.uid)))
    return None


def _form(request: HttpRequest, form: SignUpForm, status: int = 200) -> HttpResponse:
    context = {"form": form, "root_domain": settings.ROOT_DOMAIN}
    return render(request, "portal/sign_up/form.html", context, status=status)


def _code(
    request: HttpRequest,
    asked: SignUp,
    token: str,
    form: CodeForm,
    status: int = 200,
    told: str = "",
) -> HttpResponse:
    context = {"form": form, "asked": asked, "token": token, "told": told}
    return render(request, "portal/sign_up/code.html", context, status=status)
