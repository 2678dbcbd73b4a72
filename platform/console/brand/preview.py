from typing import Final

from csp.constants import SELF
from csp.decorators import csp_replace
from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_safe

from console.brand.colours import SCHEMES, is_colour
from tenants.companies.colours import shades

MAY: Final = "companies.change_company"
KNOTS: Final = ((8, "done"), (30, "done"), (52, "doing"), (74, "to_do"), (96, "to_do"))


class Sample(forms.Form):
    sample = forms.CharField(label="What will you try at work?", required=False)


@require_safe
@xframe_options_sameorigin
@csp_replace({"frame-ancestors": [SELF]})
def brand_preview(request: HttpRequest) -> HttpResponse:
    """A page of the portal in a colour and a scheme, for a frame of the page that asks for it."""
    if not request.user.has_perm(MAY):
        raise PermissionDenied
    colour, scheme = request.GET.get("colour", ""), request.GET.get("scheme", "")
    made = [shades(colour.lower(), each) for each in SCHEMES] if is_colour(colour) else None
    context = {
        "scheme": scheme if scheme in SCHEMES else "light",
        "brand": made,
        "knots": KNOTS,
        "form": Sample(),
    }
    return render(request, "console/brand/preview.html", context)
