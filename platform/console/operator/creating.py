"""A company made by an operator: the form, and watching it come to be."""

from typing import Any, Final

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from console.operator.log import note
from console.operator.overviews import STEPS
from console.operator.requests import Operating, company_named, is_htmx, operators_only
from tenants.companies import actions
from tenants.companies.actions import provisioning
from tenants.companies.addressing import LONGEST, check_slug
from tenants.companies.models import Company, ProvisioningRun
from tenants.companies.standing import standing_of
from tenants.companies.zones import zones
from tenants.people.models import Person

PLAIN: Final = {"autocapitalize": "none", "autocomplete": "off", "spellcheck": "false"}


class CompanyForm(forms.Form):
    company_name = forms.CharField(
        label="Name", max_length=100, error_messages={"required": "Write what it is called."}
    )
    slug = forms.CharField(
        label="Address",
        max_length=LONGEST,
        widget=forms.TextInput(PLAIN),
        error_messages={"required": "Write the first part of its address, such as “acme”."},
    )
    given_name = forms.CharField(
        label="Given name", max_length=100, error_messages={"required": "Write the owner’s name."}
    )
    family_name = forms.CharField(label="Family name", max_length=100, required=False)
    email = forms.EmailField(
        label="E-mail",
        help_text="Gets a mail with a link to choose a password, good for an hour. You vouch for "
        "the address: no code is asked for.",
        widget=forms.EmailInput({"autocomplete": "off"}),
        error_messages={"required": "Write where the owner reads mail."},
    )
    locale = forms.ChoiceField(label="Language", choices=settings.LANGUAGES)
    time_zone = forms.ChoiceField(
        label="Time zone",
        choices=lambda: [(zone, zone.replace("_", " ")) for zone in zones()],
    )

    def clean_slug(self) -> str:
        slug: str = self.cleaned_data["slug"].strip().lower()
        try:
            check_slug(slug)
        except ValidationError as error:
            raise ValidationError(error.messages) from error
        return slug

    def set_up(self, operator: Person) -> ProvisioningRun | None:
        """Reserve the address and have a worker do the rest; None where that was refused."""
        try:
            with transaction.atomic():
                asked = actions.begin_sign_up(**self.cleaned_data, vouched_at=timezone.now())
                run = actions.take_address(sign_up=asked, root_domain=settings.ROOT_DOMAIN)
        except ValidationError as error:
            self.add_error(None, error)
            return None
        words = f"set {run.company} up for {asked.email}"
        note(company=run.company, action="created", words=words, operator=operator)
        transaction.on_commit(lambda: provisioning.ask_worker(str(run.uid)))
        return run


@require_http_methods(["GET", "HEAD", "POST"])
@operators_only
def new_company(request: Operating) -> HttpResponse:
    form = CompanyForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid() and (run := form.set_up(request.user)):
        return redirect("company_progress", run.company.slug)
    context = {"form": form, "root_domain": settings.ROOT_DOMAIN}
    status = 400 if form.errors else 200
    return render(request, "console/operator/new.html", context, status=status)


@require_safe
@operators_only
def address(request: Operating) -> HttpResponse:
    """A sentence about the address that is being typed. Two queries, or three."""
    slug, problem = request.GET.get("slug", "").strip().lower(), ""
    try:
        check_slug(slug)
    except ValidationError as error:
        problem = " ".join(error.messages)
    context = {"slug": slug, "problem": problem, "root_domain": settings.ROOT_DOMAIN}
    return render(request, "portal/sign_up/address.html", context)


@require_safe
@operators_only
def progress(request: Operating, slug: str) -> HttpResponse:
    """How far it is; asked by htmx, only the part that moves, or 204 where nothing has."""
    found = company_named(slug)
    standing = standing_of(found)
    if not standing.steps:
        raise Http404
    if is_htmx(request) and request.GET.get("seen", "") == standing.seen:
        return HttpResponse(status=204)
    context: dict[str, Any] = {
        "found": found,
        "standing": standing,
        "steps": [(STEPS[step.kind], step) for step in standing.steps],
        "said": STEPS[standing.steps[standing.step - 1].kind],
    }
    part = "standing" if is_htmx(request) else "progress"
    return render(request, f"console/operator/{part}.html", context)


@require_POST
@operators_only
def try_again(request: Operating, slug: str) -> HttpResponse:
    """What failed is done once more. Only its sign-up knows for whom: it is kept for a week."""
    found: Company = company_named(slug)
    run = ProvisioningRun.objects.filter(company=found).first()
    if run is None:
        raise Http404
    actions.try_again(run=run)
    words = f"had the setting up of {found} tried again"
    note(company=found, action="tried again", words=words, operator=request.user)
    return redirect("company_progress", slug)
