"""Letting passwords in again where a company's own provider fails: nobody is locked out."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from console.operator.log import note
from console.operator.requests import Operating, company_named, operators_only
from console.operator.switching import ReasonForm
from tenants.companies.actions import allow_passwords
from tenants.companies.models import Company
from tenants.people.models import Person

ALREADY = "Passwords are let in at {company} already."


def let_passwords_in(*, company: Company, reason: str, operator: Person | None) -> str:
    """For the console and the command line alike; returns what was done, as a sentence."""
    with transaction.atomic():
        allow_passwords(company=company)
        words = f"let passwords in again at {company}: {reason}"
        note(company=company, action="sign-in", words=words, operator=operator)
    return f"People at {company} can sign in with passwords again."


@require_http_methods(["GET", "HEAD", "POST"])
@operators_only
def passwords(request: Operating, slug: str) -> HttpResponse:
    company = company_named(slug)
    if not company.single_sign_on_only:
        messages.info(request, ALREADY.format(company=company))
        return redirect("company", company.slug)
    sent = request.POST if request.method == "POST" else None
    form = ReasonForm(sent, company=company, confirmed=True)
    if sent is not None and form.is_valid():
        reason = form.cleaned_data["reason"]
        told = let_passwords_in(company=company, reason=reason, operator=request.user)
        messages.success(request, told)
        return redirect("company", company.slug)
    status = 400 if form.errors else 200
    context = {"found": company, "form": form}
    return render(request, "console/operator/passwords.html", context, status=status)
