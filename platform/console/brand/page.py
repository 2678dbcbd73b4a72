from dataclasses import dataclass
from typing import Any, cast

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _

from console.brand.colours import OURS, SCHEMES, is_colour, shaded
from console.brand.preview import MAY
from tenants.companies.actions import paint, put_logo, remove_logo
from tenants.companies.context import current_company, find_company
from tenants.companies.logos import ENDINGS, KILOBYTES, LARGEST, TAKEN, LogoRefused
from tenants.companies.logos.refusals import TOO_LARGE
from tenants.companies.models import Company
from tenants.people.admin.ceilings import Ceiling, below_ceiling
from tenants.people.models import EmploymentStatus, Person

UPLOAD_LIMIT = 512_000  # bytes: past it we stop reading, and answer 413
GONE = (EmploymentStatus.TERMINATED,)


class ColourForm(forms.Form):
    brand_colour = forms.CharField(
        required=False,
        max_length=20,
        help_text=_("As in #1d5a4b. Empty: Throughline’s green."),
    )

    def change(self, company: Company) -> bool:
        """Whether it could be done; what speaks against it is said at the field."""
        try:
            paint(company=company, brand_colour=self.cleaned_data["brand_colour"])
        except ValidationError as error:
            self.add_error("brand_colour", error.message_dict["brand_colour"])
        return not self.errors


class LogoForm(forms.Form):
    logo = forms.FileField(required=False, allow_empty_file=True)

    def change(self, company: Company) -> bool:
        """As of the colour."""
        upload = self.cleaned_data["logo"]
        try:
            if upload is None:
                raise LogoRefused("Choose a picture first.")
            put_logo(company=company, upload=upload)
        except LogoRefused as refusal:
            self.add_error("logo", refusal)
        return not self.errors


@dataclass
class Forms:
    """Both forms as the page shows them, and the status it answers with."""

    colour: ColourForm
    logo: LogoForm
    status: int = 200


@below_ceiling(lambda: UPLOAD_LIMIT)
def brand(request: HttpRequest, *, ceiling: Ceiling) -> HttpResponse:
    """A GET with a colour shows what it would look like; only a POST keeps it."""
    if not request.user.has_perm(MAY):
        raise PermissionDenied
    company = find_company(current_company().slug)  # as it is now, not as it was kept
    chosen = request.GET.get("brand_colour", company.brand_colour)[:20].strip()
    shown = Forms(ColourForm(initial={"brand_colour": chosen}), LogoForm())
    if request.method == "POST":
        sent = request.POST  # once it is read, the ceiling knows
        if ceiling.is_exceeded:
            shown.logo, shown.status = LogoForm({}), 413
            shown.logo.errors["logo"] = shown.logo.error_class([TOO_LARGE])
        elif done := _changed(request, company, shown):
            messages.success(request, done)
            return redirect("admin:brand")
        chosen = sent.get("brand_colour", chosen)[:20].strip()
    return _page(request, company, chosen, shown)


def _changed(request: HttpRequest, company: Company, shown: Forms) -> str:
    """What was done, in words; "" where something spoke against it."""
    sent, files = cast(Any, request.POST), cast(Any, request.FILES)
    what = request.POST.get("what", "")
    if what == "remove":
        remove_logo(company=company)
        return f"The logo is gone: pages and mail show “{company.name}” again."
    if what == "logo":
        shown.logo = LogoForm(sent, files)
        if shown.logo.is_valid() and shown.logo.change(company):
            return "This is the logo now: on every page, and in every mail from now on."
        told = str(shown.logo.errors.get("logo", ""))
        shown.status = 413 if TOO_LARGE in told else 400
        return ""
    shown.colour = ColourForm(sent)
    if shown.colour.is_valid() and shown.colour.change(company):
        return "Saved. Whoever opens a page sees the colour at once."
    shown.status = 400
    return ""


def _page(request: HttpRequest, company: Company, colour: str, shown: Forms) -> HttpResponse:
    people = Person.objects.exclude(employment_status__in=GONE)
    context = {
        **admin.site.each_context(request),
        "title": _("Brand"),
        "company": company,
        "colour_form": shown.colour,
        "logo_form": shown.logo,
        "colour": colour if is_colour(colour) else "",
        "picked": colour.lower() if is_colour(colour) else OURS,
        "is_kept": colour.lower() == company.brand_colour,
        "shaded": shaded(colour),
        "schemes": SCHEMES.items(),
        "people": people.count() if company.logo else 0,
        "accepted": ",".join(f".{ending}" for ending in ENDINGS),
        "taken": TAKEN,
        "kilobytes": KILOBYTES,
        "largest": LARGEST,
    }
    return TemplateResponse(request, "console/brand/brand.html", context, status=shown.status)
